"""Tells content staff which articles are taken for one another, and what to do about it."""

from collections.abc import Sequence
from typing import Any

import click

from servicebot.content.check import Source, locate
from servicebot.content.complaint import say, told
from servicebot.content.content import Content
from servicebot.content.place import Place
from servicebot.content.rules.finding import Args, find
from servicebot.content.topics import label_of
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.evaluation.twins import Family, Member


def print_twins(
    families: Sequence[Family], content: Content, files: Source, reader: Language = Language.EN
) -> None:
    """One paragraph for each family, and the remedy once."""
    for family in families:
        args = {"count": len(family.members), "lost": family.lost, "asked": family.asked}
        click.echo(say("twins_of", reader, language=f"in_{family.language}", **args))
        for member in family.members:
            fault = _told(member, family.language, content, files, reader)
            click.echo(f"  {told(fault, reader)}")
    words = "twins_what_to_do" if families else "twins_none"
    click.echo(say(words, reader).rstrip())


def twins_as_json(
    families: Sequence[Family], content: Content, files: Source
) -> list[dict[str, Any]]:
    """The same for programs."""
    return [
        {
            "language": family.language.value,
            "asked": family.asked,
            "lost": family.lost,
            "members": [
                _member_as_json(member, family.language, content, files)
                for member in family.members
            ],
        }
        for family in families
    ]


def _member_as_json(
    member: Member, language: Language, content: Content, files: Source
) -> dict[str, Any]:
    fault = _told(member, language, content, files, Language.EN)
    return {
        "id": member.topic.id,
        "title": label_of(member.topic, content, language),
        "path": fault.path,
        "line": fault.line,
        "asked": member.asked,
        "lost": [{"to": lost.to.id, "lines": lost.lines} for lost in member.lost],
    }


def _told(
    member: Member, language: Language, content: Content, files: Source, reader: Language
) -> ContentFault:
    """A member as editors jump to it: the line under which its phrases stand."""
    path, head = _place(member.topic, language, content)
    lost = [
        say("twins_lost", reader, count=one.lines, title=label_of(one.to, content, language))
        for one in member.lost
    ]
    args: Args = {
        "title": label_of(member.topic, content, language),
        "asked": member.asked,
        "count": sum(one.lines for one in member.lost) or "",
        "lost": ", ".join(lost),
        "wins": "" if lost else "twins_wins",
    }
    return locate(files, find(path, "twins", Place(key=head), **args))


def _place(topic: Topic, language: Language, content: Content) -> tuple[str, str]:
    if topic.kind is TopicKind.ARTICLE:
        return content.articles[topic.id, language].path, "asked_as"
    return content.intents[topic.id, language].path, "examples"
