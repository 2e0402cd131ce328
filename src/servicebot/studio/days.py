"""What became of customers' questions, day by day and by line, for the studio's chart."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Final, Protocol

from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.messages import Text
from servicebot.domain.receipts import Receipt

_TOPIC: Final = "topic:"
_ASKED_BACK: Final = "ask_back"
_MISSED: Final = "missed"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFigures:
    """The questions of one day about one line.

    Attributes:
        day: In the bank's zone.
        line: The line or the group of intents that answered; empty where no topic did.
        answered: By an article, a reply or a task.
        asked_back: With the topics that may be meant.
        handed_over: To a person, wished or not.
        unanswered: Not understood.
    """

    day: date
    line: str
    answered: int = 0
    asked_back: int = 0
    handed_over: int = 0
    unanswered: int = 0


class ReadsDays(Protocol):
    """Whoever has the records."""

    async def days(self, count: int) -> tuple[DayFigures, ...]:
        """The newest so many turns, oldest day first.

        Raises:
            UnavailableError: The records do not answer.
        """


class DayCounter:
    """Counts turns with words, one after another."""

    def __init__(self) -> None:
        self._found: dict[tuple[date, str], DayFigures] = {}

    def add(self, receipts: Iterable[Receipt]) -> None:
        """Counts more turns; those of agents and news say nothing."""
        for receipt in receipts:
            if isinstance(receipt.message.content, Text) and receipt.understanding is not None:
                self._count(receipt)

    def days(self) -> tuple[DayFigures, ...]:
        """What was counted, by day and line."""
        return tuple(one for _, one in sorted(self._found.items()))

    def _count(self, receipt: Receipt) -> None:
        day, line = receipt.at.astimezone(BANK_ZONE).date(), line_of_rule(receipt.decision)
        known = self._found.get((day, line), DayFigures(day=day, line=line))
        if receipt.escalated is not None:
            known = replace(known, handed_over=known.handed_over + 1)
        elif receipt.decision == _ASKED_BACK:
            known = replace(known, asked_back=known.asked_back + 1)
        elif receipt.decision == _MISSED:
            known = replace(known, unanswered=known.unanswered + 1)
        else:
            known = replace(known, answered=known.answered + 1)
        self._found[day, line] = known


def line_of_rule(rule: str) -> str:
    """The line of the topic that a rule answers; empty where it answers none.

    `topic:weilidai/fee` is of `weilidai`, `topic:loan.due` of `loan`.
    """
    if not rule.startswith(_TOPIC):
        return ""
    topic = rule.removeprefix(_TOPIC).partition(":")[0]
    return topic.partition("/")[0] if "/" in topic else topic.partition(".")[0]
