"""A new article as a file: its head in the order of the handbook, its phrases, its answer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Final

import yaml

from servicebot.domain.understanding import Language
from servicebot.studio.tables.yaml_scalar import yaml_scalar

_STUBS: Final = "stubs.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFacts:
    """What new articles have in common.

    Attributes:
        line: The folder of the bank's line.
        owner: Mail address of the team that answers for them.
        source: What they rest on.
        first: First day.
        last: Last day.
    """

    line: str
    owner: str
    source: str
    first: date
    last: date


def article_path(language: Language, line: str, name: str) -> str:
    """Where it stands."""
    return f"knowledge_base/{language.value}/{line}/{name}.md"


def write_article(
    facts: ArticleFacts, name: str, title: str, phrases: Sequence[str], answer: str
) -> str:
    """The text of the file."""
    return "\n".join(
        (
            "---",
            f"id: {facts.line}/{name}",
            f"title: {yaml_scalar(title)}",
            f"valid: {facts.first.isoformat()} .. {facts.last.isoformat()}",
            f"owner: {yaml_scalar(facts.owner)}",
            f"source: {yaml_scalar(facts.source)}",
            "hand_over: no",
            "asked_as: |",
            *(f"  {phrase}" for phrase in phrases),
            "---",
            answer,
            "",
        )
    )


def answer_to_write(language: Language) -> str:
    """What stands in the place of an answer until somebody writes it."""
    return _stubs()[language.value]["answer"]


def write_stub(facts: ArticleFacts, name: str, title: str, language: Language) -> str:
    """The twin in the other language, which has to be written still: the check holds it back."""
    words = _stubs()[language.value]
    titled = words["title"].format(title=title, name=name)
    return write_article(facts, name, titled, (words["asked_as"],), words["answer"])


@cache
def _stubs() -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath(_STUBS).read_text("utf-8")
    found: dict[str, dict[str, str]] = yaml.safe_load(text)
    return found
