"""The form of what is told of a file while somebody types it."""

from dataclasses import dataclass

from servicebot.web.answer_forms import ShownMessage
from servicebot.web.studio_answer_forms import FaultTold


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidTold:
    """One message as the web chat is told it, and the texts that WeChat sends."""

    name: str
    message: ShownMessage
    wechat: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseTold:
    """One phrase; `topic` is empty where it is the file's own."""

    text: str
    topic: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseListTold:
    """The phrases of one field."""

    field: str
    phrases: tuple[PhraseTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueTold:
    """A figure as it is printed, and which texts name it."""

    name: str
    printed: str
    uses: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewTold:
    """A file in readable form."""

    said: tuple[SaidTold, ...]
    phrases: tuple[PhraseListTold, ...]
    values: tuple[ValueTold, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedTold:
    """What the check says of a file alone, and what customers would read.

    `preview` is null where the file cannot be read; `whole` is false where it could not be checked
    beside the live content.
    """

    faults: tuple[FaultTold, ...]
    preview: PreviewTold | None
    whole: bool
