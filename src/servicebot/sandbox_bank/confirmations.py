"""What a step-up was given for, and its use: once, by the same subject, for the same thing."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from servicebot.sandbox_bank.call import Call
from servicebot.sandbox_bank.clock import parse_instant
from servicebot.sandbox_bank.problems import ProblemError


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmable:
    """Exactly what a customer confirms: what they see is what is done."""

    operation: str
    resource_id: str
    amount_fen: int
    account_id: str


def step_up_state(row: sqlite3.Row, now: datetime) -> str:
    """Return the state of a step-up at an instant: pending and approved ones expire."""
    is_over = now >= parse_instant(row["expires_at"])
    return "expired" if is_over and row["state"] in {"pending", "approved"} else row["state"]


def check_step_up(call: Call, step_up_id: str, wanted: Confirmable) -> None:
    """Refuse unless the step-up is approved, unused, this subject's and for just this.

    Raises:
        ProblemError: step_up_missing or step_up_mismatch.
    """
    row = call.connection.execute(
        "SELECT * FROM step_ups WHERE step_up_id = ? AND customer_id = ?",
        (step_up_id, call.customer_id),
    ).fetchone()
    if row is None:
        raise ProblemError("step_up_missing", "no such confirmation")
    given = Confirmable(
        operation=row["operation"],
        resource_id=row["resource_id"],
        amount_fen=row["amount_fen"],
        account_id=row["account_id"],
    )
    if row["state"] == "used":
        raise ProblemError("step_up_mismatch", "the confirmation was used")
    if given != wanted or row["subject"] != call.subject:
        raise ProblemError("step_up_mismatch", "the confirmation was given for something else")
    state = step_up_state(row, call.now)
    if state != "approved":
        raise ProblemError("step_up_missing", f"the confirmation is {state}")


def use_step_up(call: Call, step_up_id: str) -> None:
    """Mark a checked step-up as used."""
    call.connection.execute(
        "UPDATE step_ups SET state = 'used' WHERE step_up_id = ?", (step_up_id,)
    )
