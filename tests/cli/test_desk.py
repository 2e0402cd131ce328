"""Accounts and the audit trail on the command line, as people type it."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result

from servicebot.cli.main import cli
from servicebot.domain.errors import RejectedError

PASSWORD = "a-long-password"

Type = Callable[..., Result]


@pytest.fixture
def typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Type:
    """Types a command in an installation of its own; in this process, which is quicker."""
    monkeypatch.chdir(tmp_path)
    return lambda *words: CliRunner().invoke(cli, list(words))


def rows(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / "var" / "records.db")) as db:
        db.execute(statement)
        db.commit()


def test_accounts_are_made_changed_and_taken_away_and_all_of_it_is_in_the_trail(
    typed: Type,
) -> None:
    assert typed("desk", "add", "小安", "--role", "boss", "--password", PASSWORD).exit_code == 2
    assert "12 characters" in typed("desk", "add", "小安", "--password", "short").stderr
    assert typed("desk", "add", "小安", "--password", PASSWORD).exit_code == 0
    assert "already" in typed("desk", "add", "小安", "--password", PASSWORD).stderr
    assert typed("desk", "role", "小安", "supervisor").exit_code == 0
    told = typed("desk", "second-factor", "小安").stdout.strip()
    assert isinstance(pyotp.parse_uri(told), pyotp.TOTP)
    assert typed("desk", "list").stdout == "小安\tsupervisor\tsecond factor\n"
    assert typed("desk", "remove", "小安").exit_code == 0
    assert isinstance(typed("desk", "remove", "小安").exception, RejectedError)
    shown = typed("audit", "show").stdout
    acts = ["account_added", "role_set", "second_factor_set", "account_removed"]
    assert [line.split("  ")[4] for line in shown.splitlines()] == acts
    assert PASSWORD not in shown
    well = typed("audit", "verify")
    assert (well.exit_code, well.stdout[:16]) == (0, "All well: 4 rows")


def test_what_was_done_to_the_trail_is_told_with_its_row_and_exit_1(
    typed: Type, tmp_path: Path
) -> None:
    typed("desk", "add", "ann", "--password", PASSWORD)
    typed("desk", "role", "ann", "auditor")
    elsewhere = tmp_path / "kept"
    elsewhere.write_bytes((tmp_path / "var" / "audit.head").read_bytes())
    rows(tmp_path, "DELETE FROM audit WHERE number = 2")
    ended = typed("audit", "verify")
    assert (ended.exit_code, ended.stderr.startswith("row 2: the end was cut off")) == (1, True)
    (tmp_path / "var" / "audit.head").unlink()
    ended = typed("audit", "verify")
    assert (ended.exit_code, "no kept end" in ended.stderr) == (1, True)
    ended = typed("audit", "verify", "--head", str(elsewhere))
    assert (ended.exit_code, ended.stderr.startswith("row 2:")) == (1, True)
    rows(tmp_path, "UPDATE audit SET detail = 'admin' WHERE number = 1")
    ended = typed("audit", "verify", "--head", str(elsewhere))
    assert (ended.exit_code, ended.stderr.startswith("row 1: it was changed")) == (1, True)


def test_the_stores_folder_and_every_file_in_it_are_the_owners_only(
    typed: Type, tmp_path: Path
) -> None:
    store = tmp_path / "var"
    store.mkdir(mode=0o755)
    (store / "older.db").touch(mode=0o644)
    typed("desk", "add", "ann", "--password", PASSWORD)
    found = {path.name: path.stat().st_mode & 0o077 for path in (store, *store.rglob("*"))}
    assert {"mailbox.db", "records.db", "audit.head", "audit.secret"} <= set(found)
    assert set(found.values()) == {0}
