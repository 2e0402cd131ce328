"""Checks the content across files; the shape of each file was checked when it was loaded."""

from collections.abc import Collection, Iterator
from pathlib import Path

from servicebot.content.content import Content
from servicebot.content.rules.finding import Finding
from servicebot.content.rules.languages import same_in_both, same_placeholders, same_properties
from servicebot.content.rules.near_twins import near_twins
from servicebot.content.rules.phrases import doubled_phrases, enough_phrases
from servicebot.content.rules.products import names_unique, products_named, products_shown
from servicebot.content.rules.references import (
    alone_replies_exist,
    figures_exist,
    flows_exist,
    ids_fit_paths,
    labels_exist,
    roles_filled,
    targets_exist,
)
from servicebot.content.rules.wording import (
    answers_with_the_fact,
    figures_in_table,
    one_register,
    safe_texts,
    short_answers,
)
from servicebot.domain.errors import ContentFault


def check_content(
    content: Content, folder: Path, flows: Collection[str]
) -> tuple[ContentFault, ...]:
    """Every fault, by file and line.

    Args:
        content: As loaded from `folder`.
        folder: To find the lines.
        flows: The names intent files may use.
    """
    faults = [locate(folder, finding) for finding in _findings(content, flows)]
    return tuple(sorted(faults, key=lambda f: (f.path, f.line, f.rule, f.message)))


def _findings(content: Content, flows: Collection[str]) -> Iterator[Finding]:
    yield from flows_exist(content, flows)
    for rule in (
        ids_fit_paths,
        targets_exist,
        labels_exist,
        alone_replies_exist,
        roles_filled,
        figures_exist,
        same_in_both,
        same_properties,
        products_named,
        names_unique,
        products_shown,
        same_placeholders,
        doubled_phrases,
        enough_phrases,
        near_twins,
        safe_texts,
        figures_in_table,
        short_answers,
        answers_with_the_fact,
        one_register,
    ):
        yield from rule(content)


def locate(folder: Path, finding: Finding) -> ContentFault:
    """A finding with its line: the first that holds the words it is near to.

    Args:
        folder: The content was loaded from it.
        finding: With a path relative to `folder`.
    """
    line = 0
    if finding.near:
        text = (folder / finding.path).read_text(encoding="utf-8")
        lines = enumerate(text.splitlines(), 1)
        line = next((number for number, words in lines if finding.near in words), 0)
    return ContentFault(path=finding.path, line=line, rule=finding.rule, message=finding.message)
