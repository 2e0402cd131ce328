"""Topics of another program -> files of a draft: what is there gets phrases, the rest articles."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.content.rules.phrases import MOST_CHARACTERS
from servicebot.content.rules.texts import Phrase, phrases
from servicebot.domain.errors import RejectedError
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import Language
from servicebot.studio.add_phrase import add_phrase
from servicebot.studio.imports.imported_topic import ImportedTopic
from servicebot.studio.imports.topic_name import topic_name
from servicebot.studio.imports.write_article import (
    ArticleFacts,
    answer_to_write,
    article_path,
    write_article,
    write_stub,
)
from servicebot.studio.tables.not_taken import NotTaken, Why

_TAUGHT: Final = frozenset({"asked_as", "examples"})
_OTHER: Final = {Language.ZH: Language.EN, Language.EN: Language.ZH}


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTopic:
    """What becomes of one topic: `new`, or further phrases of an article or intent."""

    title: str
    path: str
    phrases: int
    new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPlan:
    """The files as they shall be, what each topic became, and what was not taken."""

    files: Mapping[str, str]
    topics: tuple[PlannedTopic, ...]
    refused: tuple[NotTaken, ...]


@dataclass(slots=True)
class Planning:
    """Plans one import over one edition.

    Attributes:
        content: What is there already.
        folder: Where its files lie.
        facts: What new articles have in common.
    """

    content: Content
    folder: Path
    facts: ArticleFacts
    _known: dict[tuple[Language, str], Phrase] = field(default_factory=dict)
    _files: dict[str, str] = field(default_factory=dict)
    _titles: set[str] = field(default_factory=set)
    _topics: list[PlannedTopic] = field(default_factory=list)
    _refused: list[NotTaken] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Learns what is there."""
        for one in phrases(self.content, acts=False):
            place = (one.language, squeeze(one.words))
            if place not in self._known or one.key in _TAUGHT:
                self._known[place] = one
        self._titles = {one.title for one in self.content.articles.values()}

    def owner_of(self, topic: ImportedTopic) -> Phrase | None:
        """A phrase of the article or intent that has most of a topic's phrases already."""
        found = [self._known.get((topic.language, squeeze(one))) for one in topic.phrases]
        taught = [one for one in found if one is not None and one.key in _TAUGHT]
        if not taught:
            return self._named(topic)
        (path, _), *_ = Counter(one.path for one in taught).most_common(1)
        return next(one for one in taught if one.path == path)

    def plan(self, topics: Sequence[ImportedTopic], near: Mapping[str, str]) -> ImportPlan:
        """Plans them in their order.

        Args:
            topics: What came in.
            near: By the place of a topic, the one that answers it already; left out.
        """
        for topic in topics:
            owner = self.owner_of(topic)
            if owner is not None:
                self._add(topic, owner)
            elif topic.place in near:
                self._refuse(topic.place, Why.NEAR, near[topic.place])
            else:
                self._make(topic)
        return ImportPlan(
            files=dict(self._files), topics=tuple(self._topics), refused=tuple(self._refused)
        )

    def _named(self, topic: ImportedTopic) -> Phrase | None:
        """The article or intent whose id the topic has, in another program's spelling too."""
        every: tuple[Article | Intent, ...] = (
            *self.content.articles.values(),
            *self.content.intents.values(),
        )
        for one in every:
            if one.language is topic.language and one.id == topic.name:
                return Phrase(one.path, one.language, "asked_as", topic.title, one.id)
        return None

    def _add(self, topic: ImportedTopic, owner: Phrase) -> None:
        text = self._files.get(owner.path)
        if text is None:
            text = (self.folder / owner.path).read_text("utf-8-sig")
        count = 0
        for phrase in self._new_phrases(topic, owner.topic):
            try:
                text = add_phrase(text, owner.path, phrase)
            except RejectedError:
                self._refuse(f"{topic.place} {phrase}", Why.TAUGHT, owner.topic)
                continue
            self._learn(phrase, topic.language, owner.path, owner.topic)
            count += 1
        if count:
            self._files[owner.path] = text
            self._topics.append(
                PlannedTopic(title=topic.title, path=owner.path, phrases=count, new=False)
            )
        else:
            self._refuse(topic.place, Why.TAUGHT, owner.topic)

    def _make(self, topic: ImportedTopic) -> None:
        asked = self._new_phrases(topic, "")
        if not asked:
            return
        language, line = topic.language, self.facts.line
        hint = topic.name.rpartition("/")[2].replace("_", "-") or topic.title
        name = topic_name(hint, self._taken())
        path = article_path(language, line, name)
        title = self._own_title(topic.title)
        answer = topic.answer or answer_to_write(language)
        self._files[path] = write_article(self.facts, name, title, asked, answer)
        twin = article_path(_OTHER[language], line, name)
        self._files[twin] = write_stub(self.facts, name, title, _OTHER[language])
        for phrase in asked:
            self._learn(phrase, language, path, f"{line}/{name}")
        self._topics.append(PlannedTopic(title=title, path=path, phrases=len(asked), new=True))

    def _new_phrases(self, topic: ImportedTopic, owner: str) -> tuple[str, ...]:
        found: dict[str, str] = {}
        for phrase in topic.phrases:
            place, key = f"{topic.place} {phrase[:80]}", squeeze(phrase)
            known = self._known.get((topic.language, key))
            most = MOST_CHARACTERS[topic.language]
            if len(phrase) > most:
                self._refuse(place, Why.TOO_LONG, str(most))
            elif known is not None:
                if known.topic != owner or known.key not in _TAUGHT:
                    self._refuse(place, Why.TAUGHT, known.topic)
            elif key:
                found.setdefault(key, phrase)
        return tuple(found.values())

    def _learn(self, phrase: str, language: Language, path: str, topic: str) -> None:
        one = Phrase(path, language, "asked_as", phrase, topic)
        self._known[language, squeeze(phrase)] = one

    def _taken(self) -> frozenset[str]:
        """The names in the line's folder."""
        folder = f"/{self.facts.line}/"
        paths = (one.path for one in self.content.articles.values())
        every = (*paths, *self._files)
        return frozenset(Path(path).stem for path in every if folder in path)

    def _own_title(self, title: str) -> str:
        """The title, or where another article has it, with a number."""
        own = title
        if title in self._titles:
            own = next(
                f"{title} ({n})" for n in range(2, 9_999) if f"{title} ({n})" not in self._titles
            )
        self._titles.add(own)
        return own

    def _refuse(self, place: str, why: Why, named: str = "") -> None:
        self._refused.append(NotTaken(place=place, why=why, named=named))
