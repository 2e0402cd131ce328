"""One file checked while it is typed says the same as the whole check says of it."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Final

import pytest
from tests.content.test_seeded_faults import TODAY, Seed, faults, planted, seeds

from servicebot.content.check_one import CheckedBase, OneChecked, check_one, checked_base
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentFault, Level

LEFT_TO_THE_WHOLE_CHECK: Final = frozenset({"near-twin", "doubled-id", "encoding"})
ARTICLE: Final = "knowledge_base/zh/weilidai/early-repayment.md"
VALUES: Final = "knowledge_base/values/weilidai.csv"


@pytest.fixture(scope="module")
def landed(project: Path) -> ContentFiles:
    return read_folder(project)


@pytest.fixture(scope="module")
def base(landed: ContentFiles) -> CheckedBase:
    return checked_base(load_content(landed), landed)


@pytest.fixture(scope="module")
def before(landed: ContentFiles) -> tuple[ContentFault, ...]:
    return faults(landed)


def one(base: CheckedBase, path: str, data: bytes | None, today: date = TODAY) -> OneChecked:
    return check_one(base, {}, path, data, flows=frozenset(FLOWS), today=today)


def told_of(path: str, found: tuple[ContentFault, ...]) -> set[tuple[int, str, str]]:
    return {
        (fault.line, fault.rule, fault.message)
        for fault in found
        if fault.path == path and fault.rule not in LEFT_TO_THE_WHOLE_CHECK
    }


def in_one_file() -> Iterator[Seed]:
    for kind in ("form", "across"):
        for seed in seeds(kind):
            if set(seed.edits) == {seed.path} and seed.rule not in LEFT_TO_THE_WHOLE_CHECK:
                yield seed


def test_a_file_alone_says_what_the_whole_check_says_of_it(
    base: CheckedBase, landed: ContentFiles
) -> None:
    """Every seed for itself by the quick check; the whole one takes all of them at once."""
    some = [seed for seed in in_one_file() if seed in seeds("across")]
    whole = faults(planted(landed, some))
    paths = {seed.path for seed in some}
    for path in sorted(paths)[::3]:
        own = planted(landed, some).files
        beside = {other: own[other] for other in paths if other != path}
        found = check_one(base, beside, path, own[path], flows=frozenset(FLOWS), today=TODAY)
        assert told_of(path, found.faults) == told_of(path, whole), path


# Those that stand in one file, and that a file alone can tell.
OF_FORM = [
    seed
    for seed in seeds("form")
    if set(seed.edits) == {seed.path} and seed.rule not in LEFT_TO_THE_WHOLE_CHECK
]


@pytest.mark.parametrize("seed", OF_FORM, ids=lambda seed: seed.name)
def test_a_fault_of_form_is_told_at_its_line(
    seed: Seed, base: CheckedBase, landed: ContentFiles
) -> None:
    files = planted(landed, [seed])
    found = one(base, seed.path, files.files[seed.path])
    assert told_of(seed.path, found.faults) == told_of(seed.path, faults(files))


def test_a_sound_file_has_no_error_and_its_own_warnings(
    base: CheckedBase, landed: ContentFiles, before: tuple[ContentFault, ...]
) -> None:
    paths = sorted(landed.files)[::61]
    for path in paths:
        found = one(base, path, landed.files[path]).faults
        assert [f for f in found if f.level is Level.ERROR] == []
        assert told_of(path, found) == told_of(path, before), path


def test_what_a_file_does_to_another_is_told_here(base: CheckedBase, landed: ContentFiles) -> None:
    text = landed.text(VALUES)
    gone = "".join(
        one for one in text.splitlines(True) if not one.startswith("weilidai_daily_rate,")
    )
    assert gone != text
    found = one(base, VALUES, gone.encode()).faults
    assert "unknown-figure" in {fault.rule for fault in found if fault.path != VALUES}


def test_a_new_file_lacks_its_twin_and_a_foreign_one_is_a_warning(base: CheckedBase) -> None:
    text = base.files.text(ARTICLE).replace("early-repayment", "brand-new", 1)
    found = one(base, ARTICLE.replace("early-repayment", "brand-new"), text.encode()).faults
    assert {"one-language", "doubled-phrase"} <= {fault.rule for fault in found}
    foreign = one(base, "knowledge_base/note.md", b"x").faults
    assert [(fault.rule, fault.level) for fault in foreign] == [("foreign-file", Level.WARNING)]
