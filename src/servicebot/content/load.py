"""Content folder, or its files in memory -> one frozen Content, or every fault at once."""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, Protocol, TypeVar

from servicebot.content.act_file import ActPhrases
from servicebot.content.article import Article
from servicebot.content.complaint import complain
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.intent_file import Intent
from servicebot.content.parse_act import parse_act
from servicebot.content.parse_article import parse_article
from servicebot.content.parse_contacts import parse_contacts
from servicebot.content.parse_intent import parse_intent
from servicebot.content.parse_marks import MarkPhrases, parse_marks
from servicebot.content.parse_product_names import parse_product_names
from servicebot.content.parse_replies import parse_replies
from servicebot.content.parse_tables import parse_products, parse_synonyms, parse_values
from servicebot.content.place import Place, line_of
from servicebot.content.product import Product, ProductNames
from servicebot.content.read_text import SourceText, source_of
from servicebot.content.reply_file import Reply
from servicebot.content.value_table import ListedContact, Value
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

T = TypeVar("T")

_ARTICLES: Final = r"knowledge_base/{}/[^/]+/[^/]+\.md"
_INTENTS: Final = r"intents/{}/(?!replies/|acts/)[^/]+/[^/]+\.yaml"
_REPLIES: Final = r"intents/{}/replies/[^/]+\.yaml"
_ACTS: Final = r"intents/{}/acts/[^/]+\.yaml"
_MARKS: Final = r"intents/{}/marks\.yaml"
_NAMES: Final = r"intents/{}/products\.yaml"
_CONTACTS: Final = r"knowledge_base/values/contacts\.csv"
_FIGURES: Final = r"knowledge_base/values/(?!contacts\.csv)[^/]+\.csv"
_SYNONYMS: Final = r"knowledge_base/synonyms\.csv"
_PRODUCTS: Final = r"knowledge_base/products\.csv"


def load_content(source: Path | ContentFiles) -> Content:
    """Reads `knowledge_base/` and `intents/` below a folder, or the same files from memory.

    Only the shape of each file is checked here; rules across files are in `check.py`.

    Raises:
        ContentError: Every fault of every file.
    """
    reader = _Reader(source)
    articles: list[Article] = []
    intents: list[Intent] = []
    replies: list[Reply] = []
    acts: list[ActPhrases] = []
    marks: list[MarkPhrases] = []
    for one in Language:
        articles += reader.each(_ARTICLES.format(one), partial(parse_article, language=one))
        intents += reader.each(_INTENTS.format(one), partial(parse_intent, language=one))
        replies += _all(reader.each(_REPLIES.format(one), partial(parse_replies, language=one)))
        acts += reader.each(_ACTS.format(one), partial(parse_act, language=one))
        marks += _all(reader.each(_MARKS.format(one), partial(parse_marks, language=one)))
    contacts = _contacts(reader)
    values = _values(reader, contacts)
    synonyms = _all(reader.each(_SYNONYMS, parse_synonyms))
    products, names = _products(reader)
    content = Content(
        articles=MappingProxyType({(one.id, one.language): one for one in articles}),
        intents=MappingProxyType({(one.id, one.language): one for one in intents}),
        replies=reader.index(replies, lambda r: (r.name, r.language), lambda r: r.name),
        acts=reader.index(acts, lambda a: (a.act, a.language), lambda a: a.act or ""),
        marks=tuple(marks),
        values=reader.index(values, lambda v: v.name, lambda v: v.name),
        synonyms=tuple(synonyms),
        version=reader.version(),
        products=products,
        product_names=names,
        contacts=MappingProxyType({one.name: one for one in contacts}),
    )
    reader.refuse_faults()
    return content


def load_contacts(folder: Path) -> tuple[ListedContact, ...]:
    """Only the numbers and hosts that may be named, for a process that answers nothing itself.

    Raises:
        ContentError: Every fault of the list.
    """
    reader = _Reader(read_folder(folder, only=_CONTACTS))
    contacts = _contacts(reader)
    reader.refuse_faults()
    return tuple(contacts)


def _all(tables: Iterable[Iterable[T]]) -> list[T]:
    return [one for table in tables for one in table]


def _contacts(reader: "_Reader") -> list[ListedContact]:
    return _all(reader.each(_CONTACTS, parse_contacts))


def _values(reader: "_Reader", contacts: list[ListedContact]) -> list[Value]:
    values = [contact.value for contact in contacts]
    return [*values, *_all(reader.each(_FIGURES, parse_values))]


def _products(
    reader: "_Reader",
) -> tuple[Mapping[str, Product], Mapping[tuple[str, Language], ProductNames]]:
    products = _all(reader.each(_PRODUCTS, parse_products))
    names: list[ProductNames] = []
    for language in Language:
        parse = partial(parse_product_names, language=language)
        for found in reader.each(_NAMES.format(language), parse):
            names += found
    return (
        reader.index(products, lambda p: p.id, lambda p: p.id),
        MappingProxyType({(one.id, one.language): one for one in names}),
    )


K = TypeVar("K")


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...


P = TypeVar("P", bound=_HasPath)


class _Reader:
    """Takes files in a fixed order, hashes what it reads and collects faults."""

    def __init__(self, source: Path | ContentFiles) -> None:
        self._files = read_folder(source) if isinstance(source, Path) else source
        self._paths = sorted(self._files.files, key=lambda path: path.split("/"))
        self._hash = hashlib.sha256()
        self._faults: list[ContentFault] = list(self._files.unread)
        self._seen = 0

    def each(self, pattern: str, parse: Callable[[SourceText], T]) -> list[T]:
        """What the files whose path fits stand for."""
        found = []
        fits = re.compile(pattern).fullmatch
        for path in filter(fits, self._paths):
            self._seen += 1
            try:
                source = source_of(path, self._files.files[path])
                self._hash.update(f"{source.path}\0{source.text}\0".encode())
                found.append(parse(source))
            except ContentError as error:
                self._faults.extend(error.faults)
        return found

    def index(
        self, items: Iterable[P], key: Callable[[P], K], name: Callable[[P], str]
    ) -> Mapping[K, P]:
        """The items by key; where a key comes twice, the second place is noted with the first."""
        indexed: dict[K, P] = {}
        for item in items:
            first = indexed.setdefault(key(item), item)
            if first is not item:
                same = first.path == item.path
                line = self._line(item.path, name(item), nth=2 if same else 1)
                args = {"name": name(item), "first": self._place(first.path, name(item))}
                self._faults.append(complain(item.path, line, "doubled-id", **args))
        return MappingProxyType(indexed)

    def version(self) -> str:
        """The hash over every file read so far."""
        return self._hash.hexdigest()[:16]

    def refuse_faults(self) -> None:
        """Ends the reading where anything was wrong.

        Raises:
            ContentError: Every fault.
        """
        if not self._seen and not self._faults:
            self._faults.append(complain(self._files.root, 0, "no-content"))
        if self._faults:
            raise ContentError(tuple(self._faults))

    def _place(self, path: str, name: str) -> str:
        return f"{path}:{self._line(path, name)}"

    def _line(self, path: str, name: str, *, nth: int = 1) -> int:
        key = "" if nth > 1 else name
        place = Place(key=key, words=f"{name}," if nth > 1 else "", nth=nth)
        return line_of(path, self._files.text(path), place)
