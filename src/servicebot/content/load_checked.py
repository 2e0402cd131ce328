"""Loads a content and checks it: what may serve, or why it may not."""

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from servicebot.content.check import check_content
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.domain.errors import ContentError, ContentFault


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedContent:
    """A content with what the check says of it.

    Attributes:
        content: What was loaded; None where that failed.
        faults: Why it must not be published; empty where nothing stands against it.
    """

    content: Content | None
    faults: tuple[ContentFault, ...]


def load_checked(folder: Path, flows: Collection[str]) -> CheckedContent:
    """Loads the content below a folder and checks it; some seconds of one core.

    Args:
        folder: Holds `knowledge_base/` and `intents/`.
        flows: The tasks that intents may name.
    """
    try:
        content = load_content(folder)
    except ContentError as error:
        return CheckedContent(content=None, faults=error.faults)
    return CheckedContent(content=content, faults=check_content(content, folder, flows))
