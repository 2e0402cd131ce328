"""An article of the knowledge base: one question, one approved answer."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Final

from servicebot.domain.understanding import Language

_EDITION_LENGTH: Final = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherTopic:
    """A phrase that looks alike but belongs to another topic (a hard negative)."""

    phrase: str
    topic_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One Markdown file of `knowledge_base/<language>/<line>/`.

    Attributes:
        id: `<line>/<file stem>`, the same in every language.
        language: The folder it stands in.
        title: The question as the bank would put it.
        valid_from: First day the bot may use it.
        valid_to: Last day the bot may use it.
        owner: Who answers for it (a mail address).
        source: Where its facts come from.
        hand_over: Whether a person is offered after the answer.
        asks: The question without its line: articles of several lines that ask the same are twins.
        task: Intent offered as a button under the answer, or None.
        asked_as: How customers ask it; learnt from.
        not_for: Phrases that look alike but belong elsewhere; learnt from as negatives.
        held_out: Phrases never learnt from; tests ask them.
        answer: The text above the first `## ` heading, with `{{ value.name }}` placeholders.
        more: The text under `## More`, or an empty string.
        path: Path relative to the content folder, for messages.
    """

    id: str
    language: Language
    title: str
    valid_from: date
    valid_to: date
    owner: str
    source: str
    hand_over: bool
    asks: str
    task: str | None
    asked_as: tuple[str, ...]
    not_for: tuple[OtherTopic, ...]
    held_out: tuple[str, ...]
    answer: str
    more: str
    path: str

    @property
    def line(self) -> str:
        """The bank's line it belongs to: the first part of the id."""
        return self.id.split("/", 1)[0]

    @property
    def edition(self) -> str:
        """Hash of what customers read of it: it stays while other files, or its phrases, change."""
        words = f"{self.answer}\0{self.more}"
        return hashlib.sha256(words.encode()).hexdigest()[:_EDITION_LENGTH]
