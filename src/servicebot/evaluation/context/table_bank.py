"""A bank of a table: enough facts for a decision, and nothing that could move."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import Facts, NeedsBank
from servicebot.domain.bank_calls import (
    BankCall,
    FindMove,
    ListAccounts,
    ListApplications,
    ListCards,
    ListHoldings,
    ListLimits,
    ListLoans,
    ListTransactions,
    QuoteRepayment,
    ReadDue,
    ReadStepUp,
    StartStepUp,
)
from servicebot.domain.bank_items import Loan
from servicebot.domain.bank_results import (
    Accounts,
    Applications,
    BankResult,
    Cards,
    Due,
    Holdings,
    Limits,
    Loans,
    MoveFound,
    Quote,
    StepUp,
    Transactions,
    Unreachable,
)
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage

NOW: Final = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
_PRODUCTS: Final = ("weilidai", "weichedai")
_NOTHING: Final[Mapping[type[BankCall], BankResult]] = MappingProxyType(
    {
        ListAccounts: Accounts(items=()),
        FindMove: MoveFound(sent=False),
        ListCards: Cards(items=()),
        ListTransactions: Transactions(items=()),
        ListLoans: Loans(items=()),
        ListLimits: Limits(items=()),
        ListApplications: Applications(items=()),
        ListHoldings: Holdings(items=()),
        ReadDue: Due(
            loan_id="loan-1",
            product="weilidai",
            due_on=date(2026, 12, 1),
            total_fen=10_000,
            principal_fen=10_000,
            interest_fen=0,
            penalty_fen=0,
            overdue_days=0,
            account_tail="6688",
        ),
        StartStepUp: StepUp(step_up_id="step-up", state="pending", url="https://bank.example/s"),
        ReadStepUp: StepUp(step_up_id="step-up", state="pending", url="https://bank.example/s"),
    }
)


def open_loans() -> tuple[Loan, ...]:
    """The two loans of a case in the middle of a repayment, oldest first."""
    return tuple(
        Loan(
            loan_id=f"loan-{place}",
            product=product,
            principal_fen=5_000_000,
            outstanding_fen=4_000_000,
            annual_rate="0.12",
            method="daily_interest",
            opened_on=date(2026, place, 1),
            state="active",
            next_due_on=date(2026, 12, 1),
            next_due_fen=10_000,
        )
        for place, product in enumerate(_PRODUCTS, 1)
    )


def decide_on(
    before: Conversation, message: InboundMessage, heard: Heard | None, content: Content
) -> Decision:
    """Decides one turn; the customer has loans only in the middle of a task."""
    facts: dict[BankCall, BankResult] = {}
    moment = Moment(now=NOW, today=TODAY)
    while True:
        try:
            return decide(before, message, heard, Facts(facts), moment, content)
        except NeedsBank as needs:
            for call in needs.calls:
                facts[call] = _answer(call, in_task=before.task is not None)


def _answer(call: BankCall, *, in_task: bool) -> BankResult:
    if isinstance(call, QuoteRepayment):
        return _quote(call)
    if isinstance(call, ListLoans) and in_task:
        return Loans(items=open_loans())
    return _NOTHING.get(type(call), Unreachable())


def _quote(call: QuoteRepayment) -> Quote:
    total = call.amount_fen or open_loans()[0].outstanding_fen
    return Quote(
        quote_id=f"quote-{total}",
        loan_id=call.loan_id,
        product=next(loan.product for loan in open_loans() if loan.loan_id == call.loan_id),
        full=call.amount_fen is None,
        principal_fen=total,
        interest_fen=0,
        penalty_fen=0,
        fee_fen=0,
        total_fen=total,
        account_id="account",
        account_tail="6688",
        outstanding_after_fen=0,
        valid_until=NOW + timedelta(minutes=10),
    )
