"""Checks the content across files; the shape of each file was checked when it was loaded."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from servicebot.content.complaint import complain
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.decode import UTF8, decode
from servicebot.content.place import Spot, line_of
from servicebot.content.rule_reach import ERRORS, WARNINGS, Rule
from servicebot.content.rules.finding import Finding
from servicebot.content.rules.languages import same_properties
from servicebot.content.rules.references import flows_exist
from servicebot.content.rules.validity import articles_in_force
from servicebot.domain.errors import ContentFault

Source = Path | ContentFiles


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
    return _located(source, (*ERRORS.every, *named), content)


def advise_content(content: Content, source: Source, today: date) -> tuple[ContentFault, ...]:
    """What works and should be better: warnings, by file and line.

    Args:
        content: As loaded from `source`.
        source: The folder, or the files in memory.
        today: In the bank's zone.
    """
    files = _files(source)
    found = _located(files, (*WARNINGS.every, partial(articles_in_force, today=today)), content)
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
