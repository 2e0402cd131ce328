"""What others wrote for the pages is theirs byte for byte, with its licence beside it."""

import hashlib
import re
from pathlib import Path
from typing import Final

FOLDER: Final = "src/servicebot/web/static/third_party"
ADDED: Final = b"\nexport default uPlot;\n"


def test_each_library_has_its_licence_its_version_and_the_bytes_it_came_with(
    project: Path,
) -> None:
    for folder in (project / FOLDER).iterdir():
        readme = (folder / "README.md").read_text("utf-8")
        assert re.search(r"^\| version \| [\d.]+ \|$", readme, re.MULTILINE)
        assert "Permission is hereby granted" in (folder / "LICENSE.txt").read_text("utf-8")
        wanted = set(re.findall(r"\| ([0-9a-f]{64}) \|", readme))
        files = [file for file in folder.iterdir() if file.suffix in {".js", ".css"}]
        found = {
            hashlib.sha256(file.read_bytes().removesuffix(ADDED.lstrip(b"\n"))).hexdigest()
            for file in files
        }
        assert found == wanted
