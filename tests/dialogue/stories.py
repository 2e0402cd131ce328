"""Builders for turns of the dialogue, without a bank and without a model."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path

from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import Facts, NeedsBank, NeedsDesk
from servicebot.dialogue.say import Say, SayArticle
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import (
    BankCall,
    FindMove,
    ListAccounts,
    ListLoans,
    QuoteRepayment,
    ReadDue,
    ReadStepUp,
    Repay,
    StartStepUp,
)
from servicebot.domain.bank_items import Account, Loan
from servicebot.domain.bank_results import (
    Accounts,
    BankResult,
    Due,
    Loans,
    MoveFound,
    Quote,
    Repayment,
    StepUp,
)
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.desk_facts import OPEN, DeskAnswer, DeskCall, DeskNow
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import SEEN_BY_DIALOGUE
from servicebot.domain.messages import InboundMessage, MessageContent, Text
from servicebot.domain.task import EarlyRepayment
from servicebot.domain.tickets import Priority, Reason, Ticket
from servicebot.domain.understanding import (
    Band,
    Language,
    RankedTopic,
    SlotKind,
    SlotValue,
    Topic,
    TopicKind,
    Understanding,
)
from servicebot.understanding.lexicon import Lexicon

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
KNOWN = Identity(subject="subject-1", display_name="陈*明")


@cache
def lexicon() -> Lexicon:
    """The shipped marks."""
    return Lexicon(load_content(Path(__file__).parents[2]).marks)


def conversation(**changes: object) -> Conversation:
    """A conversation of a known customer."""
    made = Conversation(id="web:c1", channel="web", sender="c1", identity=KNOWN, turns=1)
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def understood(
    text: str,
    topic: str = "",
    *,
    band: Band = Band.ANSWER,
    slots: tuple[SlotValue, ...] = (),
) -> Understanding:
    """An understanding with one topic in front."""
    ranking: tuple[RankedTopic, ...] = ()
    if topic:
        kind = TopicKind.ARTICLE if "/" in topic else TopicKind.INTENT
        ranking = (RankedTopic(topic=Topic(kind=kind, id=topic), probability=0.99),)
    found = band if topic else Band.HAND_OVER
    return Understanding(
        text=text,
        language=Language.ZH,
        ranking=ranking,
        band=found,
        slots=slots,
        marks=lexicon().found_in(text.lower(), SEEN_BY_DIALOGUE),
    )


def heard(
    text: str,
    topic: str = "",
    *,
    yes_no: YesNo = YesNo.NONE,
    rest: Understanding | None = None,
    slots: tuple[SlotValue, ...] = (),
) -> Heard:
    """What was heard; without a yes or no the rest is the whole."""
    whole = understood(text, topic, slots=slots)
    plain = {YesNo.YES: Act.AGREE, YesNo.NO: Act.REFUSE}.get(yes_no) if rest is None else None
    rest = whole if yes_no is YesNo.NONE else rest
    return Heard(whole=whole, yes_no=yes_no, rest=rest, act=plain)


def yes() -> Heard:
    """A plain yes."""
    return heard("确认", yes_no=YesNo.YES)


def no() -> Heard:
    """A plain no."""
    return heard("不要", yes_no=YesNo.NO)


def repayment(state: Conversation) -> EarlyRepayment:
    """What is known of the repayment in hand."""
    assert state.task is not None
    assert isinstance(state.task.state, EarlyRepayment)
    return state.task.state


def tail(digits: str) -> SlotValue:
    """Last digits, as they are read out of words."""
    return SlotValue(kind=SlotKind.TAIL, text=digits, start=0, end=4, value=digits)


def ordinal(place: int) -> SlotValue:
    """A place in a list, as it is read out of words."""
    return SlotValue(kind=SlotKind.ORDINAL, value=place, text="", start=0, end=0)


def money(fen: int, *, certain: bool = True) -> SlotValue:
    """An amount that was named; a bare number is not certain."""
    return SlotValue(kind=SlotKind.MONEY, text=str(fen), start=0, end=1, value=fen, certain=certain)


def place(number: int) -> SlotValue:
    """A place in a list that was named."""
    return SlotValue(kind=SlotKind.ORDINAL, text=f"第{number}笔", start=0, end=1, value=number)


def day(named: date) -> SlotValue:
    """A day that was named."""
    return SlotValue(kind=SlotKind.DATE, text=str(named), start=0, end=1, value=named)


def product(name: str) -> SlotValue:
    """A product that was named."""
    return SlotValue(kind=SlotKind.PRODUCT, text=name, start=0, end=1, value=name)


def ticket(name: str = "t1", **changes: object) -> Ticket:
    """A ticket of that conversation; it waits."""
    made = Ticket(
        id=name,
        conversation_id="web:c1",
        channel="web",
        sender="c1",
        customer=None,
        language=Language.ZH,
        reason=Reason.CUSTOMER_ASKED,
        priority=Priority.NORMAL,
        summary="转人工",
        task=None,
        opened_at=NOW,
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # a test's own shorthand


def message(content: MessageContent, number: int = 1, at: datetime = NOW) -> InboundMessage:
    """A message of the conversation."""
    return InboundMessage(
        channel="web",
        message_id=f"m{number}",
        conversation_id="web:c1",
        sender="c1",
        received_at=at,
        content=content,
    )


class FakeBank:
    """Answers calls from a table and remembers what was asked; a twin of the turn's own loop."""

    def __init__(
        self,
        answers: Mapping[type[BankCall], BankResult],
        desk: Mapping[type[DeskCall], DeskAnswer] | None = None,
    ) -> None:
        self.answers = {FindMove: MoveFound(sent=False), **answers}
        self.desk = dict(desk or {})
        self.calls: list[BankCall] = []

    def decide(  # noqa: PLR0913  a turn and what stands around it
        self,
        state: Conversation,
        content: Content,
        listened: Heard | None,
        said: MessageContent | None = None,
        *,
        number: int = 1,
        now: datetime = NOW,
        desk: DeskNow = OPEN,
    ) -> Decision:
        """Decides one turn, fetching facts from the table."""
        inbound = message(said or Text(text=""), number, now)
        facts: dict[BankCall, BankResult] = {}
        told: dict[DeskCall, DeskAnswer] = {}
        moment = Moment(now=now, today=date(2026, 11, 23), desk=desk)
        while True:
            known = Facts(facts, desk=told)
            try:
                return decide(state, inbound, listened, known, moment, content)
            except NeedsDesk as asks:
                told[asks.call] = self.desk[type(asks.call)]
            except NeedsBank as needs:
                for call in needs.calls:
                    if not isinstance(call, FindMove):  # the journal, not the bank
                        self.calls.append(call)
                    facts[call] = self.answers[type(call)]


