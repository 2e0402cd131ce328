"""Faults put into the bank's own files are found, each with its rule and its line, and nothing else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from servicebot.content.check import advise_content, check_content
from servicebot.content.complaint import words_of
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ContentFault, Level
from servicebot.domain.understanding import Language

TODAY: Final = date(2026, 11, 29)
MOST_BESIDE: Final = 5
MOST_MISSED: Final = 2
SEEDS: Final[Mapping[str, Sequence[Mapping[str, Any]]]] = yaml.load(
    (Path(__file__).parent / "seeds.yaml").read_text("utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506  reads text only
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seed:
    name: str
    rule: str
    path: str
    at: str = ""
    edits: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def seeds(kind: str) -> list[Seed]:
    found = []
    for read in SEEDS[kind]:
        own = {read["file"]: read["edits"]} if "file" in read else {}
        path = read.get("file_of_fault") or read.get("file") or read["new"]
        edits = own | read.get("more", {})
        found.append(
            Seed(
                name=read["name"], rule=read["rule"], path=path, at=read.get("at", ""), edits=edits
            )
        )
    return found


def planted(files: ContentFiles, some: Sequence[Seed]) -> ContentFiles:
    for seed in some:
        if not seed.edits:
            files = replace(files, foreign=(*files.foreign, seed.path))
        for path, edits in seed.edits.items():
            text = files.text(path)
            for old, new in edits.items():
                assert old in text, (seed.name, old)
                # the dashes above the answer, not those above the head
                at = text.index(old, 5) if old == "\n---\n" else text.index(old)
                text = text[:at] + new + text[at + len(old) :]
            files = files.with_file(path, text.encode())
    return files


def faults(files: ContentFiles) -> tuple[ContentFault, ...]:
    try:
        content = load_content(files)
    except ContentError as error:
        return error.faults
    found = check_content(content, files, frozenset(FLOWS))
    return (*found, *advise_content(content, files, TODAY))


def is_found(seed: Seed, found: Sequence[ContentFault], files: ContentFiles) -> bool:
    lines = files.text(seed.path).split("\n")
    return any(
        fault.rule == seed.rule
        and fault.path == seed.path
        and (seed.at in lines[fault.line - 1] if seed.at else fault.line == 0)
        for fault in found
    )


@pytest.fixture(scope="module")
def landed(project: Path) -> ContentFiles:
    return read_folder(project)


@pytest.fixture(scope="module")
def across(landed: ContentFiles) -> tuple[ContentFiles, tuple[ContentFault, ...]]:
    """All seeds that stand in sound files, planted at once."""
    files = planted(landed, seeds("across"))
    return files, faults(files)


def test_there_are_enough_seeds() -> None:
    assert len(seeds("form")) + len(seeds("across")) >= 50


@pytest.mark.parametrize("seed", seeds("form"), ids=lambda seed: seed.name)
def test_a_fault_of_form_is_one_complaint_at_its_line(seed: Seed, landed: ContentFiles) -> None:
    files = planted(landed, [seed])
    found = faults(files)
    assert [fault.rule for fault in found] == [seed.rule]
    assert is_found(seed, found, files), found[0].text


def test_of_faults_across_files_hardly_any_is_missed(
    across: tuple[ContentFiles, tuple[ContentFault, ...]],
) -> None:
    files, found = across
    missed = [seed.name for seed in seeds("across") if not is_found(seed, found, files)]
    assert len(missed) <= MOST_MISSED, missed
    assert missed == []


def test_hardly_anything_is_complained_of_beside_them(
    across: tuple[ContentFiles, tuple[ContentFault, ...]], landed: ContentFiles
) -> None:
    """A changed figure has followers: what is computed from it is told as well."""
    meant = {(seed.path, seed.rule) for seed in seeds("across")}
    before = {(fault.path, fault.rule) for fault in faults(landed)}
    beside = [one for one in across[1] if (one.path, one.rule) not in meant | before]
    assert len(beside) <= MOST_BESIDE, [fault.text for fault in beside]


def test_the_landed_content_has_no_fault_and_only_right_warnings(landed: ContentFiles) -> None:
    found = faults(landed)
    assert [fault.text for fault in found if fault.level is Level.ERROR] == []
    assert {fault.rule for fault in found} <= {"thin-held-out", "thin-taught", "taught-elsewhere"}


def test_every_complaint_is_told_in_both_languages_with_its_line(
    across: tuple[ContentFiles, tuple[ContentFault, ...]], landed: ContentFiles
) -> None:
    told = [
        *across[1],
        *(fault for seed in seeds("form") for fault in faults(planted(landed, [seed]))),
    ]
    for fault in told:
        chinese, english = (words_of(fault, language) for language in Language)
        assert chinese != english
        assert english == fault.message
        for words in (chinese, english):
            assert "YAML" not in words
            assert "[[" not in words
        assert f"{fault.path}:0" not in fault.text
