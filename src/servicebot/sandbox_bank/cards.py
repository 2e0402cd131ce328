"""Cards: the list, and freezing one."""

import sqlite3

from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.confirmations import Confirmable, check_step_up, use_step_up
from servicebot.sandbox_bank.problems import ProblemError, not_found
from servicebot.sandbox_bank.wire import Fields


def list_cards(call: Call) -> Reply:
    """Answer `GET /v1/cards`."""
    rows = call.connection.execute(
        "SELECT card_id, account_id, c.tail, c.state FROM cards c JOIN accounts USING (account_id)"
        " WHERE customer_id = ? ORDER BY card_id",
        (call.customer_id,),
    )
    return Reply(body={"cards": [dict(row) for row in rows]})


def freeze_card(call: Call) -> Reply:
    """Answer `POST /v1/cards/{card_id}/freeze`; freezing a frozen card changes nothing.

    A step-up is not needed, but one that is given must fit and is used up.
    """
    fields = Fields(call.body, known=("step_up_id",))
    card = require_card(call.connection, call.path["card_id"], call.customer_id)
    if card["state"] == "lost":
        raise ProblemError("card_lost", "this card was reported lost")
    if fields.has("step_up_id"):
        step_up_id = fields.text("step_up_id")
        confirmable = Confirmable(
            operation="card.freeze",
            resource_id=card["card_id"],
            amount_fen=0,
            account_id=card["account_id"],
        )
        check_step_up(call, step_up_id, confirmable)
        use_step_up(call, step_up_id)
    call.connection.execute(
        "UPDATE cards SET state = 'frozen' WHERE card_id = ?", (card["card_id"],)
    )
    return Reply(body={"card_id": card["card_id"], "tail": card["tail"], "state": "frozen"})


def require_card(connection: sqlite3.Connection, card_id: str, customer_id: str) -> sqlite3.Row:
    """Return the customer's card, or raise not_found."""
    row: sqlite3.Row | None = connection.execute(
        "SELECT c.* FROM cards c JOIN accounts USING (account_id)"
        " WHERE card_id = ? AND customer_id = ?",
        (card_id, customer_id),
    ).fetchone()
    if row is None:
        raise not_found("card")
    return row
