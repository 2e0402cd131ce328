"""The port to the files of the content and their history."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One commit.

    Attributes:
        id: Of the commit.
        at: When, UTC.
        editor: Who wrote it.
        approver: Who published it; the editor where that was no studio.
        title: The first line of its message.
        paths: The content files it changes.
    """

    id: str
    at: datetime
    editor: str
    approver: str
    title: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """What is published.

    Attributes:
        files: The new bytes by path; None takes a file away.
        before: SHA-256 of what each path must hold still, hexadecimal; None for no file.
        title: What it is for.
        editor: Who wrote it.
        approver: Who publishes it.
        at: When, UTC.
    """

    files: Mapping[str, bytes | None]
    before: Mapping[str, str | None]
    title: str
    editor: str
    approver: str
    at: datetime


class WorkingCopy(Protocol):
    """The content folder in a git working copy; all calls block."""

    def read(self, path: str) -> bytes | None:
        """A file as it stands now; None where there is none.

        Raises:
            RejectedError: The path is none of the content.
        """

    def paths(self) -> Sequence[str]:
        """Every content file, sorted."""

    def publish(self, publication: Publication) -> str:
        """Writes the files and one commit of exactly them; the id of the commit.

        Raises:
            ChangedMeanwhileError: A file is not any more what the editor saw.
            RejectedError: A path is none of the content.
            UnavailableError: The folder cannot be written.
        """

    def history(self, count: int) -> Sequence[Revision]:
        """The newest `count` commits that changed content, the newest first."""

    def files_at(self, commit: str) -> Mapping[str, bytes]:
        """Every content file as it stood in a commit; its id, or the beginning of it.

        Raises:
            RejectedError: There is no such commit.
        """

    def changes(self, commit: str) -> Mapping[str, tuple[bytes | None, bytes | None]]:
        """What each file held before and after a commit.

        Raises:
            RejectedError: There is no such commit.
        """
