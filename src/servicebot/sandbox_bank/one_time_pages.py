"""The rules both one-time pages share: lifetime, PIN tries, and how a visit can end."""

import hmac
import sqlite3
from datetime import timedelta
from enum import Enum
from typing import Final, Literal

LINK_LIFETIME: Final = timedelta(minutes=10)
STEP_UP_LIFETIME: Final = timedelta(minutes=5)
MOST_WRONG_PINS: Final = 5
TOKEN_BYTES: Final = 32


class Visit(Enum):
    """How a visit to a one-time page ended."""

    DONE = "done"
    DECLINED = "declined"
    WRONG_PIN = "wrong_pin"
    SPENT = "spent"
    UNKNOWN = "unknown"


def pin_fits(connection: sqlite3.Connection, customer_id: str, pin: str) -> bool:
    """Tell whether the PIN is the customer's; an unknown customer has none."""
    row = connection.execute(
        "SELECT pin FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    expected = row["pin"] if row is not None else ""
    return hmac.compare_digest(expected.encode(), pin.encode()) and row is not None


def count_wrong_pin(
    connection: sqlite3.Connection, table: Literal["links", "step_ups"], token: str
) -> bool:
    """Count a wrong PIN and tell whether the token has run out of tries."""
    tries = connection.execute(
        f"UPDATE {table} SET wrong_pins = wrong_pins + 1"  # noqa: S608 - one of two literals
        " WHERE token = ? RETURNING wrong_pins",
        (token,),
    ).fetchone()[0]
    return int(tries) >= MOST_WRONG_PINS
