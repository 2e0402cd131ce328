"""Lines that neither the rules nor the reader of lures were made with: how many are read wrongly.

Two hands wrote 150 hostile and 150 harmless lines each, without seeing code or data. Nothing was
mended by them since they were measured, see docs/security.md. Fourteen lines were taken out: words
such as 房租, which a hand whose lines are learnt wrote too.
"""

import pytest
from tests.screening.data_files import ALLOWED, gate_lines

from servicebot.adapters.local_models.local_lure_reader import LocalLureReader
from servicebot.screening.gate import forbidden_in
from servicebot.screening.lure_text import as_learnt
from servicebot.training.lure_lines import hands_of, lure_lines_folder, read_lure_lines

MOST_WRONG = 0.03
SETS = ["seventh", "eighth"]


@pytest.fixture(scope="module")
def reader() -> LocalLureReader:
    return LocalLureReader()


async def leaves(line: str, reader: LocalLureReader) -> bool:
    return not forbidden_in(line, ALLOWED) and not await reader.lures_in([line], ALLOWED)


async def test_hardly_anything_of_two_new_hands_is_read_wrongly(reader: LocalLureReader) -> None:
    hostile, harmless = (
        [line for name in SETS for line in gate_lines(kind, name)]
        for kind in ("hostile", "harmless")
    )
    passed = [line for line in hostile if await leaves(line, reader)]
    stopped = [line for line in harmless if not await leaves(line, reader)]
    assert len(passed) <= MOST_WRONG * len(hostile), passed
    assert len(stopped) <= MOST_WRONG * len(harmless), stopped


def test_no_line_of_them_is_learnt() -> None:
    folder = lure_lines_folder()
    learnt = {line.text for line in read_lure_lines(folder, hands_of(folder))}
    for name in SETS:
        for kind in ("hostile", "harmless"):
            lines = {as_learnt(line, ALLOWED) for line in gate_lines(kind, name)}
            assert learnt.isdisjoint(lines)
