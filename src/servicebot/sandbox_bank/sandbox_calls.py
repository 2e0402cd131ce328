"""The calls that only a sandbox has: a fresh book, the samples, the ledger, faults."""

import sqlite3

from aiohttp import web

from servicebot.sandbox_bank.bank import BANK
from servicebot.sandbox_bank.call import Call, Reply
from servicebot.sandbox_bank.dispatch import read_body, respond
from servicebot.sandbox_bank.faults import parse_fault
from servicebot.sandbox_bank.links import bind
from servicebot.sandbox_bank.one_time_pages import Visit
from servicebot.sandbox_bank.problems import ProblemError, not_found
from servicebot.sandbox_bank.seed.plant import plant_afresh
from servicebot.sandbox_bank.step_ups import decide
from servicebot.sandbox_bank.wire import Fields


async def reset(request: web.Request) -> web.Response:
    """Answer `POST /sandbox/reset`."""
    bank = request.app[BANK]
    bank.faults.clear()
    today = bank.clock.moment().today
    await bank.book.run(lambda connection: plant_afresh(connection, today))
    return respond(Reply(body={"state": "fresh", "today": today.isoformat()}))


async def add_fault(request: web.Request) -> web.Response:
    """Answer `POST /sandbox/faults`."""
    fault = parse_fault(await read_body(request))
    request.app[BANK].faults.add(fault)
    return respond(Reply(status=201, body={"kind": fault.kind, "count": fault.count}))


def list_customers(call: Call) -> Reply:
    """Answer `GET /sandbox/customers`."""
    rows = call.connection.execute(
        "SELECT customer_id AS customer, name, pin, language, shows FROM customers ORDER BY rowid"
    )
    return Reply(body={"customers": [dict(row) for row in rows]})


def list_postings(call: Call) -> Reply:
    """Answer `GET /sandbox/ledger`, of one loan or of all."""
    loan_id = call.query.get("loan_id", "")
    rows = call.connection.execute(
        "SELECT posting_id, repayment_id, key, loan_id, amount_fen, posted_at FROM postings"
        " WHERE ? = '' OR loan_id = ? ORDER BY rowid",
        (loan_id, loan_id),
    )
    return Reply(body={"postings": [dict(row) for row in rows]})


def approve_link(call: Call) -> Reply:
    """Answer `POST /sandbox/links/{token}/approve`."""
    customer_id = Fields(call.body, known=("customer",)).text("customer")
    _require_customer(call.connection, customer_id)
    return _visited(bind(call.connection, call.path["token"], customer_id, call.now))


def approve_step_up(call: Call) -> Reply:
    """Answer `POST /sandbox/step-ups/{token}/approve`; `customer` must be its own."""
    customer_id = Fields(call.body, known=("customer",)).text("customer")
    _require_owner(call, customer_id)
    return _visited(decide(call.connection, call.path["token"], "approved", call.now))


def decline_step_up(call: Call) -> Reply:
    """Answer `POST /sandbox/step-ups/{token}/decline`; `customer` may be left out."""
    fields = Fields(call.body, known=("customer",))
    if fields.has("customer"):
        _require_owner(call, fields.text("customer"))
    return _visited(decide(call.connection, call.path["token"], "declined", call.now))


def _require_customer(connection: sqlite3.Connection, customer_id: str) -> None:
    row = connection.execute(
        "SELECT 1 FROM customers WHERE customer_id = ?", (customer_id,)
    ).fetchone()
    if row is None:
        raise not_found("customer")


def _require_owner(call: Call, customer_id: str) -> None:
    row = call.connection.execute(
        "SELECT 1 FROM step_ups WHERE token = ? AND customer_id = ?",
        (call.path["token"], customer_id),
    ).fetchone()
    if row is None:
        raise not_found("page of this customer")


def _visited(visit: Visit) -> Reply:
    match visit:
        case Visit.UNKNOWN:
            raise not_found("page")
        case Visit.SPENT | Visit.WRONG_PIN | Visit.WRONG_CODE | Visit.LOCKED:
            raise ProblemError("token_spent", "the page was used or has expired")
        case Visit.DONE | Visit.DECLINED:
            return Reply(body={"state": visit.value})
