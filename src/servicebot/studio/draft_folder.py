"""The content as it would be with a draft, in a folder of its own."""

import shutil
from collections.abc import Mapping
from pathlib import Path

from servicebot.domain.content_path import FOLDERS, is_content_path
from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import DraftFile


def write_draft_folder(content_dir: Path, files: Mapping[str, DraftFile], target: Path) -> None:
    """Copies the content and writes the draft's files over it.

    Args:
        content_dir: Holds `knowledge_base/` and `intents/`.
        files: By path below it.
        target: A folder that is made anew.

    Raises:
        RejectedError: A path is none of the content.
        OSError: The disk does not do it.
    """
    shutil.rmtree(target, ignore_errors=True)
    for name in FOLDERS:
        if (content_dir / name).is_dir():
            shutil.copytree(content_dir / name, target / name)
    for path, file in files.items():
        if not is_content_path(path):
            raise ContentRefusedError(ContentRefusal.NO_CONTENT_FILE, named=path)
        place = target / path
        if file.text is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.text.encode())
