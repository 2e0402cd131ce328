"""The bank's JSON -> results. Anything unexpected is no answer, never a guess."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

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
from servicebot.domain.bank_results import (
    Accounts,
    Applications,
    BankResult,
    CardFrozen,
    Cards,
    Done,
    Due,
    Holdings,
    IdentityLink,
    Lenders,
    Limits,
    Loans,
    Quote,
    Refused,
    Repayment,
    Schedule,
    StepUp,
    Transactions,
    Voided,
)
from servicebot.domain.errors import UnavailableError

_LIST_KEYS: Final[Mapping[type[Any], str]] = MappingProxyType(
    {
        ListAccounts: "accounts",
        ListCards: "cards",
        ListTransactions: "transactions",
        ListLoans: "loans",
        ListLimits: "limits",
        ListApplications: "applications",
        ListHoldings: "holdings",
    }
)

_KINDS: Final[Mapping[type[Any], TypeAdapter[Any]]] = MappingProxyType(
    {
        call: TypeAdapter(result)
        for call, result in {
            ListAccounts: Accounts,
            ListCards: Cards,
            ListTransactions: Transactions,
            ListLoans: Loans,
            ListLimits: Limits,
            ListApplications: Applications,
            ListHoldings: Holdings,
            ReadDue: Due,
            ReadSchedule: Schedule,
            ReadLenders: Lenders,
            QuoteRepayment: Quote,
            Repay: Repayment,
            ReadRepayment: Repayment,
            FreezeCard: CardFrozen,
            StartLink: IdentityLink,
            ReadLink: IdentityLink,
            StartStepUp: StepUp,
            ReadStepUp: StepUp,
        }.items()
    }
    | {VoidRepayment: TypeAdapter(Repayment | Voided)}
)


def result_of(call: BankCall, body: Mapping[str, Any] | None) -> BankResult:
    """A 2xx answer as a result.

    Raises:
        UnavailableError: The body has not the agreed shape.
    """
    if isinstance(call, Unlink):
        return Done()
    if body is None:
        raise UnavailableError(f"{call.name}: the bank's answer has no body.")
    try:
        result: BankResult = _KINDS[type(call)].validate_python(_shape(call, body))
    except ValidationError as error:
        count = error.error_count()
        raise UnavailableError(f"{call.name}: {count} fields are not as agreed.") from error
    return result


def refusal_of(call: BankCall, body: Mapping[str, Any] | None) -> Refused:
    """A 4xx problem as a refusal.

    Raises:
        UnavailableError: It carries no code, so it is not the bank that speaks.
    """
    problem = body or {}
    code, limit = problem.get("code"), problem.get("max_fen", problem.get("min_fen"))
    if not isinstance(code, str) or not code:
        raise UnavailableError(f"{call.name}: a refusal without the bank's code.")
    return Refused(code=code, limit_fen=limit if isinstance(limit, int) else None)


def _shape(call: BankCall, body: Mapping[str, Any]) -> Mapping[str, Any]:
    key = _LIST_KEYS.get(type(call))
    if key is not None:
        return {"items": body.get(key)}
    if isinstance(call, QuoteRepayment):
        return {**body, "full": body.get("kind") == "full", "kind": "quote"}
    if isinstance(call, StartLink | StartStepUp):
        return {**body, "state": "pending"}
    return body
