"""A draft: a change of the content on its way from an editor to the customers."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError

_VERSION_LENGTH = 16


class DraftState(StrEnum):
    """How far a draft is.

    Attributes:
        OPEN: Somebody writes it.
        IN_REVIEW: It waits for a second person.
        PUBLISHING: It is being written into the working copy.
        PUBLISHED: It is in the working copy.
        DROPPED: Its author gave it up.
    """

    OPEN = "open"
    IN_REVIEW = "in_review"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftFile:
    """One file that a draft changes.

    Attributes:
        text: What it shall hold; None takes it away.
        before: SHA-256 of what the editor saw, hexadecimal; None where there was no file.
    """

    text: str | None
    before: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedGroup:
    """Past questions that a draft answers otherwise, all from one answer to another.

    No words of customers are in it, so it may be kept.

    Attributes:
        id: Of both answers; the same wherever it is found again.
        was: The topic and rule before.
        becomes: Those of the draft.
        questions: How many different questions.
        asked: How often they were asked.
        solved: How often customers said that the answer before solved it.
        unsolved: How often they said that it did not.
    """

    id: str
    was: str
    becomes: str
    questions: int
    asked: int
    solved: int = 0
    unsolved: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectSummary:
    """What a draft would change.

    Attributes:
        of: Version of the draft's files.
        live: Version of the content it was compared with.
        questions: How many different questions were compared.
        groups: Those that come out otherwise.
    """

    of: str
    live: str
    questions: int
    groups: tuple[ChangedGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Somebody has seen what a group changes, and wants it.

    Attributes:
        group: Of which group.
        person: Who.
        of: Version of the draft's files that they saw.
        at: When, UTC.
    """

    group: str
    person: str
    of: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A change of the content.

    Attributes:
        id: Chosen by the store.
        title: What it is for, in its author's words.
        author: Who began it; they cannot approve it.
        state: How far it is.
        created: When it was begun, UTC.
        changed: When anything of it was changed last, UTC.
        revision: Counts the changes, so that of two at once the second is refused.
        files: By path below the content folder.
        effect: What it changes, as far as it was looked at.
        signatures: Of those who are for it.
        said: What a reviewer wrote when they gave it back.
        approver: Who published it, or None.
        commit: Where it stands in the history, or None.
        editors: Everybody who wrote in it.
    """

    id: str
    title: str
    author: str
    state: DraftState
    created: datetime
    changed: datetime
    revision: int = 0
    files: Mapping[str, DraftFile] = field(default_factory=dict)
    effect: EffectSummary | None = None
    signatures: tuple[Signature, ...] = ()
    said: str = ""
    approver: str | None = None
    commit: str | None = None
    editors: tuple[str, ...] = ()

    @property
    def version(self) -> str:
        """Hash of all it changes."""
        told = json.dumps(
            {path: [one.text, one.before] for path, one in sorted(self.files.items())},
            ensure_ascii=False,
        )
        return hashlib.sha256(told.encode()).hexdigest()[:_VERSION_LENGTH]

    def with_file(self, path: str, file: DraftFile | None, person: str, at: datetime) -> "Draft":
        """The draft with one file changed, or with None as if it had never been touched.

        Raises:
            RejectedError: It is not open any more.
        """
        if self.state is not DraftState.OPEN:
            raise ContentRefusedError(ContentRefusal.NOT_OPEN)
        files = {name: one for name, one in self.files.items() if name != path}
        if file is not None:
            files[path] = file
        editors = self.editors if person in self.editors else (*self.editors, person)
        return replace(self, files=files, changed=at, editors=editors)

    def moved(self, state: DraftState, at: datetime) -> "Draft":
        """The draft in another state.

        Raises:
            RejectedError: It cannot get there from where it is.
        """
        if state not in _WAYS[self.state]:
            raise ContentRefusedError(ContentRefusal.NO_WAY, named=f"{self.state} -> {state}")
        return replace(self, state=state, changed=at)

    def unsigned(self) -> tuple[ChangedGroup, ...]:
        """The groups of its effect that nobody but its editors is for, as its files are now."""
        if self.effect is None:
            return ()
        signed = {
            one.group
            for one in self.signatures
            if one.of == self.version and one.person not in {self.author, *self.editors}
        }
        return tuple(one for one in self.effect.groups if one.id not in signed)


_WAYS: Mapping[DraftState, frozenset[DraftState]] = {
    DraftState.OPEN: frozenset({DraftState.IN_REVIEW, DraftState.DROPPED}),
    DraftState.IN_REVIEW: frozenset({DraftState.OPEN, DraftState.PUBLISHING, DraftState.DROPPED}),
    DraftState.PUBLISHING: frozenset({DraftState.PUBLISHED, DraftState.IN_REVIEW}),
    DraftState.PUBLISHED: frozenset(),
    DraftState.DROPPED: frozenset(),
}