def names(decision: Decision) -> list[str]:
    """Names of what is said."""
    found = []
    for saying in decision.says:
        if isinstance(saying, Say):
            found.append(saying.reply)
        elif isinstance(saying, SayArticle):
            found.append(saying.article_id)
        else:
            found.append(type(saying).__name__)
    return found


def loan(number: int, product: str = "weilidai") -> Loan:
    """An open loan."""
    return Loan(
        loan_id=f"loan-{number}",
        product=product,
        principal_fen=1_000_000,
        outstanding_fen=800_000,
        annual_rate="0.18",
        method="daily_interest",
        opened_on=date(2026, number, 1),
        state="active",
        next_due_on=date(2026, 12, 1),
        next_due_fen=10_000,
    )


def quote(total_fen: int = 50_000, *, min_fen: int | None = None) -> Quote:
    """Terms that hold for ten minutes."""
    return Quote(
        quote_id=f"q-{total_fen}",
        loan_id="loan-1",
        product="weilidai",
        full=False,
        principal_fen=total_fen - 100,
        interest_fen=100,
        penalty_fen=0,
        fee_fen=0,
        total_fen=total_fen,
        account_id="acc-1",
        account_tail="6688",
        outstanding_after_fen=0,
        valid_until=NOW + timedelta(minutes=10),
        min_fen=min_fen,
    )


def due(total_fen: int = 10_000) -> Due:
    """What is due next."""
    return Due(
        loan_id="loan-1",
        product="weilidai",
        due_on=date(2026, 12, 1) if total_fen else None,
        total_fen=total_fen,
        principal_fen=total_fen,
        interest_fen=0,
        penalty_fen=0,
        overdue_days=0,
        account_tail="6688",
    )


def account(available_fen: int) -> Account:
    """The account repayments come from."""
    return Account(
        account_id="acc-1",
        name="微众卡",
        tail="6688",
        balance_fen=available_fen,
        available_fen=available_fen,
        state="active",
    )


def repaying_bank() -> FakeBank:
    """A bank where everything goes well."""
    return FakeBank(
        {
            ListLoans: Loans(items=(loan(1),)),
            ListAccounts: Accounts(items=(account(1_000_000),)),
            ReadDue: due(),
            QuoteRepayment: quote(),
            StartStepUp: StepUp(step_up_id="su-1", state="pending", url="https://bank/step-up/1"),
            ReadStepUp: StepUp(step_up_id="su-1", state="approved"),
            Repay: Repayment(
                repayment_id="r-1",
                state="succeeded",
                total_fen=50_000,
                outstanding_fen=750_000,
                receipt_no="R1",
            ),
        }
    )
