"""Everything the bot may say and everything it listens for, as one frozen value."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from servicebot.content.act_file import ActPhrases
from servicebot.content.article import Article
from servicebot.content.intent_file import Intent
from servicebot.content.parse_marks import MarkPhrases
from servicebot.content.product import Product, ProductNames
from servicebot.content.reply_file import Reply
from servicebot.content.value_table import ListedContact, Value
from servicebot.domain.acts import Act
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import Language
from servicebot.screening.allow_list import AllowList


@dataclass(frozen=True, slots=True, kw_only=True)
class Synonym:
    """A term and the variants that are replaced by it before a text is understood."""

    language: Language
    term: str
    variants: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Content:
    """One version of the content.

    Attributes:
        articles: By (id, language).
        intents: By (id, language).
        replies: By (name, language).
        values: The fact table, by name.
        synonyms: In file order.
        products: By id.
        product_names: By (id, language).
        contacts: The numbers and hosts that may be named, by name.
        version: SHA-256 (hex, first 16) over every file's path and bytes.
        acts: By (act, language).
        marks: In file order.
    """

    articles: Mapping[tuple[str, Language], Article]
    intents: Mapping[tuple[str, Language], Intent]
    replies: Mapping[tuple[str, Language], Reply]
    values: Mapping[str, Value]
    synonyms: tuple[Synonym, ...]
    version: str
    acts: Mapping[tuple[Act | None, Language], ActPhrases] = field(default_factory=dict)
    marks: tuple[MarkPhrases, ...] = ()
    products: Mapping[str, Product] = field(default_factory=dict)
    product_names: Mapping[tuple[str, Language], ProductNames] = field(default_factory=dict)
    contacts: Mapping[str, ListedContact] = field(default_factory=dict)

    def allow_list(self, origins: frozenset[str]) -> AllowList:
        """What may leave: the pages of the settings and the contacts of this content."""
        return AllowList(
            origins=origins, contacts=tuple(one.contact for one in self.contacts.values())
        )

    @cached_property
    def product_lines(self) -> frozenset[str]:
        """The products that are lines of their own."""
        return frozenset(product.id for product in self.products.values() if product.line)

    @cached_property
    def intent_by_id(self) -> Mapping[str, Intent]:
        """Each intent once; what the dialogue asks of it is the same in every language."""
        return {
            name: self.intents[name, language]
            for language in reversed(Language)
            for name, its in self.intents
            if its is language
        }

    @cached_property
    def labelled_intents(self) -> Mapping[str, str]:
        """The id of the intent by its label on a button, squeezed."""
        found: dict[str, str] = {}
        for intent_id, language in self.intents:
            label = self.replies.get((f"intent_{intent_id.replace('.', '_')}", language))
            if label is not None:
                found.setdefault(squeeze(label.text), intent_id)
        return found

    @cached_property
    def same_questions(self) -> Mapping[tuple[str, Language], tuple[Article, ...]]:
        """By what they ask and their language, the articles of product lines."""
        found: dict[tuple[str, Language], tuple[Article, ...]] = {}
        for article in self.articles.values():
            if article.line in self.product_lines:
                asked = article.asks, article.language
                found[asked] = (*found.get(asked, ()), article)
        return found
