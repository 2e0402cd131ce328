"""Faults and warnings of the content, as editors and programs read them."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, Final

import click

from servicebot.content.complaint import say, title_of, told, words_of
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language

_NAMED: Final = 3  # places of one kind of warning that a summary names


def print_faults(faults: Sequence[ContentFault], language: Language) -> None:
    """A line for each fault, and how many there are."""
    for fault in faults:
        click.echo(told(fault, language))
    click.echo(say("to_mend", language, count=len(faults)))


def print_warnings(warnings: Sequence[ContentFault], language: Language, *, each: bool) -> None:
    """A line for each warning, or one for each kind of them."""
    if not warnings:
        return
    if each:
        for warning in warnings:
            click.echo(told(warning, language))
        click.echo(say("warned_all", language, count=len(warnings)))
        return
    click.echo(say("warned", language, count=len(warnings)))
    kinds: dict[str, list[ContentFault]] = defaultdict(list)
    for warning in warnings:
        kinds[warning.rule].append(warning)
    for rule, of_kind in kinds.items():
        title, places = title_of(rule, language), _places(of_kind, language)
        told_of = say("warned_of", language, count=len(of_kind), title=title, places=places)
        click.echo(told_of)


def faults_as_json(faults: Sequence[ContentFault], language: Language) -> list[dict[str, Any]]:
    """The same for programs; `line` is null where no line is meant."""
    return [
        {
            "path": fault.path,
            "line": fault.line or None,
            "rule": fault.rule,
            "level": fault.level.value,
            "message": words_of(fault, language),
            "args": dict(fault.args),
        }
        for fault in faults
    ]


def _places(of_kind: Sequence[ContentFault], language: Language) -> str:
    """How many in each of the bank's lines; where there are no lines, the first places."""
    lines = Counter(line for fault in of_kind if (line := dict(fault.args).get("line")))
    if lines:
        counted = [
            say("line_count", language, line=line, count=count)
            for line, count in lines.most_common()
        ]
        return ", ".join(counted)
    places = [fault.place for fault in of_kind[:_NAMED]]
    more = [say("and_more", language)] if len(of_kind) > _NAMED else []
    return ", ".join((*places, *more))
