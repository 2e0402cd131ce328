"""Repayments: where money moves. One transaction checks everything and does everything.

Order of the checks: quote, its expiry, step-up, another repayment under way, terms, funds.
A refusal changes nothing. State machine: processing -> succeeded | failed; most repayments
are born succeeded.
"""

import json
import secrets
import sqlite3
from datetime import date, timedelta

from servicebot.sandbox_bank.accounts import available_fen, withdraw
from servicebot.sandbox_bank.allocation import Payment, plan_payment
from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.clock import Moment, instant_text, parse_instant
from servicebot.sandbox_bank.confirmations import Confirmable, check_step_up, use_step_up
from servicebot.sandbox_bank.loan_rows import load_loan, save_standing
from servicebot.sandbox_bank.loan_state import LoanState
from servicebot.sandbox_bank.problems import JsonObject, ProblemError, not_found
from servicebot.sandbox_bank.products import PRODUCT_NAMES
from servicebot.sandbox_bank.quotes import terms_of
from servicebot.sandbox_bank.wire import Fields


def repay(call: Call) -> Reply:
    """Answer `POST /v1/repayments`."""
    fields = Fields(
        call.body, known=("quote_id", "loan_id", "total_fen", "account_id", "step_up_id")
    )
    wanted = Confirmable(
        operation="loan.repay",
        resource_id=fields.text("loan_id"),
        amount_fen=fields.fen("total_fen"),
        account_id=fields.text("account_id"),
    )
    step_up_id = fields.text("step_up_id") if fields.has("step_up_id") else ""
    quote = _require_quote(call, fields.text("quote_id"), wanted)
    check_step_up(call, step_up_id, wanted)
    loan = load_loan(call.connection, wanted.resource_id, call.customer_id)
    payment = _require_same_terms(call, loan, quote)
    if available_fen(call.connection, wanted.account_id) < payment.total_fen:
        raise ProblemError("insufficient_funds", "the account does not cover the amount")
    use_step_up(call, step_up_id)
    repayment_id = _insert(call, quote, wanted, step_up_id, loan.outstanding_fen())
    if call.late is None:
        _succeed(call.connection, repayment_id, payment, call.moment)
    else:
        _hold(call.connection, wanted.account_id, payment.total_fen)
    return Reply(status=201, body=_answer(_row(call.connection, repayment_id)))


def read_by_key(call: Call) -> Reply:
    """Answer `GET /v1/repayments/by-key/{key}` with the state of now."""
    row = find_by_key(call)
    if row is None:
        raise ProblemError("key_unknown", "no repayment was made with this key")
    return Reply(body=_answer(row))


def find_by_key(call: Call) -> sqlite3.Row | None:
    """Return the customer's repayment with the key of the path."""
    row: sqlite3.Row | None = call.connection.execute(
        "SELECT * FROM repayments WHERE customer_id = ? AND key = ?",
        (call.customer_id, call.path["key"]),
    ).fetchone()
    return row


def settle_late_repayments(connection: sqlite3.Connection, moment: Moment) -> None:
    """Decide the repayments under way whose time has come; every call does this first."""
    rows = connection.execute(
        "SELECT r.*, q.amount_fen FROM repayments r JOIN quotes q USING (quote_id)"
        " WHERE state = 'processing' AND settles_at <= ?",
        (instant_text(moment.now),),
    ).fetchall()
    for row in rows:
        _settle(connection, row, moment.today)


def _settle(connection: sqlite3.Connection, row: sqlite3.Row, today: date) -> None:
    _hold(connection, row["account_id"], -row["total_fen"])
    if row["settles_as"] == "failed":
        connection.execute(
            "UPDATE repayments SET state = 'failed', failure_code = 'core_rejected'"
            " WHERE repayment_id = ?",
            (row["repayment_id"],),
        )
        return
    loan = load_loan(connection, row["loan_id"], row["customer_id"])
    # The loan is as it was when accepted: nothing else may touch it meanwhile.
    payment = plan_payment(loan, row["amount_fen"], date.fromisoformat(row["accepted_on"]))
    settled = Moment(now=parse_instant(row["settles_at"]), today=today)
    _succeed(connection, row["repayment_id"], payment, settled)


def _require_quote(call: Call, quote_id: str, wanted: Confirmable) -> sqlite3.Row:
    row = _quote_row(call.connection, quote_id)
    if row is None or row["customer_id"] != call.customer_id:
        raise not_found("quote")
    if (row["loan_id"], row["total_fen"], row["account_id"]) != (
        wanted.resource_id,
        wanted.amount_fen,
        wanted.account_id,
    ):
        raise ProblemError("quote_changed", "loan, amount or account are not those of the quote")
    if call.now >= parse_instant(row["valid_until"]):
        raise ProblemError("quote_expired", "ask for a new quote")
    return row


