"""An intent: something a customer may want done, and how it is said."""

from dataclasses import dataclass
from enum import IntEnum

from servicebot.content.article import OtherTopic
from servicebot.domain.understanding import Language


class RequiredLevel(IntEnum):
    """How well the customer must be known: nobody, channel bound, stepped up, seen."""

    L0 = 0
    L1 = 1
    L2 = 2
    L3 = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class SlotRule:
    """A value an intent's flow works with.

    Attributes:
        name: Its name in the flow.
        kind: `money`, `date`, `loan`, `card`, `account`, `product` or `application`.
        needed: Whether the flow asks for it.
        ask: The reply that asks for it.
    """

    name: str
    kind: str
    needed: bool
    ask: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Intent:
    """One YAML file of `intents/<language>/<topic>/`.

    Attributes:
        id: `<topic>.<file stem>`, the same in every language.
        language: The folder it stands in.
        means: One sentence for content staff.
        flow: Name of the flow that serves it, or None.
        identity: Least level the flow needs.
        slots: Values the flow works with.
        examples: How customers say it, slot marks removed; learnt from.
        close_but_other: Phrases that look alike but belong elsewhere; learnt from as negatives.
        held_out: Phrases never learnt from; tests ask them.
        path: Path relative to the content folder, for messages.
    """

    id: str
    language: Language
    means: str
    flow: str | None
    identity: RequiredLevel
    slots: tuple[SlotRule, ...]
    examples: tuple[str, ...]
    close_but_other: tuple[OtherTopic, ...]
    held_out: tuple[str, ...]
    path: str
