"""Families of articles that win each other's held-out lines: the bot can only guess among them."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import is_offered
from servicebot.domain.understanding import Language, Topic, Understanding
from servicebot.understanding.phrasings import collect_held_out
from servicebot.understanding.understand import Utterance

# One line may go astray by chance; two of about six in one direction, or one in each, do not.
_REPEATED: Final = 2
# Held-out phrases are about topics, not about days; any fixed day gives the same ranking.
_ANY_DAY: Final = date(2026, 1, 1)

Crossings = Mapping[tuple[Topic, Topic], int]
Understand = Callable[[Sequence[Utterance]], Sequence[Understanding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lost:
    """Lines of one topic whose best topic was another.

    Attributes:
        to: Who won them.
        lines: How many, from 1.
    """

    to: Topic
    lines: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One topic of a family.

    Attributes:
        topic: An article, or an intent of business.
        asked: Its held-out lines, all of them.
        lost: What it lost within the family, most lines first.
    """

    topic: Topic
    asked: int
    lost: tuple[Lost, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Topics of one language that are taken for one another.

    Attributes:
        language: Of the lines.
        members: Two or more, sorted by id.
    """

    language: Language
    members: tuple[Member, ...]

    @property
    def asked(self) -> int:
        """Held-out lines of all members."""
        return sum(member.asked for member in self.members)

    @property
    def lost(self) -> int:
        """Those of them that another member won."""
        return sum(lost.lines for member in self.members for lost in member.lost)


def find_families(content: Content, understand: Understand) -> tuple[Family, ...]:
    """Asks every held-out line of business and groups the topics that win each other's.

    The half of the lines that sets thresholds is asked too: a threshold moves no topic before
    another, and twice the lines find twice the twins. The lines' words are not part of the result;
    whoever mends an article must not write with the exam before them.

    Returns:
        Language by language, the families that lost most lines first.
    """
    found = []
    for language in Language:
        asked, crossings = _ask(content, language, understand)
        families = [
            Family(language=language, members=tuple(_members(topics, asked, crossings)))
            for topics in group(crossings)
        ]
        found += sorted(families, key=lambda one: (-one.lost, one.members[0].topic.id))
    return tuple(found)


def group(crossings: Crossings) -> tuple[frozenset[Topic], ...]:
    """Connected components of the pairs that cross twice one way, or once each way.

    Args:
        crossings: Lines by (whose they are, who won them), each from 1.
    """
    nearest: dict[Topic, set[Topic]] = defaultdict(set)
    for (one, other), lines in crossings.items():
        if lines >= _REPEATED or (other, one) in crossings:
            nearest[one].add(other)
            nearest[other].add(one)
    families = []
    left = set(nearest)
    while left:
        family, edge = set[Topic](), {min(left, key=_order)}
        while edge:
            family |= edge
            edge = {other for topic in edge for other in nearest[topic]} - family
        left -= family
        families.append(frozenset(family))
    return tuple(families)


def _ask(
    content: Content, language: Language, understand: Understand
) -> tuple[Counter[Topic], Crossings]:
    """How many lines each topic has, and how many of them which other topic won."""
    lines = [
        line
        for line in collect_held_out(content)
        if line.language is language and is_offered(line.topic, content)
    ]
    understood = understand(
        [Utterance(text=one.text, language_hint=language, today=_ANY_DAY) for one in lines]
    )
    winners = [one.best.topic if one.best is not None else None for one in understood]
    crossings = Counter(
        (line.topic, winner)
        for line, winner in zip(lines, winners, strict=True)
        if winner is not None and winner != line.topic and is_offered(winner, content)
    )
    return Counter(line.topic for line in lines), crossings


def _members(
    topics: frozenset[Topic], asked: Mapping[Topic, int], crossings: Crossings
) -> Iterator[Member]:
    for topic in sorted(topics, key=_order):
        lost = [
            Lost(to=other, lines=crossings[topic, other])
            for other in sorted(topics, key=_order)
            if (topic, other) in crossings
        ]
        lost.sort(key=lambda one: -one.lines)
        yield Member(topic=topic, asked=asked.get(topic, 0), lost=tuple(lost))


def _order(topic: Topic) -> tuple[str, str]:
    return topic.id, topic.kind.value
