"""A content with what the check says of it: what may serve, or why it may not."""

from dataclasses import dataclass

from servicebot.content.content import Content
from servicebot.domain.errors import ContentFault


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedContent:
    """A content that was loaded and checked.

    Attributes:
        content: What was loaded; None where that failed.
        faults: Why it must not be published; empty where nothing stands against it.
    """

    content: Content | None
    faults: tuple[ContentFault, ...]
