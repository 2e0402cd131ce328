"""An intent: something a customer may want done, and how it is said."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from servicebot.content.article import OtherTopic
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language


class RequiredLevel(IntEnum):
    """How well the customer must be known: nobody, channel bound, stepped up, seen."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3


class Role(StrEnum):
    """What an intent is to the conversation itself; each is played by one intent."""

    AFFIRM = "affirm"
    DENY = "deny"
    CANCEL = "cancel"
    REPEAT = "repeat"
    PERSON = "person"
    CARD_LOST = "card_lost"
    WHO = "who"
    HELP = "help"


class LookedUp(StrEnum):
    """Whether something is only told, so that it may be told again for another thing of the kind."""

    OF_PRODUCTS = "yes"
    OF_LOANS = "loans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One YAML file of `intents/<language>/<topic>/`.

    Attributes:
        id: `<topic>.<file stem>`, the same in every language.
        language: The folder it stands in.
        means: One sentence for content staff.
        flow: Name of the flow that serves it, or None.
        identity: Least level the flow needs.
        examples: How customers say it; learnt from.
        close_but_other: Phrases that look alike but belong elsewhere; learnt from as negatives.
        held_out: Phrases never learnt from; tests ask them.
        path: Path relative to the content folder, for messages.
        escalates: Why it always goes to a person; None where it does not.
        lookup: Whether it may be looked up again for another product, or another loan.
        stands_alone: Whether it never leans on the turn before.
        never_denied: Whether it is heard even where the customer seems to deny it.
        offered: Whether it may be named as a choice: business, not small talk.
        about_task: Whether it is about the task in hand, whatever that is.
        alone_reply: The reply where no task is in hand; None for that of the intent.
        role: What it is to the conversation itself.
    """

    id: str
    language: Language
    means: str
    flow: str | None
    identity: RequiredLevel
    examples: tuple[str, ...]
    close_but_other: tuple[OtherTopic, ...]
    held_out: tuple[str, ...]
    path: str
    escalates: Reason | None = None
    lookup: LookedUp | None = None
    stands_alone: bool = False
    never_denied: bool = False
    offered: bool = True
    about_task: bool = False
    alone_reply: str | None = None
    role: Role | None = None

    @property
    def does_something(self) -> bool:
        """Whether it leads to more than words: a flow or a person."""
        return self.flow is not None or self.escalates is not None
