"""The files of an edition as the studio lists and searches them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, Literal

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.domain.content_path import FOLDERS, is_content_path
from servicebot.domain.understanding import Language
from servicebot.studio.past import Past, TopicFigures
from servicebot.studio.ratings_now import Rated
from servicebot.studio.titles import title_of

RatedArticles = Mapping[tuple[str, Language], Rated]
Kind = Literal["article", "intent", "reply", "acts", "table", "other"]
_MOST_HITS: Final = 200
_MOST_SHOWN: Final = 200
_NONE: Final = TopicFigures()
_UNRATED: Final = Rated()
_LANGUAGES: Final[Mapping[str, Language]] = {one.value: one for one in Language}
_DEPTH: Final = 4  # knowledge_base/zh/weilidai/fee.md


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedFile:
    """One file.

    Attributes:
        path: Below the content folder.
        kind: What it holds.
        language: Of its words; None where it has both.
        line: The bank's line or the group of intents it belongs to; empty for none.
        id: Of its topic; empty where it holds none or cannot be read.
        title: As people know it; the file's name where it has none.
        valid_to: The last day it may be used, of an article.
        figures: What became of the questions that it answered.
        rated: What customers said of the answer as it serves now.
    """

    path: str
    kind: Kind
    language: Language | None
    line: str
    id: str
    title: str
    valid_to: date | None
    figures: TopicFigures
    rated: Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundLine:
    """A line that holds what was searched for; counted from 1."""

    path: str
    line: int
    text: str


def list_files(
    folder: Path, content: Content | None, past: Past, rated: RatedArticles
) -> tuple[ListedFile, ...]:
    """Every file, sorted by path; where the content cannot be loaded, by name alone."""
    topics: dict[str, Article | Intent] = {}
    if content is not None:
        topics = {one.path: one for one in content.articles.values()}
        topics |= {one.path: one for one in content.intents.values()}
    return tuple(_listed(path, topics.get(path), content, past, rated) for path in _paths(folder))


def search(folder: Path, wanted: str) -> tuple[tuple[FoundLine, ...], bool]:
    """The first lines that hold a text, whatever its case, and whether there are more."""
    needle = wanted.casefold()
    found: list[FoundLine] = []
    for path in _paths(folder):
        text = (folder / path).read_text("utf-8", errors="replace")
        for number, line in enumerate(text.splitlines(), 1):
            if needle in line.casefold():
                if len(found) == _MOST_HITS:
                    return tuple(found), True
                found.append(FoundLine(path=path, line=number, text=line.strip()[:_MOST_SHOWN]))
    return tuple(found), False


def _paths(folder: Path) -> list[str]:
    files = (file for name in FOLDERS for file in (folder / name).rglob("*") if file.is_file())
    return sorted(
        p for p in (f.relative_to(folder).as_posix() for f in files) if is_content_path(p)
    )


def _listed(
    path: str,
    topic: Article | Intent | None,
    content: Content | None,
    past: Past,
    rated: RatedArticles,
) -> ListedFile:
    parts = path.split("/")
    name = parts[-1].rpartition(".")[0]
    title = name
    if isinstance(topic, Article):
        title = topic.title
    elif topic is not None and content is not None:
        title = title_of(topic.id, content, topic.language)
    return ListedFile(
        path=path,
        kind=_kind(parts),
        language=_LANGUAGES.get(parts[1]),
        line=parts[2] if len(parts) == _DEPTH and _kind(parts) in {"article", "intent"} else "",
        id=topic.id if topic is not None else "",
        title=title,
        valid_to=topic.valid_to if isinstance(topic, Article) else None,
        figures=past.topics.get(topic.id, _NONE) if topic is not None else _NONE,
        rated=rated.get((topic.id, topic.language), _UNRATED) if topic is not None else _UNRATED,
    )


def _kind(parts: list[str]) -> Kind:
    if parts[-1].endswith(".csv"):
        return "table"
    if parts[-1].endswith(".md"):
        return "article" if len(parts) == _DEPTH else "other"
    if len(parts) < _DEPTH:
        return "other"
    named: Mapping[str, Kind] = {"replies": "reply", "acts": "acts"}
    return named.get(parts[2], "intent")
