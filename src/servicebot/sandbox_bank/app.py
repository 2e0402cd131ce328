"""The sandbox bank as a program: builds the parts, runs them, closes them."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime

from aiohttp import web

from servicebot.sandbox_bank.bank import BANK, Bank
from servicebot.sandbox_bank.book import Book
from servicebot.sandbox_bank.callbacks import Callbacks
from servicebot.sandbox_bank.clock import BankClock, utc_now
from servicebot.sandbox_bank.faults import Faults
from servicebot.sandbox_bank.middlewares import (
    answer_problems,
    keep_sandbox_local,
    log_requests,
    play_faults,
)
from servicebot.sandbox_bank.options import SandboxOptions
from servicebot.sandbox_bank.routes import add_routes
from servicebot.sandbox_bank.seed.plant import plant_if_empty

LARGEST_BODY = 64 * 1024
STOP_WITHIN_S = 10.0


def create_app(
    options: SandboxOptions, *, now: Callable[[], datetime] = utc_now
) -> web.Application:
    """Build the application; the book is opened (and seeded, when new) as it starts."""

    async def run_bank(app: web.Application) -> AsyncIterator[None]:
        clock = BankClock(now=now, fixed_today=options.today)
        book = await Book.open(options.book_path)
        await book.run(lambda connection: plant_if_empty(connection, clock.moment().today))
        callbacks = Callbacks(options, book, clock)
        app[BANK] = Bank(
            options=options, clock=clock, book=book, callbacks=callbacks, faults=Faults()
        )
        await callbacks.send_pending()
        yield
        await callbacks.close()
        await book.close()

    async def stop_waiting(app: web.Application) -> None:
        app[BANK].faults.stop()

    app = web.Application(
        middlewares=(log_requests, answer_problems, keep_sandbox_local, play_faults),
        client_max_size=LARGEST_BODY,
    )
    app.cleanup_ctx.append(run_bank)
    app.on_shutdown.append(stop_waiting)
    add_routes(app)
    return app


def run(options: SandboxOptions) -> None:
    """Serve until SIGINT or SIGTERM; aiohttp's access log stays off, it would show tokens."""
    web.run_app(
        create_app(options),
        host=options.host,
        port=options.port,
        access_log=None,
        shutdown_timeout=STOP_WITHIN_S,
        print=lambda *_: None,
    )
