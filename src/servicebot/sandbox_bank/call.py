"""One call of the bank as the operations see it, and what they answer."""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from servicebot.sandbox_bank.clock import Moment
from servicebot.sandbox_bank.problems import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class LateSettlement:
    """A fault: the next repayment is accepted now and decided `seconds` later."""

    seconds: float
    outcome: Literal["succeeded", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call inside its transaction; `customer_id`, `subject`, `key` are empty if not known."""

    connection: sqlite3.Connection
    moment: Moment
    public_url: str
    path: Mapping[str, str]
    query: Mapping[str, str]
    body: JsonObject
    customer_id: str = ""
    subject: str = ""
    key: str = ""
    late: LateSettlement | None = None

    @property
    def now(self) -> datetime:
        """The instant of the call."""
        return self.moment.now


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What a call answers; no body goes with 204."""

    status: int = 200
    body: JsonObject | None = None


Operation = Callable[[Call], Reply]
