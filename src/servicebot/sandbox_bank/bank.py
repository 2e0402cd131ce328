"""What the handlers of one running sandbox bank share."""

from dataclasses import dataclass
from typing import Final

from aiohttp import web

from servicebot.sandbox_bank.book import Book
from servicebot.sandbox_bank.callbacks import Callbacks
from servicebot.sandbox_bank.clock import BankClock
from servicebot.sandbox_bank.faults import Faults
from servicebot.sandbox_bank.options import SandboxOptions


@dataclass(frozen=True, slots=True, kw_only=True)
class Bank:
    """The parts, built once by `app`."""

    options: SandboxOptions
    clock: BankClock
    book: Book
    callbacks: Callbacks
    faults: Faults


BANK: Final = web.AppKey("bank", Bank)
