"""Content folder -> one frozen Content, or every fault at once."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeVar

from servicebot.content.act_file import ActPhrases
from servicebot.content.article import Article
from servicebot.content.content import Content, Synonym
from servicebot.content.intent_file import Intent
from servicebot.content.parse_act import parse_act
from servicebot.content.parse_article import parse_article
from servicebot.content.parse_contacts import parse_contacts
from servicebot.content.parse_intent import parse_intent
from servicebot.content.parse_marks import MarkPhrases, parse_marks
from servicebot.content.parse_product_names import parse_product_names
from servicebot.content.parse_replies import parse_replies
from servicebot.content.parse_tables import parse_products, parse_synonyms, parse_values
from servicebot.content.product import Product, ProductNames
from servicebot.content.read_text import SourceText, read_source
from servicebot.content.reply_file import Reply
from servicebot.content.value_table import ListedContact, Value
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language

T = TypeVar("T")

_NO_INTENTS: Final = frozenset({"replies", "acts"})
_CONTACTS: Final = "contacts.csv"
_FIGURES: Final = "*.csv"  # but for the contacts


def load_content(folder: Path) -> Content:
    """Reads `knowledge_base/` and `intents/` below `folder`.

    Only the shape of each file is checked here; rules across files are in `check.py`.

    Raises:
        ContentError: Every fault of every file.
    """
    reader = _Reader(folder)
    articles: list[Article] = []
    intents: list[Intent] = []
    replies: list[Reply] = []
    acts: list[ActPhrases] = []
    marks: list[MarkPhrases] = []
    for language in Language:
        base = f"knowledge_base/{language}"
        articles += reader.each(base, "*/*.md", partial(parse_article, language=language))
        base = f"intents/{language}"
        intents += reader.each(base, "*/*.yaml", partial(parse_intent, language=language))
        for part in reader.each(
            f"{base}/replies", "*.yaml", partial(parse_replies, language=language)
        ):
            replies += part
        acts += reader.each(f"{base}/acts", "*.yaml", partial(parse_act, language=language))
        for found in reader.each(base, "marks.yaml", partial(parse_marks, language=language)):
            marks += found
    contacts = _contacts(reader)
    values = _values(reader, contacts)
    synonyms: list[Synonym] = []
    for table in reader.each("knowledge_base", "synonyms.csv", parse_synonyms):
        synonyms += table
    products, names = _products(reader)
    content = Content(
        articles=MappingProxyType(reader.index(articles, lambda a: (a.id, a.language))),
        intents=MappingProxyType(reader.index(intents, lambda i: (i.id, i.language))),
        replies=MappingProxyType(reader.index(replies, lambda r: (r.name, r.language))),
        acts=MappingProxyType(reader.index(acts, lambda a: (a.act, a.language))),
        marks=tuple(marks),
        values=MappingProxyType(reader.index(values, lambda v: v.name)),
        synonyms=tuple(synonyms),
        version=reader.version(),
        products=products,
        product_names=names,
        contacts=MappingProxyType(reader.index(contacts, lambda c: c.name)),
    )
    reader.refuse_faults()
    return content


def load_contacts(folder: Path) -> tuple[ListedContact, ...]:
    """Only the numbers and hosts that may be named, for a process that answers nothing itself.

    Raises:
        ContentError: Every fault of the list.
    """
    reader = _Reader(folder)
    contacts = _contacts(reader)
    reader.refuse_faults()
    return tuple(contacts)


def _contacts(reader: "_Reader") -> list[ListedContact]:
    found = reader.each("knowledge_base/values", _CONTACTS, parse_contacts)
    return [contact for table in found for contact in table]


def _values(reader: "_Reader", contacts: list[ListedContact]) -> list[Value]:
    values = [contact.value for contact in contacts]
    for rows in reader.each("knowledge_base/values", _FIGURES, parse_values):
        values += rows
    return values


def _products(
    reader: "_Reader",
) -> tuple[Mapping[str, Product], Mapping[tuple[str, Language], ProductNames]]:
    products: list[Product] = []
    for table in reader.each("knowledge_base", "products.csv", parse_products):
        products += table
    names: list[ProductNames] = []
    for language in Language:
        parse = partial(parse_product_names, language=language)
        for found in reader.each(f"intents/{language}", "products.yaml", parse):
            names += found
    return (
        MappingProxyType(reader.index(products, lambda p: p.id)),
        MappingProxyType(reader.index(names, lambda n: (n.id, n.language))),
    )


K = TypeVar("K")


class _Reader:
    """Walks the folder in a fixed order, hashes what it reads and collects faults."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._hash = hashlib.sha256()
        self._faults: list[ContentFault] = []
        self._seen = 0

    def each(self, base: str, pattern: str, parse: Callable[[SourceText], T]) -> list[T]:
        found = []
        for file in sorted((self._folder / base).glob(pattern)):
            if file.parent.name in _NO_INTENTS and pattern == "*/*.yaml":
                continue
            if file.name == _CONTACTS and pattern == _FIGURES:
                continue
            self._seen += 1
            try:
                source = read_source(self._folder, file)
                self._hash.update(f"{source.path}\0{source.text}\0".encode())
                found.append(parse(source))
            except ContentError as error:
                self._faults.extend(error.faults)
        return found

    def index(self, items: Iterable[T], key: Callable[[T], K]) -> dict[K, T]:
        indexed: dict[K, T] = {}
        for item in items:
            if key(item) in indexed:
                first = getattr(indexed[key(item)], "path", "")
                message = f"`{key(item)}` already stands in {first}. Give this one another id."
                self._note(getattr(item, "path", ""), "doubled-id", message)
            indexed[key(item)] = item
        return indexed

    def version(self) -> str:
        return self._hash.hexdigest()[:16]

    def refuse_faults(self) -> None:
        if not self._seen:
            message = "No content here. Point SERVICEBOT_CONTENT_DIR at the folder that holds knowledge_base/ and intents/."
            self._note(str(self._folder), "no-content", message)
        if self._faults:
            raise ContentError(tuple(self._faults))

    def _note(self, path: str, rule: str, message: str) -> None:
        self._faults.append(ContentFault(path=path, line=0, rule=rule, message=message))
