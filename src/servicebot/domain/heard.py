"""One message as the dialogue gets it: the words, a yes or no in front, and the rest."""

from dataclasses import dataclass
from enum import StrEnum

from servicebot.domain.understanding import SlotKind, SlotValue, Understanding


class YesNo(StrEnum):
    """How a message begins."""

    YES = "yes"
    NO = "no"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """What the customer says they do not want, understood, and what they want instead, if said."""

    denied: Understanding
    meant: Understanding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaning:
    """The words as they are meant after the turn before.

    Attributes:
        words: The words, completed by what the last answer was about, understood.
        corrects: Whether they take back what was said before.
    """

    words: Understanding
    corrects: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A message, understood.

    Attributes:
        whole: The understanding of the whole message.
        yes_no: Its yes or no.
        rest: The understanding of what follows the yes or no; `whole` where nothing stands in
            front, None where nothing follows.
        about: The rest once more with the product of the task in front of it, where the words
            name none: 有手续费吗 in the middle of a car loan is about the car loan.
        parts: Its clauses, understood one by one, where there are several.
        denied: What it says is not wanted.
        leaning: How it is meant after the turn before, where that is clearer than the words alone.
    """

    whole: Understanding
    yes_no: YesNo
    rest: Understanding | None
    about: Understanding | None = None
    parts: tuple[Understanding, ...] = ()
    denied: Denied | None = None
    leaning: Leaning | None = None

    @property
    def plain_yes(self) -> bool:
        """A yes and nothing else: the only thing that consents."""
        return self.yes_no is YesNo.YES and self.rest is None

    @property
    def plain_no(self) -> bool:
        """A no and nothing else."""
        return self.yes_no is YesNo.NO and self.rest is None

    def slot(self, kind: SlotKind) -> SlotValue | None:
        """The last value of a kind: in a correction the later one holds."""
        found = [slot for slot in self.whole.slots if slot.kind is kind]
        return found[-1] if found else None
