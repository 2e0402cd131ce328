"""How well the acts are heard: held-out lines through the real hearing, in the state they need."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.acts import AFTERWARDS, AT_A_QUESTION, DANGERS, Act
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage, Text
from servicebot.domain.task import (
    AccountRef,
    Asked,
    CardFreeze,
    EarlyRepayment,
    Question,
    Sum,
    Task,
    Terms,
    Unlinking,
)
from servicebot.domain.understanding import Language
from servicebot.hearing.listen import Listener
from servicebot.understanding.microbatch import MicroBatcher, UnderstandsBatches

NOW: Final = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
TODAY: Final = date(2026, 11, 24)
_AT_ONCE: Final = 16
_DEADLINE_S: Final = 120.0
_REPAYMENT: Final = EarlyRepayment(
    amount=Sum(fen=50_000),
    terms=Terms(
        quote_id="quote",
        total_fen=50_000,
        account=AccountRef(id="account", tail="1234"),
        valid_until=NOW + timedelta(minutes=5),
        fee_fen=0,
    ),
)
# The consents that can be asked for; a line is said at the first unless its file says otherwise.
_ASKED: Final = (
    ("loan.repay_early", "repay_early", _REPAYMENT, Question.CONFIRM_REPAY),
    ("card.freeze", "freeze_card", CardFreeze(), Question.CONFIRM_FREEZE),
    ("identity.unlink", "unlink_identity", Unlinking(), Question.CONFIRM_UNLINK),
)
_ENDS_THE_TASK: Final = frozenset({Act.REFUSE, Act.POSTPONE})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActReport:
    """Figures of one act, or of a family of them, in one language.

    Attributes:
        language: Of the lines.
        name: The act; `refuse` counts `postpone` too, because both end the task, and `danger` is
            any of the four dangers.
        lines: How many held-out lines do it.
        recall: The share of them that was heard, 0..1.
        heard: How many lines of all were heard as it.
        precision: The share of those among the lines of the act files that do it, 0..1, the tempting
            lines of `none.yaml` included; 1 where nothing was heard.
        false_alarms: The share of the held-out lines of all topics heard as it, 0..1.
        missed: The lines that were not heard.
        wrong: The lines that were heard as it and do something else.
    """

    language: Language
    name: str
    lines: int
    recall: float
    heard: int
    precision: float
    false_alarms: float
    missed: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """A held-out line, what it does, and at which consent it is said; None: it does nothing."""

    text: str
    act: Act | None
    of_a_topic: bool = False
    consent: int = 0


@dataclass(frozen=True, slots=True)
class _Question:
    """What is measured: which acts, heard how, and among the lines of which acts."""

    name: str
    acts: frozenset[Act]
    hears: Callable[[Heard], bool]
    among: frozenset[Act]


def evaluate_acts(content: Content, *, understander: UnderstandsBatches) -> tuple[ActReport, ...]:
    """Asks the held-out lines of every act, in both languages."""
    return asyncio.run(_all(content, understander))


async def _all(content: Content, understander: UnderstandsBatches) -> tuple[ActReport, ...]:
    reports: list[ActReport] = []
    async with MicroBatcher(understander, deadline_s=_DEADLINE_S) as batcher:
        listener = Listener(batcher, content)
        for language in Language:
            lines = (*_act_lines(content, language), *_topic_lines(content, language))
            for states, questions in _questions(language):
                heard = await _hear(lines, listener, states)
                reports += [_report(language, one, lines, heard) for one in questions]
    return tuple(reports)


def _questions(
    language: Language,
) -> Iterator[tuple[Sequence[Conversation], tuple[_Question, ...]]]:
    """Each act in the states it belongs to, one for each consent, and what is heard in any state."""
    nobody = Conversation(
        id="evaluate:act", channel="evaluate", sender="act", language=language, turns=1
    )
    at_a_question = [replace(nobody, task=task) for task in _tasks()]
    states = (
        (AT_A_QUESTION, at_a_question),
        (AFTERWARDS, [nobody]),
        (frozenset({Act.LEAVE}), [replace(nobody, owner=Owner.QUEUE)]),
    )
    for among, conversations in states:
        questions = [_in_state(act, among) for act in sorted(among)]
        if among is AFTERWARDS:
            questions += [
                _Question("person", frozenset({Act.PERSON}), _wants_person, frozenset(Act)),
                _Question("danger", DANGERS, _is_in_danger, frozenset(Act)),
            ]
        yield conversations, tuple(questions)


def _tasks() -> Iterator[Task]:
    for intent, flow, state, question in _ASKED:
        yield Task(
            id="task",
            intent=intent,
            flow=flow,
            state=state,
            asked=Asked(question=question, at=NOW),
            begun_at=NOW,
        )


def _in_state(act: Act, among: frozenset[Act]) -> _Question:
    wanted = _ENDS_THE_TASK if act is Act.REFUSE else frozenset({act})
    return _Question(act, wanted, partial(_does, wanted), among)


def _does(wanted: frozenset[Act], heard: Heard) -> bool:
    return heard.act in wanted


def _wants_person(heard: Heard) -> bool:
    return heard.wants_person


def _is_in_danger(heard: Heard) -> bool:
    return heard.danger is not None


def _act_lines(content: Content, language: Language) -> list[_Line]:
    files = [one for (_, spoken), one in content.acts.items() if spoken is language]
    return [
        _Line(text, one.act, consent=consent)
        for one in files
        for consent, texts in enumerate(
            (one.held_out, one.held_out_at_freeze, one.held_out_at_unlink)
        )
        for text in texts
    ]


def _topic_lines(content: Content, language: Language) -> list[_Line]:
    """The held-out lines of the topics but for those of intents that an act names."""
    named = {intent for one in content.acts.values() for intent in one.same_as}
    held_out = [
        *(one.held_out for one in content.articles.values() if one.language is language),
        *(
            one.held_out
            for one in content.intents.values()
            if one.language is language and one.id not in named
        ),
    ]
    return [_Line(text, None, of_a_topic=True) for lines in held_out for text in lines]


async def _hear(
    lines: Sequence[_Line], listener: Listener, states: Sequence[Conversation]
) -> tuple[Heard, ...]:
    heard: list[Heard] = []
    for start in range(0, len(lines), _AT_ONCE):
        batch = lines[start : start + _AT_ONCE]
        said = [(line, states[line.consent % len(states)]) for line in batch]
        found = await asyncio.gather(
            *(listener.listen(_message(line, state), state, TODAY) for line, state in said)
        )
        heard += [one for one in found if one is not None]
    return tuple(heard)


def _message(line: _Line, state: Conversation) -> InboundMessage:
    return InboundMessage(
        channel=state.channel,
        message_id="evaluate/act",
        conversation_id=state.id,
        sender=state.sender,
        received_at=NOW,
        content=Text(text=line.text),
    )


def _report(
    language: Language, question: _Question, asked: Sequence[_Line], heard: Sequence[Heard]
) -> ActReport:
    said = [
        (line, question.hears(one))
        for line, one in zip(asked, heard, strict=True)
        if line.act is None or line.act in question.among
    ]
    doing = [(line, hit) for line, hit in said if line.act in question.acts]
    others = [(line, hit) for line, hit in said if line.act not in question.acts]
    wrong = [line for line, hit in others if hit]
    hits = sum(hit for _, hit in doing)
    mistaken = sum(not line.of_a_topic for line in wrong)
    topical = [hit for line, hit in others if line.of_a_topic]
    return ActReport(
        language=language,
        name=question.name,
        lines=len(doing),
        recall=hits / len(doing) if doing else 0.0,
        heard=hits + len(wrong),
        precision=hits / (hits + mistaken) if hits or mistaken else 1.0,
        false_alarms=sum(topical) / len(topical) if topical else 0.0,
        missed=tuple(line.text for line, hit in doing if not hit),
        wrong=tuple(line.text for line in wrong),
    )
