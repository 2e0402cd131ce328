"""Asks every case through the real listening and the real decision, and counts what is right."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.task import Amount, DueNow, EarlyRepayment, Sum, WholeLoan
from servicebot.evaluation.context.cases import SETS, Case, conversation_of, read_cases
from servicebot.evaluation.context.table_bank import NOW, TODAY, decide_on
from servicebot.hearing.listen import Listener
from servicebot.understanding.microbatch import MicroBatcher, UnderstandsBatches

_AT_ONCE: Final = 16
_DEADLINE_S: Final = 120.0
_NONE: Final = "none"
_TOPICS_OF_RULES: Final = {
    "person": ("person.request",),
    "cancel": ("task.cancel",),
    "wait": ("task.wait",),
    "danger:scammed": ("case.fraud",),
    "danger:distress": ("talk.distress",),
    "after:solved": ("talk.thanks",),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContextReport:
    """Figures of one set; rates are 0..1.

    Attributes:
        name: The set.
        cases: How many were asked.
        right: How many were understood as they are meant.
        rate: The share of them.
        rate_within_a_tap: The share that was right, or asked back with the right topic named.
        trap_rate: The share among the cases that only look like one of the set.
        wrong: Each wrong case in words: state, message, expected and what was decided.
    """

    name: str
    cases: int
    right: int
    rate: float
    rate_within_a_tap: float
    trap_rate: float | None
    wrong: tuple[str, ...]


def evaluate_context(
    folder: Path, *, content: Content, understander: UnderstandsBatches
) -> tuple[ContextReport, ...]:
    """Asks the four sets of a folder.

    Raises:
        ContentError: A file cannot be read.
    """
    return asyncio.run(_all_sets(folder, content, understander))


async def _all_sets(
    folder: Path, content: Content, understander: UnderstandsBatches
) -> tuple[ContextReport, ...]:
    async with MicroBatcher(understander, deadline_s=_DEADLINE_S) as batcher:
        listener = Listener(batcher, content)
        reports = []
        for name in SETS:
            cases = read_cases(folder, name)
            decided: list[tuple[Conversation, Decision]] = []
            for start in range(0, len(cases), _AT_ONCE):
                batch = cases[start : start + _AT_ONCE]
                decided += await asyncio.gather(*(_ask(c, listener, content) for c in batch))
            reports.append(_report(name, cases, decided))
        return tuple(reports)


async def _ask(case: Case, listener: Listener, content: Content) -> tuple[Conversation, Decision]:
    before = conversation_of(case)
    message = InboundMessage(
        channel=before.channel,
        message_id="evaluate/case",
        conversation_id=before.id,
        sender=before.sender,
        received_at=NOW,
        content=Text(text=case.message),
    )
    heard = await listener.listen(message, before, TODAY)
    return before, decide_on(before, message, heard, content)


def _report(
    name: str, cases: Sequence[Case], decided: Sequence[tuple[Conversation, Decision]]
) -> ContextReport:
    asked = list(zip(cases, decided, strict=True))
    right = [is_right(name, case, before, decision) for case, (before, decision) in asked]
    traps = [hit for hit, case in zip(right, cases, strict=True) if case.trap]
    wrong = tuple(
        f"{case.state} | {case.message} | {case.expected} | {decision.rule}"
        for hit, (case, (_, decision)) in zip(right, asked, strict=True)
        if not hit
    )
    return ContextReport(
        name=name,
        cases=len(cases),
        right=sum(right),
        rate=sum(right) / len(cases),
        rate_within_a_tap=sum(
            hit or _is_offered(case, decision)
            for hit, (case, (_, decision)) in zip(right, asked, strict=True)
        )
        / len(cases),
        trap_rate=sum(traps) / len(traps) if traps else None,
        wrong=wrong,
    )


def _is_offered(case: Case, decision: Decision) -> bool:
    """Whether a topic that is meant was named to pick from."""
    offered = {choice.id for choice in decision.conversation.offered}
    meant = case.expected.removeprefix("topic=").replace(" ", ",").split(",")
    return bool(offered & set(meant))


def is_right(name: str, case: Case, before: Conversation, decision: Decision) -> bool:
    """Whether a decision is what the case expects."""
    if name == "wishes":
        meant = case.expected.split()
        found = topics_of(decision) or (_NONE,)
        return len(meant) == len(found) and all(
            topic in wish.split(",") for topic, wish in zip(found, meant, strict=True)
        )
    changes = _changes(before, decision) if name == "corrections" else _topics_or_none(decision)
    return bool(changes & set(case.expected.removeprefix("topic=").split(",")))


def topics_of(decision: Decision) -> tuple[str, ...]:
    """The topics a decision answered, as its rule names them."""
    rule, _, about = decision.rule.partition(":")
    known = _TOPICS_OF_RULES.get(decision.rule) or _TOPICS_OF_RULES.get(rule)
    if known is not None:
        return known
    about = about.rpartition(">")[2]
    named = tuple(about.split("+")) if about else ()
    return tuple(name for name in named if "." in name or "/" in name)


def _topics_or_none(decision: Decision) -> set[str]:
    found = topics_of(decision)
    return set(found) if len(found) == 1 else (set() if found else {_NONE})


def _changes(before: Conversation, decision: Decision) -> set[str]:
    """What became of the task, or which topic was answered; none where neither."""
    task, after = before.task, decision.conversation.task
    found = set(topics_of(decision))
    if task is not None and after is None:
        found |= {"no", "cancel"}
    if task is not None and after is not None and after.id == task.id:
        found |= _values_changed(task, after)
    return found or {_NONE}


def _values_changed(task: Task, after: Task) -> set[str]:
    found: set[str] = set()
    was, now = task.state, after.state
    if not isinstance(was, EarlyRepayment) or not isinstance(now, EarlyRepayment):
        return found
    if now.agreed and not was.agreed:
        found.add("yes")
    if now.loan is not None and now.loan != was.loan:
        found.add(f"loan={now.loan.id.removeprefix('loan-')}")
    elif now.amount != was.amount:
        found.add(f"amount={_in_words(now.amount)}")
    return found


def _in_words(amount: Amount | None) -> str:
    match amount:
        case Sum(fen=fen):
            return str(fen)
        case WholeLoan():
            return "all"
        case DueNow():
            return "due"
        case None:
            return "None"
