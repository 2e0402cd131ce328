"""The keys' lines: read exactly, never quoted in an error."""

import base64
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.sealing.key_sources import from_command, from_file, new_key, own_file
from servicebot.adapters.sealing.master_keys import MasterKeys, parse_keys
from servicebot.domain.errors import StartError

SECRET = base64.b64encode(b"s" * 32).decode()


@given(st.binary(min_size=32, max_size=32), st.datetimes(timezones=st.just(UTC)))
def test_a_key_is_read_as_it_was_written(secret: bytes, used_from: datetime) -> None:
    at = used_from.replace(microsecond=0)
    line = f"{at.isoformat()} {base64.b64encode(secret).decode()}"
    (key,) = parse_keys(line + "\n\n")
    assert (key.used_from, key.secret) == (at, secret)
    assert parse_keys(key.line) == (key,)


@pytest.mark.parametrize(
    "line",
    [
        "nothing",
        f"2026-11-29T15:00:00 {SECRET}",  # no zone
        f"yesterday {SECRET}",
        "2026-11-29T15:00:00Z c2hvcnQ=",
        f"2026-11-29T15:00:00Z {SECRET} more",
        "2026-11-29T15:00:00Z ****",
    ],
)
def test_a_wrong_line_is_named_and_not_quoted(line: str) -> None:
    with pytest.raises(StartError, match="Line 1 of the keys is none") as error:
        parse_keys(line)
    assert SECRET not in str(error.value)


def test_the_same_key_twice_is_refused() -> None:
    with pytest.raises(StartError, match="twice"):
        parse_keys(f"2026-11-29T15:00:00Z {SECRET}\n2026-11-30T15:00:00Z {SECRET}")


def test_keys_of_which_none_is_in_use_yet_are_refused() -> None:
    with pytest.raises(StartError, match="No key is in use yet"):
        MasterKeys(lambda: f"2999-01-01T00:00:00Z {SECRET}", SettableClock())


def test_a_file_that_cannot_be_read_later_leaves_the_keys_that_are_known(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = own_file(tmp_path)
    keys = MasterKeys(from_file(path), SettableClock())
    known = keys.all()
    path.write_text("broken")
    keys.refresh()
    assert keys.all() == known
    assert "keys_unreadable" in caplog.text
    more = new_key(datetime(2021, 1, 1, tzinfo=UTC))
    path.write_text(f"{known[0].line}\n{more.line}\n")
    keys.refresh()
    assert keys.in_use() == more


def test_a_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = own_file(tmp_path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o640)
    with pytest.raises(StartError, match="chmod 600"):
        from_file(path)()


def test_a_missing_file_says_what_it_means(tmp_path: Path) -> None:
    with pytest.raises(StartError, match="Bring the file back"):
        from_file(tmp_path / "none")()


def test_of_many_that_start_at_once_one_makes_the_file(tmp_path: Path) -> None:
    found: set[str] = set()
    starts = [
        threading.Thread(target=lambda: found.add(own_file(tmp_path).read_text()))
        for _ in range(20)
    ]
    for start in starts:
        start.start()
    for start in starts:
        start.join()
    assert len(found) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["store.keys"]


def test_a_command_gives_the_keys_and_its_failure_tells_no_secret() -> None:
    assert len(parse_keys(from_command(f"echo 2026-11-29T15:00:00Z {SECRET}")())) == 1
    with pytest.raises(StartError) as error:
        from_command(f"echo {SECRET}; exit 3")()
    assert SECRET not in str(error.value)
