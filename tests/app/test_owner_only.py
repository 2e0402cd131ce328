"""Whom the store's files may be read by."""

from pathlib import Path

from servicebot.app.owner_only import make_owner_only, owner_only


def test_rights_of_others_are_taken_away_and_those_of_the_owner_kept(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    (folder / "deep").mkdir(parents=True, mode=0o755)
    file = folder / "deep" / "x"
    file.touch(mode=0o640)
    outside = tmp_path / "outside"
    outside.touch(mode=0o644)
    (folder / "link").symlink_to(outside)
    owner_only(folder)
    make_owner_only(folder / "new")
    modes = [path.stat().st_mode & 0o777 for path in (folder, folder / "deep", file)]
    assert modes == [0o700, 0o700, 0o600]
    assert (folder / "new").stat().st_mode & 0o777 == 0o600
    assert outside.stat().st_mode & 0o777 == 0o644


def test_a_folder_that_is_shared_on_purpose_is_left_alone(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    shared.chmod(0o1777)
    owner_only(shared)
    assert shared.stat().st_mode & 0o7777 == 0o1777
