"""Commits as the studio shows them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from dulwich.diff_tree import TreeChange, tree_changes
from dulwich.object_store import iter_tree_contents
from dulwich.objects import Blob, Commit, ObjectID
from dulwich.repo import Repo

from servicebot.domain.content_path import is_content_path
from servicebot.ports.working_copy import Revision


def revision_of(commit: Commit, paths: tuple[str, ...]) -> Revision:
    """A commit in words."""
    title = commit.message.decode("utf-8", "replace").partition("\n")[0]
    return Revision(
        id=commit.id.decode("ascii"),
        at=datetime.fromtimestamp(commit.commit_time, UTC),
        editor=_name(commit.author),
        approver=_name(commit.committer),
        title=title,
        paths=paths,
    )


def content_paths(repo: Repo, commit: Commit, prefix: str) -> tuple[str, ...]:
    """The content files that a commit changes, without the folder they lie in."""
    return tuple(sorted({path for path, _ in _changed(repo, commit, prefix)}))


def read_changes(
    repo: Repo, commit: Commit, prefix: str
) -> Mapping[str, tuple[bytes | None, bytes | None]]:
    """What each content file held before and after a commit."""
    return {
        path: (
            _bytes(repo, change.old.sha if change.old is not None else None),
            _bytes(repo, change.new.sha if change.new is not None else None),
        )
        for path, change in _changed(repo, commit, prefix)
    }


def read_files(repo: Repo, commit: Commit, prefix: str) -> Mapping[str, bytes]:
    """Every content file as it stood in a commit."""
    found = {}
    for entry in iter_tree_contents(repo.object_store, commit.tree):
        name = (entry.path or b"").decode("utf-8", "replace")
        path = name.removeprefix(prefix)
        if name.startswith(prefix) and is_content_path(path):
            found[path] = _bytes(repo, entry.sha) or b""
    return found


def _changed(repo: Repo, commit: Commit, prefix: str) -> Iterator[tuple[str, TreeChange]]:
    before = None
    if commit.parents:
        parent = repo[commit.parents[0]]
        before = parent.tree if isinstance(parent, Commit) else None
    for change in tree_changes(repo.object_store, before, commit.tree):
        entry = change.new if change.new is not None and change.new.path else change.old
        name = (entry.path or b"").decode("utf-8", "replace") if entry is not None else ""
        path = name.removeprefix(prefix)
        if name.startswith(prefix) and is_content_path(path):
            yield path, change


def _bytes(repo: Repo, sha: ObjectID | None) -> bytes | None:
    if sha is None:
        return None
    found = repo[sha]
    return found.data if isinstance(found, Blob) else None


def _name(person: bytes) -> str:
    return person.decode("utf-8", "replace").partition(" <")[0]
