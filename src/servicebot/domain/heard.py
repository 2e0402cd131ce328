"""One message as the dialogue gets it: the words, a yes or no in front, and the rest."""

from dataclasses import dataclass
from enum import StrEnum

from servicebot.domain.acts import Act
from servicebot.domain.understanding import SlotKind, SlotValue, Understanding


class YesNo(StrEnum):
    """How a message begins."""

    YES = "yes"
    NO = "no"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """What the customer says they do not want, and what they want instead.

    Attributes:
        unwanted: The topics that are not wanted.
        meant: What is wanted instead, understood; None where nothing is said.
        wants_person: Whether a person is wanted instead.
    """

    unwanted: frozenset[str]
    meant: Understanding | None
    wants_person: bool = False


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
        act: What it does in the state in which it came; a plain yes or no among it.
        left_aside: The values it says are to be left alone; they are not among the slots.
        danger: The gravest danger it speaks of.
        wants_person: Whether it asks for a person.
    """

    whole: Understanding
    yes_no: YesNo
    rest: Understanding | None
    about: Understanding | None = None
    parts: tuple[Understanding, ...] = ()
    denied: Denied | None = None
    leaning: Leaning | None = None
    act: Act | None = None
    left_aside: tuple[SlotValue, ...] = ()
    danger: Act | None = None
    wants_person: bool = False

    @property
    def plain_yes(self) -> bool:
        """A yes and nothing else: the only thing that consents."""
        return self.act is Act.AGREE

    @property
    def plain_no(self) -> bool:
        """A no and nothing else, now or for another day; leaving one loan alone is none."""
        return self.act in {Act.REFUSE, Act.POSTPONE} and not self.leaves_a_loan

    @property
    def leaves_a_loan(self) -> bool:
        """Whether it says which loan is to be left alone: that is no refusal of the other."""
        return any(slot.kind in {SlotKind.ORDINAL, SlotKind.PRODUCT} for slot in self.left_aside)

    def slot(self, kind: SlotKind) -> SlotValue | None:
        """The last value of a kind: in a correction the later one holds."""
        found = [slot for slot in self.whole.slots if slot.kind is kind]
        return found[-1] if found else None
