"""The way of a draft: begun, written, compared with what was asked, reviewed, published."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from servicebot.domain.content_refusal import (
    ContentChangedError,
    ContentRefusal,
    ContentRefusedError,
)
from servicebot.domain.drafts import Draft, DraftFile, DraftState, Signature
from servicebot.domain.errors import RejectedError, ServicebotError
from servicebot.domain.file_hash import file_hash, stamp_of
from servicebot.ports.clock import Clock
from servicebot.ports.drafts import Drafts
from servicebot.ports.working_copy import Publication, Revision, WorkingCopy
from servicebot.studio.editions import EditionFolders
from servicebot.studio.ready import require_clean, require_ready, require_second
from servicebot.studio.undo import undo

_ID_BYTES: Final = 8
_MOST_DRAFTS: Final = 100
_logger = logging.getLogger(__name__)


class UnknownDraftError(ContentRefusedError):
    """There is no such draft."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Studio:
    """Drafts and their publication.

    Attributes:
        drafts: Where they are kept.
        copy: The files and their history.
        folders: The content with a draft, checked.
        clock: The time.
    """

    drafts: Drafts
    copy: WorkingCopy
    folders: EditionFolders
    clock: Clock

    async def begin(self, title: str, person: str) -> Draft:
        """A new draft of nobody else."""
        now = self.clock.now()
        draft = Draft(
            id=secrets.token_hex(_ID_BYTES),
            title=title,
            author=person,
            editors=(person,),
            state=DraftState.OPEN,
            created=now,
            changed=now,
        )
        await self.drafts.add(draft)
        return draft

    async def every(self) -> Sequence[Draft]:
        """The newest drafts."""
        return await self.drafts.every(_MOST_DRAFTS)

    async def find(self, draft_id: str) -> Draft:
        """One draft.

        Raises:
            UnknownDraftError: There is none.
        """
        draft = await self.drafts.find(draft_id)
        if draft is None:
            raise UnknownDraftError(ContentRefusal.NO_DRAFT)
        return draft

    async def read(self, path: str) -> str | None:
        """A live file; None where there is none.

        Raises:
            RejectedError: It is none of the content, or no text.
        """
        return _text(path, await asyncio.to_thread(self.copy.read, path))

    async def write(
        self, draft: Draft, path: str, text: str | None, person: str, *, seen: str | None = None
    ) -> Draft:
        """The draft with a file as it shall be; what equals the live one is no change any more.

        Args:
            draft: As it is stored.
            path: Of the file.
            text: As it shall be; None takes the file away.
            person: Who writes.
            seen: `stamp_of` the text that this was made of; None writes over whatever stands there.

        Raises:
            RejectedError: The path is none of the content, or the draft is not open.
            ChangedMeanwhileError: Somebody else changed the draft, or the file in it.
        """
        data = await asyncio.to_thread(self.copy.read, path)
        known = draft.files.get(path)
        now = known.text if known is not None else _text(path, data)
        if seen is not None and seen != stamp_of(now):
            raise ContentChangedError(ContentRefusal.WRITTEN_MEANWHILE, named=path)
        before = known.before if known is not None else file_hash(data)
        wanted = None if text is None else text.encode()
        file = DraftFile(text=text, before=before) if wanted != data else None
        return await self.drafts.save(draft.with_file(path, file, person, self.clock.now()))

    async def write_all(self, draft: Draft, files: Mapping[str, str], person: str) -> Draft:
        """The draft with many files as they shall be, all of them or none.

        Raises:
            RejectedError: A path is none of the content, or the draft is not open.
            ChangedMeanwhileError: Somebody else changed the draft.
        """
        written, now = draft, self.clock.now()
        for path, text in files.items():
            data = await asyncio.to_thread(self.copy.read, path)
            known = draft.files.get(path)
            before = known.before if known is not None else file_hash(data)
            file = DraftFile(text=text, before=before) if text.encode() != data else None
            written = written.with_file(path, file, person, now)
        return await self.drafts.save(written) if files else draft

    async def texts(self, draft: Draft | None, wanted: Callable[[str], bool]) -> dict[str, str]:
        """The files of the content whose path is wanted, as a draft has them, by path.

        Raises:
            RejectedError: One of them is not UTF-8.
        """
        paths = await asyncio.to_thread(self.copy.paths)
        files = draft.files if draft is not None else {}
        found: dict[str, str] = {}
        for path in sorted({*paths, *files}):
            if wanted(path):
                text = files[path].text if path in files else await self.read(path)
                if text is not None:
                    found[path] = text
        return found

    async def take_over(self, draft: Draft, path: str, person: str) -> Draft:
        """Says that the draft's file is meant to replace what stands there now.

        Raises:
            RejectedError: The draft does not change it, or is not open.
        """
        if path not in draft.files:
            raise ContentRefusedError(ContentRefusal.FILE_NOT_IN_DRAFT)
        now = file_hash(await asyncio.to_thread(self.copy.read, path))
        file = replace(draft.files[path], before=now)
        return await self.drafts.save(draft.with_file(path, file, person, self.clock.now()))

    async def move(self, draft: Draft, state: DraftState, said: str = "") -> Draft:
        """The draft in another state; `said` is what a reviewer wrote.

        Raises:
            RejectedError: It cannot get there, or there is nothing in it.
            NotReadyError: The check complains of what is to be reviewed.
        """
        if state is DraftState.IN_REVIEW:
            if not draft.files:
                raise ContentRefusedError(ContentRefusal.NOTHING_CHANGED)
            require_clean(await self.folders.of_draft(draft))
        moved = draft.moved(state, self.clock.now())
        return await self.drafts.save(replace(moved, said=said))

    async def sign(self, draft: Draft, groups: Sequence[str], person: str) -> Draft:
        """Somebody has seen what these groups change.

        Raises:
            RejectedError: They wrote in it themselves, it is not in review, or there is no such
                group.
        """
        require_second(draft, person)
        if draft.state is not DraftState.IN_REVIEW or draft.effect is None:
            raise ContentRefusedError(ContentRefusal.NOT_IN_REVIEW)
        known = {group.id for group in draft.effect.groups}
        if not known.issuperset(groups):
            raise ContentRefusedError(ContentRefusal.NO_GROUP)
        now = self.clock.now()
        new = tuple(
            Signature(group=group, person=person, of=draft.version, at=now) for group in groups
        )
        return await self.drafts.save(replace(draft, signatures=(*draft.signatures, *new)))

    async def publish(self, draft: Draft, person: str) -> Draft:
        """Writes the draft into the working copy; from there it is served.

        Raises:
            NotReadyError: There are complaints, the effect was not looked at, or not all of it is
                signed.
            ChangedMeanwhileError: A file is not any more what its editor saw.
            RejectedError: It is not in review, or the person wrote in it.
        """
        require_second(draft, person)
        edition = await self.folders.of_draft(draft)
        live = await self.folders.live()
        require_ready(draft, edition, live)
        now = self.clock.now()
        begun = draft.moved(DraftState.PUBLISHING, now)
        begun = await self.drafts.save(replace(begun, approver=person))
        return await self._finish(begun)

    async def recover(self) -> None:
        """Finishes the publications that a crash cut off."""
        for draft in await self.every():
            if draft.state is DraftState.PUBLISHING:
                try:
                    await self._finish(draft)
                except ServicebotError:
                    _logger.exception("publication_not_finished", extra={"draft": draft.id})

    async def history(self, count: int) -> Sequence[Revision]:
        """The newest changes of the content."""
        return await asyncio.to_thread(self.copy.history, count)

    async def changes(self, commit: str) -> dict[str, tuple[str | None, str | None]]:
        """What each file held before and after a commit.

        Raises:
            RejectedError: There is no such commit.
        """
        found = await asyncio.to_thread(self.copy.changes, commit)
        return {
            path: (_text(path, before), _text(path, after))
            for path, (before, after) in found.items()
        }

    async def roll_back(self, commit: str, person: str) -> str:
        """Makes the files as they were before a commit; the id of the commit that does it.

        Raises:
            ChangedMeanwhileError: One of them has been changed again since.
            RejectedError: There is no such commit, or it changed no content.
        """
        return await asyncio.to_thread(undo, self.copy, commit, person, self.clock.now())

    async def _finish(self, draft: Draft) -> Draft:
        publication = Publication(
            files={
                path: None if one.text is None else one.text.encode()
                for path, one in draft.files.items()
            },
            before={path: one.before for path, one in draft.files.items()},
            title=draft.title,
            editor=", ".join(draft.editors) or draft.author,
            approver=draft.approver or draft.author,
            at=self.clock.now(),
        )
        try:
            commit = await asyncio.to_thread(self.copy.publish, publication)
        except RejectedError:
            await self.drafts.save(draft.moved(DraftState.IN_REVIEW, self.clock.now()))
            raise
        done = draft.moved(DraftState.PUBLISHED, self.clock.now())
        return await self.drafts.save(replace(done, commit=commit))


def _text(path: str, data: bytes | None) -> str | None:
    try:
        return None if data is None else data.decode()
    except UnicodeDecodeError as error:
        raise ContentRefusedError(ContentRefusal.NOT_UTF8, named=path) from error
