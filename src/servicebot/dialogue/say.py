"""What the bot wants to say: a named reply or article and typed values, never free text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in fen."""

    fen: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day in the bank's zone."""

    day: date


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, UTC."""

    at: datetime


@dataclass(frozen=True, slots=True)
class Count:
    """A whole number."""

    number: int


@dataclass(frozen=True, slots=True)
class Percent:
    """Parts of a million, printed as a percentage."""

    ppm: int


@dataclass(frozen=True, slots=True)
class Words:
    """A field of a backend reply or an agent's name, printed as it is."""

    text: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """What a third party wrote, such as the name of who paid: cut, in quotation marks, screened."""

    text: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """A number of the bank's own that the customer must be able to read: never hidden."""

    number: str


@dataclass(frozen=True, slots=True)
class Term:
    """A named text of the content (`product_weilidai`), printed in the customer's language."""

    name: str


@dataclass(frozen=True, slots=True)
class Title:
    """The title of an article, or the label of an intent, as a choice shows it."""

    topic_id: str


@dataclass(frozen=True, slots=True)
class Numbered:
    """A choice that is picked by its place: shows its title, says `第2笔` or `#2`."""

    title: "Value"
    place: int


@dataclass(frozen=True, slots=True)
class Joined:
    """Several values printed behind each other with a blank between."""

    parts: tuple["Value", ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """Several values printed as a list: one, two and three."""

    parts: tuple["Value", ...]


Value = (
    Money
    | Day
    | Moment
    | Count
    | Percent
    | Words
    | Foreign
    | Receipt
    | Term
    | Title
    | Joined
    | Listed
    | Numbered
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Say:
    """A named reply.

    Attributes:
        reply: Its name in `intents/<language>/replies/`.
        fields: Values for its `{{ placeholders }}`.
        rows: A card under it: label and value.
        choices: Extra buttons, before the reply's own: a tap says the label, or the place.
        links: Pages: a label and an address.
    """

    reply: str
    fields: Mapping[str, Value] = field(default_factory=dict)
    rows: tuple[tuple[Value, Value], ...] = ()
    choices: tuple[Value, ...] = ()
    links: tuple[tuple[Value, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SayArticle:
    """An article's answer, or the details under `## More`.

    Attributes:
        article_id: Which.
        more: Whether the details are meant.
        names_line: Whether its product is named in front of it.
    """

    article_id: str
    more: bool = False
    names_line: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAgain:
    """The bot's last messages once more, byte for byte."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SayAgentWords:
    """A person's words, already checked at the desk."""

    agent: str
    text: str


Saying = Say | SayArticle | SayAgain | SayAgentWords
