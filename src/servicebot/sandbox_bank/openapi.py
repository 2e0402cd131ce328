"""The machine-readable twin of docs/bank_api.md, served at /openapi.json."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from servicebot.sandbox_bank.openapi_schemas import SCHEMAS
from servicebot.sandbox_bank.problems import JsonObject


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """What the document says of one call; schema names, "" where there is no body.

    `who` is S (service token), C (token and subject), K (the same and an Idempotency-Key)
    or "" (nobody is asked).
    """

    who: str
    summary: str
    answer: str
    request: str = ""
    status: int = 200
    query: tuple[str, ...] = ()


def _get(summary: str, answer: str, *, who: str = "C", query: tuple[str, ...] = ()) -> Described:
    return Described(who=who, summary=summary, answer=answer, query=query)


def _post(who: str, summary: str, request: str, answer: str, status: int = 200) -> Described:
    return Described(who=who, summary=summary, request=request, answer=answer, status=status)


CALLS: Final[Mapping[tuple[str, str], Described]] = {
    ("post", "/v1/links"): _post("S", "Ask for a link page", "LinkRequest", "NewLink", 201),
    ("get", "/v1/links/{link_id}"): _get("State of a link", "Link", who="S"),
    ("delete", "/v1/identities/current"): Described(
        who="C", summary="Revoke this subject", answer="", status=204
    ),
    ("get", "/v1/me"): _get("Masked name of the customer", "Me"),
    ("post", "/v1/step-ups"): _post(
        "K", "Ask for a step-up page", "StepUpRequest", "NewStepUp", 201
    ),
    ("get", "/v1/step-ups/{step_up_id}"): _get("State of a step-up", "StepUp"),
    ("get", "/v1/accounts"): _get("Accounts", "Accounts"),
    ("get", "/v1/cards"): _get("Cards", "Cards"),
    ("get", "/v1/transactions"): _get(
        "Transactions, newest first", "Transactions", query=("account_id", "limit")
    ),
    ("get", "/v1/loans"): _get("Loans", "Loans"),
    ("get", "/v1/loans/{loan_id}/due"): _get("What is to be paid next", "Due"),
    ("get", "/v1/loans/{loan_id}/schedule"): _get("All installments", "Schedule"),
    ("get", "/v1/loans/{loan_id}/lenders"): _get("Joint lenders and their parts", "Lenders"),
    ("get", "/v1/limits"): _get("Credit limits", "Limits"),
    ("get", "/v1/applications"): _get("Loan applications", "Applications"),
    ("get", "/v1/holdings"): _get("Wealth products held", "Holdings"),
    ("post", "/v1/loans/{loan_id}/quotes"): _post(
        "C", "Quote a repayment", "QuoteRequest", "Quote", 201
    ),
    ("post", "/v1/repayments"): _post("K", "Repay", "RepaymentRequest", "Repayment", 201),
    ("get", "/v1/repayments/by-key/{key}"): _get("What became of a key", "Repayment"),
    ("post", "/v1/repayments/{key}/void"): _post(
        "C", "Let nothing come of a key", "", "VoidedOrRepayment"
    ),
    ("post", "/v1/cards/{card_id}/freeze"): _post(
        "K", "Freeze a card", "FreezeRequest", "FrozenCard"
    ),
    ("post", "/sandbox/reset"): _post("", "A fresh book", "", "Reset"),
    ("get", "/sandbox/customers"): _get("Sample customers", "SampleCustomers", who=""),
    ("get", "/sandbox/ledger"): _get("Postings", "Ledger", who="", query=("loan_id",)),
    ("post", "/sandbox/links/{token}/approve"): _post(
        "", "Link without the page", "CustomerRequest", "Visited"
    ),
    ("post", "/sandbox/step-ups/{token}/approve"): _post(
        "", "Approve without the page", "CustomerRequest", "Visited"
    ),
    ("post", "/sandbox/step-ups/{token}/decline"): _post(
        "", "Decline without the page", "DeclineRequest", "Visited"
    ),
    ("post", "/sandbox/faults"): _post("", "Order faults", "FaultRequest", "Fault", 201),
    ("get", "/healthz"): _get("Is the bank up", "Health", who=""),
}


def document(public_url: str) -> JsonObject:
    """Return the OpenAPI 3.1 document."""
    paths: dict[str, dict[str, object]] = {}
    for (method, path), described in CALLS.items():
        paths.setdefault(path, {})[method] = _operation(method, path, described)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Bank services for servicebot (sandbox)",
            "version": "1",
            "description": "A sandbox: customers, rates, fees and banks are samples.",
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "webhooks": {"bankEvent": {"post": _webhook()}},
        "components": {
            "schemas": dict(SCHEMAS),
            "securitySchemes": {"serviceToken": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(method: str, path: str, described: Described) -> JsonObject:
    words = [word for word in re.split(r"[^A-Za-z0-9]+", path) if word]
    operation: JsonObject = {
        "operationId": "_".join((method, *words)),
        "summary": described.summary,
        "parameters": _parameters(path, described),
        "responses": {
            str(described.status): _response(described.answer, "application/json"),
            "default": _response("Problem", "application/problem+json"),
        },
    }
    if described.who:
        operation["security"] = [{"serviceToken": []}]
    if described.request:
        operation["requestBody"] = {
            "required": bool(SCHEMAS[described.request]["required"]),
            "content": {"application/json": {"schema": _reference(described.request)}},
        }
    return operation


def _parameters(path: str, described: Described) -> list[JsonObject]:
    found = [_parameter("path", name) for name in re.findall(r"{(\w+)}", path)]
    found += [_parameter("query", name) for name in described.query]
    if described.who in {"C", "K"}:
        found.append(_parameter("header", "Subject"))
    if described.who == "K":
        found.append(_parameter("header", "Idempotency-Key"))
    return found


def _parameter(place: str, name: str) -> JsonObject:
    schema: JsonObject = {"type": "string"}
    if name == "limit":
        schema = {"type": "integer", "minimum": 1, "maximum": 200}
    if name == "Idempotency-Key":
        schema = {"type": "string", "pattern": "^[A-Za-z0-9_-]{8,128}$"}
    return {"name": name, "in": place, "required": place != "query", "schema": schema}


def _response(schema: str, kind: str) -> JsonObject:
    if not schema:
        return {"description": "Done"}
    return {"description": schema, "content": {kind: {"schema": _reference(schema)}}}


def _webhook() -> JsonObject:
    names = ("X-Bank-Timestamp", "X-Bank-Signature")
    return {
        "summary": "Sent to servicebot's /webhooks/bank; signed, repeated until a 2xx comes",
        "parameters": [_parameter("header", name) for name in names],
        "requestBody": {"content": {"application/json": {"schema": _reference("Event")}}},
        "responses": {"2XX": {"description": "Taken"}},
    }


def _reference(schema: str) -> JsonObject:
    return {"$ref": f"#/components/schemas/{schema}"}