def _require_same_terms(call: Call, loan: LoanState, quote: sqlite3.Row) -> Payment:
    busy = call.connection.execute(
        "SELECT 1 FROM repayments WHERE loan_id = ? AND state = 'processing'", (loan.loan_id,)
    ).fetchone()
    if busy is not None:
        raise ProblemError("loan_busy", "another repayment of this loan is being processed")
    try:
        payment = plan_payment(loan, quote["amount_fen"], call.moment.today)
    except ProblemError as error:
        raise ProblemError("quote_changed", "the loan was repaid meanwhile") from error
    if terms_of(payment) != json.loads(quote["body"]):
        raise ProblemError("quote_changed", "the terms of the quote do not hold any more")
    return payment


def _insert(
    call: Call, quote: sqlite3.Row, wanted: Confirmable, step_up_id: str, outstanding_fen: int
) -> str:
    """Write the repayment as processing; `_succeed` may follow in the same transaction."""
    repayment_id = f"rep_{secrets.token_hex(12)}"
    late = call.late
    values = {
        "repayment_id": repayment_id,
        "customer_id": call.customer_id,
        "key": call.key,
        "quote_id": quote["quote_id"],
        "loan_id": wanted.resource_id,
        "account_id": wanted.account_id,
        "step_up_id": step_up_id,
        "total_fen": wanted.amount_fen,
        "state": "processing",
        "accepted_on": call.moment.today.isoformat(),
        "outstanding_fen": outstanding_fen,
        "settles_at": instant_text(call.now + timedelta(seconds=late.seconds)) if late else None,
        "settles_as": late.outcome if late else None,
    }
    call.connection.execute(
        f"INSERT INTO repayments ({', '.join(values)})"  # noqa: S608 - names from above
        f" VALUES ({', '.join('?' for _ in values)})",
        tuple(values.values()),
    )
    return repayment_id


def _succeed(
    connection: sqlite3.Connection, repayment_id: str, payment: Payment, moment: Moment
) -> None:
    """Move the money: account, loan, ledger and repayment together."""
    row = _row(connection, repayment_id)
    posted_at = instant_text(moment.now)
    memo = f"{PRODUCT_NAMES[payment.loan_after.product][0]} 还款"
    withdraw(connection, row["account_id"], payment.total_fen, memo, moment.now)
    save_standing(connection, payment.loan_after)
    connection.execute(
        "INSERT INTO postings VALUES (?, ?, ?, ?, ?, ?)",
        (
            f"pst_{secrets.token_hex(10)}",
            repayment_id,
            row["key"],
            row["loan_id"],
            payment.total_fen,
            posted_at,
        ),
    )
    connection.execute(
        "UPDATE repayments SET state = 'succeeded', outstanding_fen = ?, posted_at = ?,"
        " receipt_no = ? WHERE repayment_id = ?",
        (
            payment.loan_after.outstanding_fen(),
            posted_at,
            f"R{moment.today:%Y%m%d}{secrets.randbelow(10**12):012d}",
            repayment_id,
        ),
    )


def _hold(connection: sqlite3.Connection, account_id: str, amount_fen: int) -> None:
    connection.execute(
        "UPDATE accounts SET held_fen = held_fen + ? WHERE account_id = ?",
        (amount_fen, account_id),
    )


def _row(connection: sqlite3.Connection, repayment_id: str) -> sqlite3.Row:
    row: sqlite3.Row = connection.execute(
        "SELECT * FROM repayments WHERE repayment_id = ?", (repayment_id,)
    ).fetchone()
    return row


def _quote_row(connection: sqlite3.Connection, quote_id: str) -> sqlite3.Row | None:
    row: sqlite3.Row | None = connection.execute(
        "SELECT q.*, l.customer_id FROM quotes q JOIN loans l USING (loan_id) WHERE quote_id = ?",
        (quote_id,),
    ).fetchone()
    return row


def _answer(row: sqlite3.Row) -> JsonObject:
    body: JsonObject = {
        "repayment_id": row["repayment_id"],
        "state": row["state"],
        "total_fen": row["total_fen"],
        "outstanding_fen": row["outstanding_fen"],
        "posted_at": row["posted_at"],
        "receipt_no": row["receipt_no"],
    }
    if row["failure_code"] is not None:
        body["failure_code"] = row["failure_code"]
    return body
