"""The store of a chaos run, opened by the driver and by each worker."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

from tests.sealing import SEAL

from servicebot.adapters.in_redis.bell import open_redis_bell
from servicebot.adapters.in_redis.ledger import open_redis_ledger
from servicebot.adapters.in_sqlite import mailbox as sqlite_mailbox
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.system_clock import SystemClock
from servicebot.ports.clock import Clock
from servicebot.ports.ledger import Ledger
from servicebot.settings import RedisStore
from servicebot.turns.bell import Bell

_FENCE = (
    "if not holds(conversation, ARGV[3]) or head_of(conversation) ~= ARGV[4] then\n  return 0\nend"
)


@asynccontextmanager
async def open_store(
    url: str, folder: Path, *, fenced: bool = True, clock: Clock | None = None
) -> AsyncIterator[tuple[Ledger, Bell]]:
    """Redis at `url`, or SQLite in the folder where there is none.

    Without its fence a store takes commits of lost leases: the control that shows that the runs
    would notice.
    """
    if not url:
        if not fenced:
            sqlite_mailbox._check = lambda *_: None
        with closing(
            open_sqlite_ledger(folder / "mailbox.db", clock or SystemClock(), SEAL)
        ) as ledger:
            yield ledger, Bell()
        return
    store = RedisStore(url=url, name=f"chaos-{folder.name}")
    async with (
        open_redis_ledger(store, SEAL) as in_redis,
        open_redis_bell(in_redis.redis, store.name) as bell,
    ):
        if not fenced:
            scripts = in_redis.mailbox._scripts
            assert _FENCE in scripts._texts["commit"]
            scripts._texts["commit"] = scripts._texts["commit"].replace(_FENCE, "")
            scripts._hashes["commit"] = await in_redis.redis.script_load(scripts._texts["commit"])
        yield in_redis, bell
