"""A kept secret is made once and readable only by its owner."""

from pathlib import Path

from servicebot.app.secret_file import kept_secret


def test_the_secret_stays_the_same_and_private(tmp_path: Path) -> None:
    first = kept_secret(tmp_path / "var", "chat")
    assert kept_secret(tmp_path / "var", "chat") == first
    assert len(first) >= 32
    assert (tmp_path / "var" / "chat.secret").stat().st_mode & 0o077 == 0


def test_secrets_of_different_names_differ(tmp_path: Path) -> None:
    assert kept_secret(tmp_path, "chat") != kept_secret(tmp_path, "other")


def test_an_empty_file_that_a_crash_left_is_no_secret(tmp_path: Path) -> None:
    (tmp_path / "chat.secret").touch()
    made = kept_secret(tmp_path, "chat")
    assert made
    assert kept_secret(tmp_path, "chat") == made
