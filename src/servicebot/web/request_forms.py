"""The form of everything that programs and pages send: what is not like it is refused.

The description of a field is what a refusal says of it.
"""

from dataclasses import dataclass, field
from typing import Annotated, Final, Literal, get_args

from pydantic import BeforeValidator, Field

from servicebot.domain.messages import BankNews
from servicebot.domain.understanding import Language

MOST_TEXT: Final = 2_000
MOST_LINES: Final = 2**31  # more than any conversation has
_MOST_DIGITS: Final = 10
_NOT_BLANK: Final = r"[^\s\x1c-\x1f\x85]"  # as `str.strip` sees it, also where \s is JavaScript's

Identifier = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z0-9_.:\-]{1,80}$",
        description="must have 1 to 80 of A-Z a-z 0-9 _ . : -",
    ),
]
ArticleId = Annotated[
    str,
    Field(
        pattern=r"^[^/\x00-\x1f]{1,200}/[^/\x00-\x1f]{1,200}$",
        description="must be the id of an article, such as weilidai/early-repayment.",
    ),
]
Short = Annotated[
    str,
    Field(max_length=MOST_TEXT, description=f"must be a text of at most {MOST_TEXT} characters."),
]
Token = Annotated[
    str,
    Field(
        pattern=r"^[!-~]{1,200}$", description="must have 1 to 200 signs of ASCII and no blanks."
    ),
]
# RFC 6749 has printable ASCII for both; nothing says how long a provider's code is.
State = Annotated[str, Field(pattern=r"^[ -~]{0,200}$", description="must be the state of a try.")]
Code = Annotated[str, Field(pattern=r"^[ -~]{0,1800}$", description="must be a provider's code.")]
Optional = Annotated[
    Annotated[str, Field(max_length=MOST_TEXT)] | None,
    Field(description=f"must be a text of at most {MOST_TEXT} characters, or null."),
]
Words = Annotated[
    str, Field(max_length=MOST_TEXT, pattern=_NOT_BLANK, description="must be a text.")
]


def _number(value: object) -> object:
    """The number of its digits, as a query has it."""
    if isinstance(value, str) and len(value) <= _MOST_DIGITS and value.isascii():
        return int(value) if value.isdecimal() else value
    return value


LineNumber = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=MOST_LINES,
        description=f"must be a whole number of 0 to {MOST_LINES}.",
    ),
    BeforeValidator(_number),
]

FromBank = Literal[BankNews.IDENTITY_BOUND, BankNews.STEP_UP_APPROVED, BankNews.STEP_UP_DECLINED]
_EVENTS: Final = tuple(one.value for one in get_args(FromBank))


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What is sent with an id, so that a second try of it is known."""

    id: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Named):
    """Words, of a customer or an agent; the same `id` again is a copy and is not said twice."""

    text: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Said):
    """A customer's words by a partner's program; an `id` counts within its `conversation`."""

    conversation: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Named):
    """Whether an answer solved what was asked; `id` is that of the message it answered.

    The answer is named by its article, for one message may get several. The first rating counts.
    """

    article: ArticleId
    solved: Annotated[bool, Field(strict=True, description="must be true or false.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating(Rated):
    """The same by a partner's program."""

    conversation: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """With `wait=1` the answer comes when the turn is done, at most 20 s later."""

    wait: Annotated[Literal["0", "1"], Field(description="must be 0 or 1.")] = "0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """A new chat of the page; `former` is the ticket of the one that it takes the place of."""

    language: Annotated[Language, Field(description="must be zh or en.")] = Language.ZH
    former: Optional = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """The chat of this ticket is over."""

    ticket: Short


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningIn:
    """Who signs in; of the name 100 characters count, the code only where a second factor is set."""

    name: Words
    password: Words = field(repr=False)
    code: Short = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FromProvider:
    """What the bank's sign-in sends back with the browser."""

    state: State = field(default="", repr=False)
    code: Code = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigning:
    """The agent who gets the ticket."""

    agent: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """The last line that a page has shown.

    Its number, 0 for none, and its instant as the page was told it, empty where it does not say.
    """

    after: LineNumber = 0
    at: Short = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Above:
    """Only lines above this one are wanted."""

    after: LineNumber = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Hello(Shown):
    """The first frame of the chat page's socket; a page whose chat was ended elsewhere has none."""

    ticket: Optional = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Watching(Shown):
    """The frame of the desk's socket that names the ticket it looks at."""

    ticket: Identifier


@dataclass(frozen=True, slots=True, kw_only=True)
class BankNotice:
    """What the bank tells; how it really stands is read from the bank. See `docs/bank_api.md`."""

    event: Annotated[FromBank, Field(description=f"must be one of {', '.join(_EVENTS)}.")]
    event_id: Token
    conversation: Token
    channel: Token
    channel_user: Token
    reference_id: Token
