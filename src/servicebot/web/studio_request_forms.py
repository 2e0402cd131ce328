"""The form of everything that the studio takes."""

from dataclasses import dataclass
from typing import Annotated, Final

from pydantic import Field

from servicebot.domain.content_path import MOST_LENGTH
from servicebot.web.request_forms import Identifier, Words

MOST_FILE: Final = 60_000  # characters; the longest file of the content has some 41,000
_MOST_GROUPS: Final = 1_000

FilePath = Annotated[
    str,
    Field(
        min_length=1,
        max_length=MOST_LENGTH,
        description=f"must be the path of a content file, of at most {MOST_LENGTH} characters.",
    ),
]
Title = Annotated[
    str, Field(min_length=1, max_length=200, description="must be a title of 1 to 200 characters.")
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Titled:
    """A new draft."""

    title: Title


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """A file of a draft as it shall be; null takes the file away."""

    path: FilePath
    text: Annotated[
        Annotated[str, Field(max_length=MOST_FILE)] | None,
        Field(description=f"must be a text of at most {MOST_FILE:,} characters, or null."),
    ]
    seen: Annotated[
        Annotated[str, Field(max_length=64)] | None,
        Field(description="must be the `stamp` of the text that this was made of, or null."),
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Pathed:
    """A file of a draft."""

    path: FilePath


@dataclass(frozen=True, slots=True, kw_only=True)
class FileQuery:
    """A file, as it is live and in a draft; no draft for the live one alone."""

    path: FilePath
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftQuery:
    """The content with a draft; no draft for the live one."""

    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Looking:
    """What is searched for in titles, phrases and answers."""

    q: Annotated[
        str, Field(min_length=1, max_length=200, description="must have 1 to 200 characters.")
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A test question, by the live edition and where a draft is named by that too."""

    text: Words
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """The groups that somebody has seen and wants."""

    groups: Annotated[
        tuple[Identifier, ...],
        Field(max_length=_MOST_GROUPS, description="must be a list of the ids of groups."),
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenBack:
    """Why a draft goes back to its author."""

    said: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Mending:
    """A missed question becomes a phrase of a topic's file, in a draft."""

    path: FilePath
    phrase: Words
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """A file as it stands in an editor, in a draft or in none; `line` is where the cursor stands."""

    path: FilePath
    text: Annotated[
        str,
        Field(
            max_length=MOST_FILE,
            description=f"must be a text of at most {MOST_FILE:,} characters.",
        ),
    ]
    draft: Annotated[str, Field(max_length=80, description="must be the id of a draft.")] = ""
    line: Annotated[int, Field(ge=1, le=MOST_FILE, description="must be the number of a line.")] = 1
