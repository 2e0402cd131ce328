"""The URL table: every path of the sandbox bank."""

from typing import Final

from aiohttp import web

from servicebot.sandbox_bank import pages, sandbox_calls
from servicebot.sandbox_bank.accounts import list_accounts, list_transactions
from servicebot.sandbox_bank.applications import list_applications, list_holdings
from servicebot.sandbox_bank.bank import BANK
from servicebot.sandbox_bank.call import Operation, Reply
from servicebot.sandbox_bank.cards import freeze_card, list_cards
from servicebot.sandbox_bank.dispatch import Endpoint, Scope, handler_of, respond
from servicebot.sandbox_bank.identities import read_me, revoke_current
from servicebot.sandbox_bank.links import create_link, read_link
from servicebot.sandbox_bank.loans import (
    list_limits,
    list_loans,
    read_due,
    read_lenders,
    read_schedule,
)
from servicebot.sandbox_bank.openapi import document
from servicebot.sandbox_bank.quotes import create_quote
from servicebot.sandbox_bank.repayments import read_by_key, repay
from servicebot.sandbox_bank.step_ups import create_step_up, read_step_up
from servicebot.sandbox_bank.voids import void_key

READS_OF_A_CUSTOMER: Final = (
    ("/v1/me", read_me),
    ("/v1/step-ups/{step_up_id}", read_step_up),
    ("/v1/accounts", list_accounts),
    ("/v1/cards", list_cards),
    ("/v1/transactions", list_transactions),
    ("/v1/loans", list_loans),
    ("/v1/loans/{loan_id}/due", read_due),
    ("/v1/loans/{loan_id}/schedule", read_schedule),
    ("/v1/loans/{loan_id}/lenders", read_lenders),
    ("/v1/limits", list_limits),
    ("/v1/applications", list_applications),
    ("/v1/holdings", list_holdings),
)
END_OF_A_REPAYMENT: Final = (
    ("GET", "/v1/repayments/by-key/{key}", read_by_key),
    ("POST", "/v1/repayments/{key}/void", void_key),
)
KEYED_CHANGES: Final = (
    ("/v1/step-ups", create_step_up),
    ("/v1/repayments", repay),
    ("/v1/cards/{card_id}/freeze", freeze_card),
)
SANDBOX_CALLS: Final = (
    ("GET", "/sandbox/customers", sandbox_calls.list_customers),
    ("GET", "/sandbox/ledger", sandbox_calls.list_postings),
    ("POST", "/sandbox/links/{token}/approve", sandbox_calls.approve_link),
    ("POST", "/sandbox/step-ups/{token}/approve", sandbox_calls.approve_step_up),
    ("POST", "/sandbox/step-ups/{token}/decline", sandbox_calls.decline_step_up),
)


def endpoints() -> tuple[Endpoint, ...]:
    """Return every call that is one operation on the book."""
    return (
        _endpoint("POST", "/v1/links", create_link, Scope.SERVICE),
        _endpoint("GET", "/v1/links/{link_id}", read_link, Scope.SERVICE),
        _endpoint("DELETE", "/v1/identities/current", revoke_current, Scope.CUSTOMER),
        _endpoint("POST", "/v1/loans/{loan_id}/quotes", create_quote, Scope.CUSTOMER),
        *(_endpoint("GET", path, work, Scope.CUSTOMER) for path, work in READS_OF_A_CUSTOMER),
        *(
            Endpoint(
                method=method, path=path, operation=work, scope=Scope.CUSTOMER, even_revoked=True
            )
            for method, path, work in END_OF_A_REPAYMENT
        ),
        *(
            Endpoint(method="POST", path=path, operation=work, scope=Scope.CUSTOMER, is_keyed=True)
            for path, work in KEYED_CHANGES
        ),
        *(_endpoint(method, path, work, Scope.SANDBOX) for method, path, work in SANDBOX_CALLS),
    )


def add_routes(app: web.Application) -> None:
    """Put every path into the application."""
    for endpoint in endpoints():
        app.router.add_route(endpoint.method, endpoint.path, handler_of(endpoint), name=None)
    app.router.add_post("/sandbox/reset", sandbox_calls.reset)
    app.router.add_post("/sandbox/faults", sandbox_calls.add_fault)
    app.router.add_get("/healthz", read_health, allow_head=False)
    app.router.add_get("/openapi.json", read_document, allow_head=False)
    app.router.add_get("/pages.css", pages.read_stylesheet, allow_head=False)
    app.router.add_get("/link/{token}", pages.show_link, allow_head=False)
    app.router.add_post("/link/{token}", pages.submit_link)
    app.router.add_get("/step-up/{token}", pages.show_step_up, allow_head=False)
    app.router.add_post("/step-up/{token}", pages.submit_step_up)


async def read_health(request: web.Request) -> web.Response:
    """Answer `GET /healthz`: the book can be read."""
    await request.app[BANK].book.run(lambda connection: connection.execute("SELECT 1").fetchone())
    return respond(Reply(body={"status": "ok"}))


async def read_document(request: web.Request) -> web.Response:
    """Answer `GET /openapi.json`."""
    return respond(Reply(body=document(request.app[BANK].options.public_url)))


def _endpoint(method: str, path: str, operation: Operation, scope: Scope) -> Endpoint:
    return Endpoint(method=method, path=path, operation=operation, scope=scope)
