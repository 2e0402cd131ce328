"""The content folder in a git working copy: files stay the truth, and each publication is a commit."""

import fcntl
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from dulwich.errors import NotGitRepository
from dulwich.index import index_entry_from_stat
from dulwich.object_store import commit_tree_changes
from dulwich.objects import Blob, Commit, ObjectID, Tree
from dulwich.objectspec import parse_commit, parse_object
from dulwich.refs import HEADREF
from dulwich.repo import Repo

from servicebot.adapters.in_git.revisions import (
    content_paths,
    read_changes,
    read_files,
    revision_of,
)
from servicebot.adapters.in_git.written_file import write_file
from servicebot.domain.content_path import FOLDERS, is_content_path
from servicebot.domain.content_refusal import (
    ContentChangedError,
    ContentRefusal,
    ContentRefusedError,
)
from servicebot.domain.errors import UnavailableError
from servicebot.domain.file_hash import file_hash
from servicebot.ports.working_copy import Publication, Revision

_PLAIN_FILE: Final = 0o100644
_TRIES: Final = 5  # somebody else may commit at the same moment
_FIRST: Final = "The content as it stood when the studio began"
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,80}([~^][0-9]{0,4}){0,3}")
_PROGRAM: Final = "servicebot"


class GitWorkingCopy:
    """Commits exactly what is published, whatever else lies changed in the working copy."""

    def __init__(self, folder: Path) -> None:
        """Opens the working copy that the content folder lies in.

        Where it lies in none, the first publication makes one of it.

        Args:
            folder: Holds `knowledge_base/` and `intents/`.

        Raises:
            UnavailableError: The folder cannot be read.
        """
        self._folder = folder.resolve()
        self._prefix = ""
        try:
            self._found: Repo | None = Repo.discover(os.fspath(self._folder))
        except NotGitRepository:
            self._found = None
        except OSError as error:
            raise UnavailableError(f"The content has no working copy: {error}") from error
        if self._found is not None:
            root = Path(self._found.path).resolve()
            inside = self._folder.relative_to(root).as_posix()
            self._prefix = "" if inside == "." else f"{inside}/"

    @property
    def _repo(self) -> Repo:
        if self._found is None:
            raise ContentRefusedError(ContentRefusal.NOTHING_PUBLISHED)
        return self._found

    def close(self) -> None:
        """Closes its files."""
        if self._found is not None:
            self._found.close()

    def read(self, path: str) -> bytes | None:
        """A file as it stands now; None where there is none."""
        file = self._file(path)
        try:
            return file.read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None
        except OSError as error:
            raise UnavailableError(f"{path} cannot be read: {error.strerror}") from error

    def paths(self) -> Sequence[str]:
        """Every content file, sorted."""
        files = (file for name in FOLDERS for file in (self._folder / name).rglob("*"))
        found = (file.relative_to(self._folder).as_posix() for file in files if file.is_file())
        return sorted(path for path in found if is_content_path(path))

    def publish(self, publication: Publication) -> str:
        """Writes the files and one commit of exactly them."""
        if self._found is None:
            self._begin(publication.at)
        with self._alone():
            self._require_unchanged(publication)
            try:
                return self._publish(publication)
            except OSError as error:
                raise UnavailableError(f"The content cannot be written: {error}") from error

    def history(self, count: int) -> Sequence[Revision]:
        """The newest commits that changed content, the newest first."""
        if self._found is None or self._head() is None:
            return ()
        paths = [f"{self._prefix}{name}".encode() for name in FOLDERS]
        walker = self._repo.get_walker(paths=paths, max_entries=count)
        return tuple(
            revision_of(entry.commit, content_paths(self._repo, entry.commit, self._prefix))
            for entry in walker
        )

    def files_at(self, commit: str) -> Mapping[str, bytes]:
        """Every content file as it stood in a commit."""
        return read_files(self._repo, self._named(commit), self._prefix)

    def changes(self, commit: str) -> Mapping[str, tuple[bytes | None, bytes | None]]:
        """What each content file held before and after a commit."""
        return read_changes(self._repo, self._named(commit), self._prefix)

    def _named(self, commit: str) -> Commit:
        """By its id, the beginning of one, or a name such as `HEAD~3`."""
        for parse in (parse_commit, parse_object) if _NAME.fullmatch(commit) else ():
            try:
                found = parse(self._repo, commit.encode("ascii"))
            except (KeyError, ValueError, IndexError, UnicodeEncodeError):
                continue
            if isinstance(found, Commit):
                return found
        raise ContentRefusedError(ContentRefusal.NO_COMMIT, named=commit)

    def _begin(self, now: datetime) -> None:
        try:
            self._found = Repo.init(os.fspath(self._folder))
        except OSError as error:
            raise UnavailableError(f"No history of the content can be begun: {error}") from error
        found = {path: self.read(path) for path in self.paths()}
        self.publish(
            Publication(
                files=found,
                before={path: file_hash(data) for path, data in found.items()},
                title=_FIRST,
                editor=_PROGRAM,
                approver=_PROGRAM,
                at=now,
            )
        )

    def _file(self, path: str) -> Path:
        if not is_content_path(path):
            raise ContentRefusedError(ContentRefusal.NO_CONTENT_FILE, named=path)
        file = self._folder / path
        if not file.resolve().is_relative_to(self._folder):
            raise ContentRefusedError(ContentRefusal.LEADS_OUT, named=path)
        return file

    def _require_unchanged(self, publication: Publication) -> None:
        """A file that already is as wanted is fine: an earlier try may have been cut off."""
        for path, wanted in publication.files.items():
            now = self.read(path)
            if now != wanted and file_hash(now) != publication.before[path]:
                raise ContentChangedError(ContentRefusal.FILE_CHANGED, named=path)

    def _publish(self, publication: Publication) -> str:
        blobs = {path: _blob(data) for path, data in publication.files.items()}
        for blob in filter(None, blobs.values()):
            self._repo.object_store.add_object(blob)
        for path, data in publication.files.items():
            if self.read(path) != data:
                write_file(self._file(path), data)
        for _ in range(_TRIES):
            head = self._head()
            tree = self._tree(head, blobs)
            if head is not None and tree == self._commit_of(head).tree:
                return self._last_of(blobs)  # an earlier try was cut off behind its commit
            commit = _commit(tree, [head] if head is not None else [], publication)
            self._repo.object_store.add_object(commit)
            if self._repo.refs.set_if_equals(
                HEADREF, head, commit.id, message=b"studio: " + publication.title.encode()
            ):
                self._refresh_index(blobs)
                return commit.id.decode("ascii")
        raise ContentChangedError(ContentRefusal.OTHERS_COMMIT)

    def _last_of(self, paths: Iterable[str]) -> str:
        """The newest commit that changed one of some files; the newest of all where none did."""
        names = [f"{self._prefix}{path}".encode() for path in paths]
        entry = next(iter(self._repo.get_walker(paths=names, max_entries=1)), None)
        return (self._repo.head() if entry is None else entry.commit.id).decode("ascii")

    def _tree(self, head: ObjectID | None, blobs: Mapping[str, Blob | None]) -> ObjectID:
        if head is None:
            base: Tree = Tree()
            self._repo.object_store.add_object(base)
            root = base.id
        else:
            root = self._commit_of(head).tree
        changes = [
            (
                f"{self._prefix}{path}".encode(),
                _PLAIN_FILE if blob is not None else None,
                blob.id if blob is not None else None,
            )
            for path, blob in blobs.items()
            if blob is not None or self._holds(root, path)
        ]
        return commit_tree_changes(self._repo.object_store, root, changes)

    def _holds(self, root: ObjectID, path: str) -> bool:
        tree = self._repo[root]
        try:
            assert isinstance(tree, Tree)  # noqa: S101  a commit's tree
            tree.lookup_path(self._repo.__getitem__, f"{self._prefix}{path}".encode())
        except KeyError:
            return False
        return True

    def _commit_of(self, head: ObjectID) -> Commit:
        found = self._repo[head]
        assert isinstance(found, Commit)  # noqa: S101  what HEAD names
        return found

    def _refresh_index(self, blobs: Mapping[str, Blob | None]) -> None:
        """Only the published files: what an engineer has staged stays staged."""
        index = self._repo.open_index()
        for path, blob in blobs.items():
            name = f"{self._prefix}{path}".encode()
            if blob is not None:
                index[name] = index_entry_from_stat(self._file(path).stat(), blob.id)
            elif name in index:
                del index[name]
        index.write()

    def _head(self) -> ObjectID | None:
        try:
            return self._repo.head()
        except KeyError:
            return None

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One publication at a time on this machine."""
        with (Path(self._repo.controldir()) / "servicebot.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _blob(data: bytes | None) -> Blob | None:
    return None if data is None else Blob.from_string(data)


def _commit(tree: ObjectID, parents: list[ObjectID], what: Publication) -> Commit:
    commit = Commit()
    commit.tree = tree
    commit.parents = parents
    commit.author, commit.committer = _person(what.editor), _person(what.approver)
    commit.author_time = commit.commit_time = int(what.at.timestamp())
    commit.author_timezone = commit.commit_timezone = 0
    commit.encoding = b"UTF-8"
    approved = f"Approved-by: {_plain(what.approver)}"
    commit.message = f"{_plain(what.title)}\n\n{approved}\n".encode()
    return commit


def _person(name: str) -> bytes:
    plain = _plain(name)
    return f"{plain} <{hashlib.sha256(plain.encode()).hexdigest()[:12]}@studio.invalid>".encode()


def _plain(text: str) -> str:
    """One line, without the signs that git takes for its own."""
    return " ".join(text.replace("<", "").replace(">", "").split()) or "nobody"
