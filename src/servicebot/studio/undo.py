"""The publication that makes files as they were before a commit."""

from datetime import datetime

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.file_hash import file_hash
from servicebot.ports.working_copy import Publication, WorkingCopy


def undo(copy: WorkingCopy, commit: str, person: str, at: datetime) -> str:
    """Publishes the files of a commit as they were before it; the id of the commit that does it.

    Raises:
        ChangedMeanwhileError: One of them has been changed again since.
        RejectedError: There is no such commit, or it changed no content.
        UnavailableError: The folder cannot be written.
    """
    found = copy.changes(commit)
    if not found:
        raise ContentRefusedError(ContentRefusal.NO_CONTENT_IN_COMMIT)
    return copy.publish(
        Publication(
            files={path: before for path, (before, _) in found.items()},
            before={path: file_hash(after) for path, (_, after) in found.items()},
            title=f"Roll back {commit[:12]}",
            editor=person,
            approver=person,
            at=at,
        )
    )
