"""Checks one file beside what it may touch: quick enough to be done while somebody types.

`near_twins` and names that stand in two files are left to the whole check.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from servicebot.content.check import locate
from servicebot.content.complaint import complain
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, is_read
from servicebot.content.neighbours import Neighbours, neighbours
from servicebot.content.overlay import only, overlaid, read_alone
from servicebot.content.place import Spot
from servicebot.content.rule_reach import ERRORS, WARNINGS, Rule
from servicebot.content.rules.figures import placeholders_whole
from servicebot.content.rules.finding import Finding
from servicebot.content.rules.languages import same_properties
from servicebot.content.rules.quoted import quotes_known
from servicebot.content.rules.references import flows_exist
from servicebot.content.rules.validity import articles_in_force
from servicebot.domain.errors import ContentError, ContentFault


@dataclass(frozen=True, slots=True)
class CheckedBase:
    """A content with what is found out once about it.

    Attributes:
        content: As loaded.
        files: It was loaded from.
        near: Which files teach which phrases.
    """

    content: Content
    files: ContentFiles
    near: Neighbours


def checked_base(content: Content, files: ContentFiles) -> CheckedBase:
    """Prepares to check files beside a content."""
    return CheckedBase(content, files, neighbours(content))


@dataclass(frozen=True, slots=True)
class OneChecked:
    """A file as it was typed.

    Attributes:
        faults: What must be mended and what should be, by line; of other files what this one does
            to them.
        content: Everything with the file; None where it cannot be read.
    """

    faults: tuple[ContentFault, ...]
    content: Content | None


def check_one(
    base: CheckedBase,
    beside: Mapping[str, bytes | None],
    path: str,
    data: bytes | None,
    *,
    flows: Collection[str],
    today: date,
) -> OneChecked:
    """What the check says of one file.

    Args:
        base: The content without a draft.
        beside: Other files of the draft by path; None where it takes one away. One that cannot
            be read is passed over: its own page tells.
        path: The file.
        data: As typed; None where it is taken away.
        flows: The names that intent files may use.
        today: In the bank's zone.
    """
    content, files = base.content, base.files
    for other, typed in beside.items():
        try:
            content = overlaid(content, other, read_alone(other, typed))
        except ContentError:
            continue
        files = files.with_file(other, typed or b"")
    if data is not None and not is_read(path):
        return OneChecked((complain(path, 0, "foreign-file"),), content)
    try:
        alone = read_alone(path, data)
    except ContentError as error:
        return OneChecked(error.faults, None)
    content, files = overlaid(content, path, alone), files.with_file(path, data or b"")
    near = base.near.of(alone, content) if alone is not None else frozenset[str]()
    found = _found(content, path, near | frozenset(beside), flows, today)
    return OneChecked(_sorted(locate(files, one) for one in found), content)


def _found(
    content: Content, path: str, near: frozenset[str], flows: Collection[str], today: date
) -> Iterator[Finding]:
    doing = {one.path for one in content.intents.values() if one.does_something}
    alone, beside = only(content, {path}), only(content, {path} | near | doing)
    found = [
        *_of((*ERRORS.alone, *WARNINGS.alone), alone),
        *_of((partial(articles_in_force, today=today),), alone),
        *_of((*ERRORS.beside, *WARNINGS.beside, partial(same_properties, flows=flows)), beside),
        *_of((*ERRORS.whole, *WARNINGS.whole, partial(flows_exist, flows=flows)), content),
    ]
    if any(quotes_known(alone, beside)):
        found += quotes_known(alone, content)  # all of it, to name what may be meant
    if path.endswith(".csv"):
        found += placeholders_whole(content)  # a figure that is gone breaks who names it
        return (one for one in found if _touches(one, path) or one.rule == "unknown-figure")
    return (one for one in found if _touches(one, path))


def _touches(finding: Finding, path: str) -> bool:
    """Whether it stands in the file, or names a line of it."""
    named = any(isinstance(one, Spot) and one.path == path for one in finding.args.values())
    return finding.path == path or named


def _of(rules: Iterable[Rule], content: Content) -> Iterator[Finding]:
    return (finding for rule in rules for finding in rule(content))


def _sorted(faults: Iterable[ContentFault]) -> tuple[ContentFault, ...]:
    return tuple(sorted(set(faults), key=lambda one: (one.path, one.line, one.rule, one.message)))
