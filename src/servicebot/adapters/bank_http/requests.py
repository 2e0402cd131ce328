"""Bank calls -> HTTP requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from servicebot.domain.bank_calls import (
    BankCall,
    FreezeCard,
    ListAccounts,
    ListApplications,
    ListCards,
    ListHoldings,
    ListLimits,
    ListLoans,
    ListTransactions,
    QuoteRepayment,
    ReadDue,
    ReadLenders,
    ReadLink,
    ReadRepayment,
    ReadSchedule,
    ReadStepUp,
    Repay,
    StartLink,
    StartStepUp,
    Unlink,
    VoidRepayment,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One HTTP request to the bank.

    Attributes:
        method: The HTTP method.
        path: Below the bank's address.
        query: Parameters of the path.
        body: The JSON body, or None.
        key: The idempotency key, or None for a call that changes nothing.
    """

    method: str
    path: str
    query: Mapping[str, str] = field(default_factory=dict)
    body: Mapping[str, str | int] | None = None
    key: str | None = None


_LISTS = {
    ListAccounts: "/v1/accounts",
    ListCards: "/v1/cards",
    ListLoans: "/v1/loans",
    ListLimits: "/v1/limits",
    ListApplications: "/v1/applications",
    ListHoldings: "/v1/holdings",
}


def request_of(call: BankCall) -> Request:
    """The request of a call."""
    path = _LISTS.get(type(call))
    if path is not None:
        return Request(method="GET", path=path)
    return _reading(call) or _changing(call)


def _reading(call: BankCall) -> Request | None:
    match call:
        case ListTransactions():
            query = {"account_id": call.account_id, "limit": str(call.limit)}
            return Request(method="GET", path="/v1/transactions", query=query)
        case ReadDue():
            path = f"/v1/loans/{call.loan_id}/due"
        case ReadSchedule():
            path = f"/v1/loans/{call.loan_id}/schedule"
        case ReadLenders():
            path = f"/v1/loans/{call.loan_id}/lenders"
        case ReadRepayment():
            path = f"/v1/repayments/by-key/{call.key}"
        case ReadLink():
            path = f"/v1/links/{call.link_id}"
        case ReadStepUp():
            path = f"/v1/step-ups/{call.step_up_id}"
        case _:
            return None
    return Request(method="GET", path=path)


def _changing(call: BankCall) -> Request:
    match call:
        case QuoteRepayment():
            part = {} if call.amount_fen is None else {"amount_fen": call.amount_fen}
            request = Request(method="POST", path=f"/v1/loans/{call.loan_id}/quotes", body=part)
        case Repay():
            request = _repay(call)
        case VoidRepayment():
            request = Request(method="POST", path=f"/v1/repayments/{call.key}/void", body={})
        case FreezeCard():
            path = f"/v1/cards/{call.card_id}/freeze"
            request = Request(method="POST", path=path, body={}, key=call.key)
        case StartLink():
            request = _start_link(call)
        case StartStepUp():
            request = _start_step_up(call)
        case Unlink():
            request = Request(method="DELETE", path="/v1/identities/current")
        case _:
            raise TypeError(f"{call.name} has no request.")
    return request


def _repay(call: Repay) -> Request:
    body: dict[str, str | int] = {
        "quote_id": call.quote_id,
        "loan_id": call.loan_id,
        "total_fen": call.total_fen,
        "account_id": call.account_id,
        "step_up_id": call.step_up_id,
    }
    return Request(method="POST", path="/v1/repayments", body=body, key=call.key)


def _start_link(call: StartLink) -> Request:
    body = {
        "channel": call.channel,
        "channel_user": call.channel_user,
        "conversation": call.conversation_id,
    }
    return Request(method="POST", path="/v1/links", body=body)


def _start_step_up(call: StartStepUp) -> Request:
    body: dict[str, str | int] = {
        "operation": call.operation,
        "resource_id": call.resource_id,
        "amount_fen": call.amount_fen,
        "account_id": call.account_id,
        "conversation": call.conversation_id,
        "reference": call.key,
    }
    return Request(method="POST", path="/v1/step-ups", body=body, key=call.key)
