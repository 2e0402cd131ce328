"""A file while somebody types it: what the check says of it, and what customers would read."""

import asyncio
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from servicebot.content.check_one import CheckedBase, check_one, checked_base
from servicebot.content.content import Content
from servicebot.content.content_files import read_folder
from servicebot.content.overlay import read_alone
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.content_path import is_content_path
from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.ports.clock import Clock
from servicebot.studio.editions import CheckedEdition, EditionFolders
from servicebot.studio.preview import Preview, preview


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedText:
    """What stands in an editor.

    Attributes:
        path: Of the file.
        text: As typed.
        line: Where the cursor stands, from 1.
    """

    path: str
    text: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """A file as it stands in an editor.

    Attributes:
        faults: What must be mended, and what should be.
        preview: What it says; None where it cannot be read.
        whole: Whether it was checked beside everything; else its form alone, because the live
            content cannot be read itself.
    """

    faults: tuple[ContentFault, ...]
    preview: Preview | None
    whole: bool


class TypedFiles:
    """Checks and shows one file at a time, in a thread; nothing is saved."""

    def __init__(self, folders: EditionFolders, flows: Collection[str], clock: Clock) -> None:
        """Takes the editions, and the tasks that intents may name."""
        self._folders = folders
        self._flows = flows
        self._clock = clock
        self._one = asyncio.Lock()
        self._known: tuple[Path, CheckedBase] | None = None

    async def look(self, draft: Draft | None, typed: TypedText) -> Typed:
        """What the check says of a text as a file of a draft, and what it says to customers.

        Args:
            draft: Its other files count too; None for the live content.
            typed: The file.

        Raises:
            RejectedError: The path is none of the content.
            UnavailableError: The disk does not do it.
        """
        if not is_content_path(typed.path):
            raise ContentRefusedError(ContentRefusal.NO_CONTENT_FILE, named=typed.path)
        live = await self._folders.live()
        today = self._clock.now().astimezone(BANK_ZONE).date()
        others = draft.files.items() if draft is not None else ()
        beside = {
            path: None if one.text is None else one.text.encode()
            for path, one in others
            if path != typed.path
        }
        async with self._one:
            return await asyncio.to_thread(self._look, live, beside, typed, today)

    def _look(
        self,
        live: CheckedEdition,
        beside: Mapping[str, bytes | None],
        typed: TypedText,
        today: date,
    ) -> Typed:
        data = typed.text.encode()
        if live.content is None:
            return Typed(faults=_of_form(typed.path, data), preview=None, whole=False)
        base = self._base(live.folder, live.content)
        found = check_one(base, beside, typed.path, data, flows=self._flows, today=today)
        shown = None
        if found.content is not None:
            shown = preview(found.content, typed.path, typed.text, typed.line, today)
        return Typed(faults=found.faults, preview=shown, whole=True)

    def _base(self, folder: Path, content: Content) -> CheckedBase:
        """Found out once for each edition."""
        if self._known is None or self._known[0] != folder:
            self._known = folder, checked_base(content, read_folder(folder))
        return self._known[1]


def _of_form(path: str, data: bytes) -> tuple[ContentFault, ...]:
    try:
        read_alone(path, data)
    except ContentError as error:
        return error.faults
    return ()
