"""What was not tested because a program is missing is told, once for each program."""

from pathlib import Path

import pytest
from tests.programs import Program, told

THERE = Program(name="A shell", commands=("no-such-shell", "sh"), package="dash")
MISSING = Program(name="Nothing", commands=("no-such-program",), package="nothing")


def test_a_program_is_found_under_any_of_its_names() -> None:
    assert Path(THERE.needed()).name == "sh"


def test_a_program_outside_the_path_is_found_in_its_newest_version(tmp_path: Path) -> None:
    for version in ("15", "17"):
        file = tmp_path / version / "bin" / "no-such-program"
        file.parent.mkdir(parents=True)
        file.touch(0o755)
    folders = f"{str(tmp_path)[1:]}/*/bin"
    program = Program(name="n", commands=MISSING.commands, folders=folders, package="p")
    assert program.find() == str(tmp_path / "17" / "bin" / "no-such-program")


def test_what_is_missing_is_told_once_with_the_remedy() -> None:
    with pytest.raises(pytest.skip.Exception) as caught:
        MISSING.needed()
    reason = f"Skipped: {caught.value}"
    assert told([reason, "Skipped: another", reason]) == [
        "left out: Nothing (install Debian's nothing): 2 tests"
    ]
