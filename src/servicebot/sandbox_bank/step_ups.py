"""Step-ups: a one-time page outside the chat that shows exactly what will be done."""

import secrets
import sqlite3
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from servicebot.sandbox_bank.accounts import account_tail, require_account
from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.cards import require_card
from servicebot.sandbox_bank.clock import instant_text
from servicebot.sandbox_bank.confirmations import Confirmable, step_up_state
from servicebot.sandbox_bank.events import write_event
from servicebot.sandbox_bank.loan_rows import load_loan
from servicebot.sandbox_bank.one_time_pages import (
    MOST_WRONG_PINS,
    STEP_UP_LIFETIME,
    TOKEN_BYTES,
    Try,
    Visit,
    count_wrong,
    is_locked,
    pin_fits,
)
from servicebot.sandbox_bank.problems import JsonObject, not_found
from servicebot.sandbox_bank.products import OPERATION_NAMES
from servicebot.sandbox_bank.wire import Fields, invalid

WITH_IDENTITY = (
    "SELECT u.*, s.channel, s.channel_user, s.revoked_at"
    " FROM step_ups u JOIN subjects s USING (subject)"
)


Decision = Literal["approved", "declined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """A PIN and the address it came from."""

    pin: str
    address: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepUpView:
    """What the page shows; `product` and `opened_on` are empty for a card, `card_tail` for a loan."""

    operation: str
    product: str
    opened_on: str
    card_tail: str
    amount_fen: int
    account_tail: str


def create_step_up(call: Call) -> Reply:
    """Answer `POST /v1/step-ups`."""
    known = ("operation", "resource_id", "amount_fen", "account_id", "conversation", "reference")
    fields = Fields(call.body, known=known)
    wanted = Confirmable(
        operation=fields.text("operation"),
        resource_id=fields.text("resource_id"),
        amount_fen=fields.fen("amount_fen"),
        account_id=fields.text("account_id"),
    )
    conversation, reference = fields.text("conversation"), fields.text("reference")
    _require_confirmable(call, wanted)
    step_up_id = f"stp_{secrets.token_hex(12)}"
    token = secrets.token_urlsafe(TOKEN_BYTES)
    expires_at = instant_text(call.now + STEP_UP_LIFETIME)
    call.connection.execute(
        "INSERT INTO step_ups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'pending', ?, 0)",
        (
            step_up_id,
            token,
            call.subject,
            call.customer_id,
            wanted.operation,
            wanted.resource_id,
            wanted.amount_fen,
            wanted.account_id,
            conversation,
            reference,
            expires_at,
        ),
    )
    url = f"{call.public_url}/step-up/{token}"
    return Reply(status=201, body={"step_up_id": step_up_id, "url": url, "expires_at": expires_at})


def read_step_up(call: Call) -> Reply:
    """Answer `GET /v1/step-ups/{step_up_id}`; only the subject that asked for it may read it."""
    row = call.connection.execute(
        "SELECT * FROM step_ups WHERE step_up_id = ? AND subject = ?",
        (call.path["step_up_id"], call.subject),
    ).fetchone()
    if row is None:
        raise not_found("step-up")
    state = step_up_state(row, call.now)
    body: JsonObject = {"step_up_id": row["step_up_id"], "state": state}
    if state == "declined":
        body["reason_code"] = "wrong_pins" if row["wrong_pins"] >= MOST_WRONG_PINS else "customer"
    return Reply(body=body)


def look_at_step_up(
    connection: sqlite3.Connection, token: str, now: datetime
) -> StepUpView | Literal[Visit.UNKNOWN, Visit.SPENT]:
    """Return what the page shows, or why it shows nothing."""
    row = connection.execute(f"{WITH_IDENTITY} WHERE token = ?", (token,)).fetchone()
    if row is None:
        return Visit.UNKNOWN
    if step_up_state(row, now) != "pending" or row["revoked_at"] is not None:
        return Visit.SPENT
    loan = connection.execute(
        "SELECT product, opened_on FROM loans WHERE loan_id = ?", (row["resource_id"],)
    ).fetchone()
    card = connection.execute(
        "SELECT tail FROM cards WHERE card_id = ?", (row["resource_id"],)
    ).fetchone()
    return StepUpView(
        operation=row["operation"],
        product=loan["product"] if loan else "",
        opened_on=loan["opened_on"] if loan else "",
        card_tail=card["tail"] if card else "",
        amount_fen=row["amount_fen"],
        account_tail=account_tail(connection, row["account_id"]),
    )


def decide_with_pin(
    connection: sqlite3.Connection, token: str, decision: Decision, pin: Pin, now: datetime
) -> Visit:
    """Decide after the PIN of the subject's customer was checked; the fifth wrong one declines."""
    seen = look_at_step_up(connection, token, now)
    if isinstance(seen, Visit):
        return seen
    owner = connection.execute(
        "SELECT customer_id FROM step_ups WHERE token = ?", (token,)
    ).fetchone()["customer_id"]
    wanted = Try(customer_id=owner, pin=pin.pin, address=pin.address)
    if is_locked(connection, wanted, now):
        return Visit.LOCKED
    if pin_fits(connection, wanted):
        return decide(connection, token, decision, now)
    if count_wrong(connection, "step_ups", token, wanted, now):
        decide(connection, token, "declined", now)
        return Visit.SPENT
    return Visit.WRONG_PIN


def decide(
    connection: sqlite3.Connection,
    token: str,
    decision: Decision,
    now: datetime,
) -> Visit:
    """Settle a pending step-up; an approved one may be used for another five minutes."""
    seen = look_at_step_up(connection, token, now)
    if isinstance(seen, Visit):
        return seen
    row = connection.execute(f"{WITH_IDENTITY} WHERE token = ?", (token,)).fetchone()
    connection.execute(
        "UPDATE step_ups SET state = ?, expires_at = ? WHERE token = ?",
        (decision, instant_text(now + STEP_UP_LIFETIME), token),
    )
    if decision == "approved":
        write_event(connection, "step_up.approved", row, row["step_up_id"], now)
        return Visit.DONE
    write_event(connection, "step_up.declined", row, row["step_up_id"], now)
    return Visit.DECLINED


def _require_confirmable(call: Call, wanted: Confirmable) -> None:
    if wanted.operation not in OPERATION_NAMES:
        raise invalid("operation must be one of " + ", ".join(OPERATION_NAMES))
    if (wanted.amount_fen > 0) != (wanted.operation == "loan.repay"):
        raise invalid("amount_fen must be above 0 for loan.repay and 0 for card.freeze")
    require_account(call.connection, wanted.account_id, call.customer_id)
    if wanted.operation == "loan.repay":
        load_loan(call.connection, wanted.resource_id, call.customer_id)
        return
    card = require_card(call.connection, wanted.resource_id, call.customer_id)
    if card["account_id"] != wanted.account_id:
        raise invalid("account_id must be the card's account")
