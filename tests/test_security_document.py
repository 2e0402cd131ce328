"""What the security document names is there."""

import re
from pathlib import Path
from typing import Final

NAMED: Final = re.compile(r"`((?:[a-z_]+/)+[a-z_]+\.py)`")
ITEM: Final = re.compile(r"^\| (\d+\.\d+\.\d+[^|]*) \| (yes|part|operator|no) \|", re.MULTILINE)


def test_every_file_that_shows_something_is_there(project: Path) -> None:
    text = (project / "docs/security.md").read_text("utf-8")
    roots = (project / "tests", project / "src/servicebot", project)
    names = set(NAMED.findall(text))
    missing = {name for name in names if not any((root / name).is_file() for root in roots)}
    assert len(names) > 40
    assert missing == set()


def test_every_item_has_one_state(project: Path) -> None:
    items = ITEM.findall((project / "docs/security.md").read_text("utf-8"))
    assert len(items) > 90
    assert len({item for item, _ in items}) == len(items)
