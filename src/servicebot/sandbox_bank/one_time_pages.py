"""The rules both one-time pages share: lifetime, PIN tries, locks, and how a visit can end."""

import hmac
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final, Literal

from servicebot.sandbox_bank.clock import instant_text

LINK_LIFETIME: Final = timedelta(minutes=10)
STEP_UP_LIFETIME: Final = timedelta(minutes=5)
MOST_WRONG_PINS: Final = 5
TOKEN_BYTES: Final = 32
# Over all pages: who guesses opens page after page.
MOST_OF_A_CUSTOMER: Final = 10
MOST_OF_AN_ADDRESS: Final = 20
LOCKED_FOR: Final = timedelta(minutes=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """A PIN, whose it should be, and the address it came from."""

    customer_id: str
    pin: str
    address: str


class Visit(Enum):
    """How a visit to a one-time page ended."""

    DONE = "done"
    DECLINED = "declined"
    WRONG_PIN = "wrong_pin"
    WRONG_CODE = "wrong_code"
    LOCKED = "locked"
    SPENT = "spent"
    UNKNOWN = "unknown"


def is_locked(connection: sqlite3.Connection, wanted: Try, now: datetime) -> bool:
    """Tell whether the customer or the address has had too many wrong PINs lately."""
    since = instant_text(now - LOCKED_FOR)
    for column, value, most in (
        ("customer_id", wanted.customer_id, MOST_OF_A_CUSTOMER),
        ("address", wanted.address, MOST_OF_AN_ADDRESS),
    ):
        query = f"SELECT count(*) FROM wrong_pins WHERE {column} = ? AND at > ?"  # noqa: S608 - one of two literals
        if connection.execute(query, (value, since)).fetchone()[0] >= most:
            return True
    return False


def pin_fits(connection: sqlite3.Connection, wanted: Try) -> bool:
    """Tell whether the PIN is the customer's; an unknown customer has none."""
    row = connection.execute(
        "SELECT pin FROM customers WHERE customer_id = ?", (wanted.customer_id,)
    ).fetchone()
    expected = row["pin"] if row is not None else ""
    return hmac.compare_digest(expected.encode(), wanted.pin.encode()) and row is not None


def count_wrong(
    connection: sqlite3.Connection,
    table: Literal["links", "step_ups"],
    token: str,
    wanted: Try,
    now: datetime,
) -> bool:
    """Count a wrong PIN or code and tell whether the token has run out of tries."""
    connection.execute(
        "INSERT INTO wrong_pins VALUES (?, ?, ?)",
        (wanted.customer_id, wanted.address, instant_text(now)),
    )
    tries = connection.execute(
        f"UPDATE {table} SET wrong_pins = wrong_pins + 1"  # noqa: S608 - one of two literals
        " WHERE token = ? RETURNING wrong_pins",
        (token,),
    ).fetchone()[0]
    return int(tries) >= MOST_WRONG_PINS
