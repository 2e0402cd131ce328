"""The parsers of content files, on the bank's own files with odd text put in or taken out."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache, partial
from pathlib import Path
from typing import Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.fuzz.subject import Subject
from tests.fuzz.values import words

from servicebot.content.decode import decode
from servicebot.content.parse_act import parse_act
from servicebot.content.parse_article import parse_article
from servicebot.content.parse_contacts import parse_contacts
from servicebot.content.parse_intent import parse_intent
from servicebot.content.parse_marks import parse_marks
from servicebot.content.parse_product_names import parse_product_names
from servicebot.content.parse_replies import parse_replies
from servicebot.content.parse_tables import parse_products, parse_synonyms, parse_values
from servicebot.content.read_text import SourceText
from servicebot.domain.errors import ContentError
from servicebot.domain.understanding import Language

_ROOT: Final = Path(__file__).parents[2]
_MOST: Final = 1_500
_ZH: Final = Language.ZH
_PARSERS: Final[Sequence[tuple[str, Callable[[SourceText], object]]]] = (
    ("knowledge_base/zh/*/*.md", partial(parse_article, language=_ZH)),
    ("intents/zh/*/*.yaml", partial(parse_intent, language=_ZH)),
    ("intents/zh/replies/*.yaml", partial(parse_replies, language=_ZH)),
    ("intents/zh/acts/*.yaml", partial(parse_act, language=_ZH)),
    ("intents/zh/marks.yaml", partial(parse_marks, language=_ZH)),
    ("intents/zh/products.yaml", partial(parse_product_names, language=_ZH)),
    ("knowledge_base/products.csv", parse_products),
    ("knowledge_base/synonyms.csv", parse_synonyms),
    ("knowledge_base/values/contacts.csv", parse_contacts),
    ("knowledge_base/values/[!c]*.csv", parse_values),
)


def subjects() -> Iterator[Subject]:
    """One for each kind of file."""
    for pattern, parse in _PARSERS:
        yield Subject(name=pattern, values=_changed(pattern), check=partial(_check, parse))


def _check(parse: Callable[[SourceText], object], source: SourceText) -> None:
    with suppress(ContentError):
        parse(source)


@lru_cache
def _files(pattern: str) -> tuple[SourceText, ...]:
    found = sorted(_ROOT.glob(pattern))[:20]
    return tuple(
        SourceText(path=one.relative_to(_ROOT).as_posix(), text=one.read_text("utf-8")[:_MOST])
        for one in found
    )


def _changed(pattern: str) -> SearchStrategy[SourceText]:
    """A file with a stretch of it replaced."""
    return st.builds(
        _with,
        st.deferred(lambda: st.sampled_from(_files(pattern))),
        st.integers(0, _MOST),
        st.integers(0, 60),
        words,
    )


def _with(source: SourceText, start: int, length: int, text: str) -> SourceText:
    changed = source.text[:start] + text + source.text[start + length :]
    return SourceText(path=source.path, text=decode(changed.encode(errors="replace")).text)
