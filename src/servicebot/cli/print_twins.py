"""Tells content staff which articles are taken for one another, and what to do about it."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import click

from servicebot.content.check import locate
from servicebot.content.content import Content
from servicebot.content.rules.finding import Finding
from servicebot.content.topics import label_of
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.evaluation.twins import Family, Member

_WHAT_TO_DO: Final = (
    "  What to do: read these side by side, as a customer who gets their titles as buttons.",
    "    1. Give each a title that says for whom or when it is the right one.",
    "    2. Take out phrases that fit another one as well; move them where they belong.",
    "    3. Write 6 or more new phrases for each that say what the other one is not about.",
    "    4. Where both say the same, make one article of them, with a sentence for each case.",
    "  Do not read the `held_out` lines for it: they are the exam.",
)


def print_twins(families: Sequence[Family], content: Content, folder: Path) -> None:
    """One paragraph for each family, and the remedy once."""
    for family in families:
        click.echo(
            f"{family.language}: these {len(family.members)} win each other's questions,"
            f" {family.lost} of {family.asked} lines:"
        )
        for member in family.members:
            click.echo(f"  {_told(member, family.language, content, folder).text}")
    for line in _WHAT_TO_DO if families else ("No families of twins.",):
        click.echo(line)


def twins_as_json(
    families: Sequence[Family], content: Content, folder: Path
) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "language": family.language.value,
            "asked": family.asked,
            "lost": family.lost,
            "members": [
                _member_as_json(member, family.language, content, folder)
                for member in family.members
            ],
        }
        for family in families
    ]


def _member_as_json(
    member: Member, language: Language, content: Content, folder: Path
) -> dict[str, Any]:
    told = _told(member, language, content, folder)
    return {
        "id": member.topic.id,
        "title": label_of(member.topic, content, language),
        "path": told.path,
        "line": told.line,
        "asked": member.asked,
        "lost": [{"to": lost.to.id, "lines": lost.lines} for lost in member.lost],
    }


def _told(member: Member, language: Language, content: Content, folder: Path) -> ContentFault:
    """A member as editors jump to it: the line under which its phrases stand."""
    path, head = _place(member.topic, language, content)
    lost = ", ".join(
        f"{one.lines} to '{label_of(one.to, content, language)}'" for one in member.lost
    )
    count = sum(one.lines for one in member.lost)
    told = f"loses {count} of its {member.asked} lines: {lost}" if lost else "wins others' lines"
    message = f"'{label_of(member.topic, content, language)}' {told}."
    return locate(folder, Finding(path=path, rule="twins", message=message, near=head))


def _place(topic: Topic, language: Language, content: Content) -> tuple[str, str]:
    if topic.kind is TopicKind.ARTICLE:
        return content.articles[topic.id, language].path, "asked_as:"
    return content.intents[topic.id, language].path, "examples:"
