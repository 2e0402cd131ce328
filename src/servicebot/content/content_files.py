"""What stands in a content folder: the files the bot reads, and those it does not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from servicebot.content.complaint import complain
from servicebot.content.decode import decode
from servicebot.domain.errors import ContentFault
from servicebot.domain.understanding import Language

FOLDERS: Final = ("knowledge_base", "intents")
MOST_BYTES: Final = 256 * 1024
_LANGUAGE: Final = f"(?:{'|'.join(Language)})"
_READ: Final = re.compile(
    rf"knowledge_base/(?:{_LANGUAGE}/[^/]+/[^/]+\.md|values/[^/]+\.csv|(?:synonyms|products)\.csv)"
    rf"|intents/{_LANGUAGE}/(?:[^/]+/[^/]+\.yaml|(?:marks|products)\.yaml)"
)
# Notes for colleagues, and what systems and programs leave behind by themselves.
_LEFT_ALONE: Final = re.compile(
    r"(?:.*/)?(?:README[^/]*\.md|\.[^/]*|~\$[^/]*|[^/]*~|[^/]*\.(?:tmp|swp|swx|bak)"
    r"|Thumbs\.db|desktop\.ini)(?:/.*)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContentFiles:
    """The files of one folder, or of nothing but memory.

    Attributes:
        files: Bytes by path (`knowledge_base/zh/cards/lost.md`), of all that the bot reads; of a
            file that is too large a little more than the limit.
        foreign: Paths of other files, which the bot does not read, sorted.
        unread: Of files that could not be read, a fault each.
        root: How the folder is named in messages.
    """

    files: Mapping[str, bytes]
    foreign: tuple[str, ...] = ()
    unread: tuple[ContentFault, ...] = ()
    root: str = field(default=".")

    def text(self, path: str) -> str:
        """What stands in a file; empty where it is not there or cannot be read."""
        try:
            return decode(self.files.get(path, b"")).text
        except UnicodeDecodeError:
            return ""

    def with_file(self, path: str, data: bytes) -> "ContentFiles":
        """The same with one file as somebody has just typed it."""
        return ContentFiles(
            files={**self.files, path: data},
            foreign=self.foreign,
            unread=self.unread,
            root=self.root,
        )


def is_read(path: str) -> bool:
    """Whether the bot reads a file of this name and place."""
    return _READ.fullmatch(path) is not None and not _LEFT_ALONE.fullmatch(path)


def read_folder(folder: Path, *, only: str = ".*") -> ContentFiles:
    """Everything below `knowledge_base/` and `intents/` of a folder.

    Args:
        folder: That holds them.
        only: A pattern; other files are not opened.
    """
    files: dict[str, bytes] = {}
    foreign, unread = [], []
    for path, file in sorted(_walk(folder), key=lambda one: one[0].split("/")):
        if not re.fullmatch(only, path):
            continue
        if not is_read(path):
            foreign += [] if _LEFT_ALONE.fullmatch(path) else [path]
            continue
        try:
            with file.open("rb") as opened:
                files[path] = opened.read(MOST_BYTES + 1)
        except OSError as error:
            unread.append(
                complain(path, 0, "unreadable", why=error.strerror or type(error).__name__)
            )
    return ContentFiles(files=files, foreign=tuple(foreign), unread=tuple(unread), root=str(folder))


def _walk(folder: Path) -> Iterable[tuple[str, Path]]:
    for name in FOLDERS:
        for file in (folder / name).rglob("*"):
            if file.is_file() or not file.exists():  # a link that leads nowhere is told, too
                yield file.relative_to(folder).as_posix(), file
