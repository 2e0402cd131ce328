"""Folders of editions: the live content, and the content with a draft, loaded and checked."""

import asyncio
import shutil
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebot.content.checked_content import CheckedContent
from servicebot.content.content import Content
from servicebot.domain.drafts import Draft, DraftFile
from servicebot.domain.errors import ContentFault, UnavailableError
from servicebot.studio.draft_folder import write_draft_folder

Load = Callable[[Path], CheckedContent]
_KEPT: Final = 8  # folders of some megabytes


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedEdition:
    """An edition in a folder of its own that nobody changes.

    Attributes:
        folder: Where it lies.
        version: Hash of its content; empty where it cannot be loaded.
        content: What was loaded; None where that failed.
        faults: What the check says.
    """

    folder: Path
    version: str
    content: Content | None
    faults: tuple[ContentFault, ...]


class EditionFolders:
    """Makes each edition once and forgets the oldest."""

    def __init__(self, content_dir: Path, folder: Path, load: Load) -> None:
        """Takes the live content, a folder for copies, and what loads and checks one of them."""
        self._content_dir = content_dir
        self._folder = folder
        self._load = load
        self._known: OrderedDict[str, CheckedEdition] = OrderedDict()
        self._one = asyncio.Lock()

    async def live(self) -> CheckedEdition:
        """The content as it lies there now.

        Raises:
            UnavailableError: The disk does not do it.
        """
        return await self._made("live", {})

    async def of_draft(self, draft: Draft) -> CheckedEdition:
        """The content as it lies there now with a draft.

        Raises:
            UnavailableError: The disk does not do it.
        """
        return await self._made(draft.version, draft.files)

    async def _made(self, name: str, files: Mapping[str, DraftFile]) -> CheckedEdition:
        async with self._one:
            try:
                stamp = await asyncio.to_thread(_stamp, self._content_dir)
                key = f"{name}-{stamp}"
                if key not in self._known:
                    self._known[key] = await asyncio.to_thread(self._make, key, files)
                    self._forget_oldest()
            except OSError as error:
                raise UnavailableError(f"The studio's folder cannot be used: {error}") from error
            self._known.move_to_end(key)
            return self._known[key]

    def _make(self, key: str, files: Mapping[str, DraftFile]) -> CheckedEdition:
        target = self._folder / key
        write_draft_folder(self._content_dir, files, target)
        found = self._load(target)
        version = found.content.version if found.content is not None else ""
        return CheckedEdition(
            folder=target, version=version, content=found.content, faults=found.faults
        )

    def _forget_oldest(self) -> None:
        while len(self._known) > _KEPT:
            _, edition = self._known.popitem(last=False)
            shutil.rmtree(edition.folder, ignore_errors=True)


def _stamp(folder: Path) -> str:
    """Tells one state of the folder from another without reading it: newest change, sizes, names."""
    files = [
        (file.relative_to(folder).as_posix(), found.st_mtime_ns, found.st_size)
        for name in ("knowledge_base", "intents")
        for file in sorted((folder / name).rglob("*"))
        if file.is_file() and not file.name.startswith(".")
        for found in (file.stat(),)
    ]
    return f"{abs(hash(tuple(files))):016x}"
