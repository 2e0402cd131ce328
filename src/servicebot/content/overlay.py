"""The content with one file as somebody has just typed it, without reading the others again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, is_read
from servicebot.content.load import load_content
from servicebot.domain.understanding import Language

_SYNONYMS: Final = "knowledge_base/synonyms.csv"
_MARKS: Final = "intents/{}/marks.yaml"
_ORDER: Final = {language: place for place, language in enumerate(Language)}


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...


K = TypeVar("K")
P = TypeVar("P", bound=_HasPath)


def read_alone(path: str, data: bytes | None) -> Content | None:
    """What one file stands for; None where there is none, or where the bot does not read it.

    Raises:
        ContentError: Every fault of its form.
    """
    if data is None or not is_read(path):
        return None
    return load_content(ContentFiles(files={path: data}))


def overlaid(content: Content, path: str, alone: Content | None) -> Content:
    """The content with what one file stands for in place of what it stood for before.

    Args:
        content: As it was loaded; its version stays.
        path: The file.
        alone: The file by itself; None takes it away.
    """
    new = alone or _nothing(content)
    has_own = alone is not None
    return replace(
        content,
        articles=_merged(content.articles, new.articles, path),
        intents=_merged(content.intents, new.intents, path),
        replies=_merged(content.replies, new.replies, path),
        acts=_merged(content.acts, new.acts, path),
        values=_merged(content.values, new.values, path),
        products=_merged(content.products, new.products, path),
        product_names=_merged(content.product_names, new.product_names, path),
        contacts=_merged(content.contacts, new.contacts, path),
        synonyms=(new.synonyms if has_own else ()) if path == _SYNONYMS else content.synonyms,
        marks=(
            *(one for one in content.marks if path != _MARKS.format(one.language)),
            *new.marks,
        ),
    )


def only(content: Content, paths: Iterable[str]) -> Content:
    """What some files stand for, with all figures, contacts and products."""
    wanted = frozenset(paths)
    return replace(
        content,
        articles=_of(content.articles, wanted),
        intents=_of(content.intents, wanted),
        replies=_of(content.replies, wanted),
        acts=_of(content.acts, wanted),
    )


def _of(items: Mapping[K, P], paths: frozenset[str]) -> Mapping[K, P]:
    return MappingProxyType({key: one for key, one in items.items() if one.path in paths})


def _merged(old: Mapping[K, P], new: Mapping[K, P], path: str) -> Mapping[K, P]:
    """In the order in which files are read: of two that say the same the later one is told."""
    if not new and all(one.path != path for one in old.values()):
        return old
    kept = {key: one for key, one in old.items() if one.path != path}
    merged = [*kept.items(), *((key, one) for key, one in new.items() if key not in kept)]
    return MappingProxyType(dict(sorted(merged, key=lambda item: _place(item[1].path))))


def _place(path: str) -> tuple[int, list[str]]:
    parts = path.split("/")
    language = next((_ORDER[one] for one in Language if one == parts[1]), 0)
    return language, parts


def _nothing(content: Content) -> Content:
    return Content(
        articles={}, intents={}, replies={}, values={}, synonyms=(), version=content.version
    )
