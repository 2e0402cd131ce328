"""What a draft changes: past questions that come out otherwise, grouped by what they come to."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from servicebot.domain.drafts import ChangedGroup, EffectSummary
from servicebot.domain.understanding import Language
from servicebot.studio.judge import Judgement

_ID_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class PastQuestion:
    """What customers have asked, as it is stored: masked.

    Attributes:
        text: The words.
        language: Of the conversation; None where nobody knows.
        asked: How often.
        handed_over: How often a person was called.
        unanswered: How often it was not understood.
        asked_back: How often it was asked back, and nothing of what was named was meant.
        solved: How often the customer said that its answer solved it.
        unsolved: How often the customer said that it did not.
    """

    text: str
    language: Language | None = None
    asked: int = 1
    handed_over: int = 0
    unanswered: int = 0
    asked_back: int = 0
    solved: int = 0
    unsolved: int = 0

    @property
    def badly_rated(self) -> bool:
        """Whether of those who rated its answer more were not helped than were."""
        return self.unsolved > self.solved


@dataclass(frozen=True, slots=True, kw_only=True)
class Flip:
    """A past question that comes out otherwise."""

    question: PastQuestion
    was: Judgement
    becomes: Judgement


@dataclass(frozen=True, slots=True, kw_only=True)
class FlipGroup:
    """Flips from one answer to another, those asked most first."""

    id: str
    was: str
    becomes: str
    flips: tuple[Flip, ...]

    def summary(self) -> ChangedGroup:
        """The same without a word of customers."""
        return ChangedGroup(
            id=self.id,
            was=self.was,
            becomes=self.becomes,
            questions=len(self.flips),
            asked=sum(flip.question.asked for flip in self.flips),
            solved=sum(flip.question.solved for flip in self.flips),
            unsolved=sum(flip.question.unsolved for flip in self.flips),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """Everything that a draft changes.

    Attributes:
        of: Version of the draft's files.
        live: Version of the content it was compared with.
        questions: How many different questions were compared.
        asked: How often all of them were asked.
        groups: Those that come out otherwise, those asked most first.
    """

    of: str
    live: str
    questions: int
    asked: int
    groups: tuple[FlipGroup, ...]

    def summary(self) -> EffectSummary:
        """What may be kept with the draft."""
        return EffectSummary(
            of=self.of,
            live=self.live,
            questions=self.questions,
            groups=tuple(group.summary() for group in self.groups),
        )


def flips(
    questions: Sequence[PastQuestion], pairs: Iterable[tuple[Judgement, Judgement]]
) -> tuple[Flip, ...]:
    """The questions whose answer or words differ; a chance that moved changes nothing said."""
    return tuple(
        Flip(question=question, was=was, becomes=becomes)
        for question, (was, becomes) in zip(questions, pairs, strict=True)
        if (was.answer, was.reply) != (becomes.answer, becomes.reply)
    )


def group_flips(found: Iterable[Flip]) -> tuple[FlipGroup, ...]:
    """By both answers; of one answer in other words, those with the same words together."""
    groups: dict[str, list[Flip]] = {}
    for flip in found:
        groups.setdefault(_group_id(flip), []).append(flip)
    made = (
        FlipGroup(
            id=name,
            was=members[0].was.answer,
            becomes=members[0].becomes.answer,
            flips=tuple(sorted(members, key=lambda f: (-f.question.asked, f.question.text))),
        )
        for name, members in groups.items()
    )
    return tuple(sorted(made, key=lambda one: (-one.summary().asked, one.was, one.becomes, one.id)))


def _group_id(flip: Flip) -> str:
    named = [flip.was.answer, flip.becomes.answer]
    if flip.was.answer == flip.becomes.answer:
        named += [flip.was.reply, flip.becomes.reply]
    return hashlib.sha256("\0".join(named).encode()).hexdigest()[:_ID_LENGTH]
