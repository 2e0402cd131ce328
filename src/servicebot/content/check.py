"""Checks the content across files; the shape of each file was checked when it was loaded."""

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from servicebot.content.complaint import complain
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.decode import UTF8, decode
from servicebot.content.place import Spot, line_of
from servicebot.content.rules.contradictions import no_contradictions
from servicebot.content.rules.figures import figures_in_table, figures_of_line, placeholders_whole
from servicebot.content.rules.finding import Finding
from servicebot.content.rules.languages import same_in_both, same_placeholders, same_properties
from servicebot.content.rules.near_twins import near_twins
from servicebot.content.rules.phrases import (
    doubled_phrases,
    enough_phrases,
    plain_phrases,
    taught_elsewhere,
    taught_in_acts,
)
from servicebot.content.rules.products import names_unique, products_named, products_shown
from servicebot.content.rules.promises import no_promises, no_way_out
from servicebot.content.rules.quoted import quotes_known, same_links
from servicebot.content.rules.references import (
    alone_replies_exist,
    flows_exist,
    labels_exist,
    roles_filled,
    targets_exist,
)
from servicebot.content.rules.relations import figures_agree
from servicebot.content.rules.safe import safe_texts
from servicebot.content.rules.scripts import right_language
from servicebot.content.rules.thin import thin_topics
from servicebot.content.rules.validity import articles_in_force
from servicebot.content.rules.values import values_are_figures
from servicebot.content.rules.wording import (
    answers_with_the_fact,
    no_markup,
    one_register,
    short_answers,
)
from servicebot.domain.errors import ContentFault

Rule = Callable[[Content], Iterable[Finding]]
Source = Path | ContentFiles

_ERRORS: Final[tuple[Rule, ...]] = (
    targets_exist,
    labels_exist,
    alone_replies_exist,
    roles_filled,
    placeholders_whole,
    figures_in_table,
    figures_of_line,
    values_are_figures,
    figures_agree,
    same_in_both,
    same_placeholders,
    products_named,
    names_unique,
    products_shown,
    doubled_phrases,
    taught_in_acts,
    enough_phrases,
    plain_phrases,
    near_twins,
    safe_texts,
    no_promises,
    no_way_out,
    quotes_known,
    right_language,
    short_answers,
    answers_with_the_fact,
    one_register,
    no_markup,
)
_WARNINGS: Final[tuple[Rule, ...]] = (taught_elsewhere, no_contradictions, thin_topics, same_links)


def check_content(
    content: Content, source: Source, flows: Collection[str]
) -> tuple[ContentFault, ...]:
    """Every fault that must be mended before the content may be used, by file and line.

    Args:
        content: As loaded from `source`.
        source: The folder, or the files in memory, to find the lines.
        flows: The names intent files may use.
    """
    named = (partial(flows_exist, flows=flows), partial(same_properties, flows=flows))
    return _located(source, (*_ERRORS, *named), content)


def advise_content(content: Content, source: Source, today: date) -> tuple[ContentFault, ...]:
    """What works and should be better: warnings, by file and line.

    Args:
        content: As loaded from `source`.
        source: The folder, or the files in memory.
        today: In the bank's zone.
    """
    files = _files(source)
    found = _located(files, (*_WARNINGS, partial(articles_in_force, today=today)), content)
    return _sorted((*found, *_of_files(files)))


def _located(source: Source, rules: Iterable[Rule], content: Content) -> tuple[ContentFault, ...]:
    findings = [finding for rule in rules for finding in rule(content)]
    files = _files(source) if findings else ContentFiles(files={})
    return _sorted({locate(files, finding) for finding in findings})


def locate(source: Source, finding: Finding) -> ContentFault:
    """A finding with its line, and with the lines its words name.

    Args:
        source: The content was loaded from it.
        finding: With a path relative to it.
    """
    files = _files(source)
    args = {
        name: _told(files, value) if isinstance(value, Spot) else value
        for name, value in finding.args.items()
    }
    line = _line(files, Spot(finding.path, finding.place))
    return complain(finding.path, line, finding.rule, **args)


def _files(source: Source) -> ContentFiles:
    return read_folder(source) if isinstance(source, Path) else source


def _line(files: ContentFiles, spot: Spot) -> int:
    """From 1; 0 for a folder."""
    is_there = spot.path in files.files
    return line_of(spot.path, files.text(spot.path), spot.place) if is_there else 0


def _told(files: ContentFiles, spot: Spot) -> str:
    line = _line(files, spot)
    return f"{spot.path}:{line}" if line else spot.path


def _of_files(files: ContentFiles) -> Iterator[ContentFault]:
    """Files the bot does not read, and those that other programs may read wrongly."""
    for path in files.foreign:
        yield complain(path, 0, "foreign-file")
    for path, data in files.files.items():
        encoding = decode(data).encoding
        if encoding != UTF8:
            yield complain(path, 1, "encoding", encoding=encoding.upper())


def _sorted(faults: Iterable[ContentFault]) -> tuple[ContentFault, ...]:
    return tuple(sorted(faults, key=lambda f: (f.path, f.line, f.rule, f.message)))
