"""One version of content and model, and what handles messages by it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import InboundMessage
from servicebot.ports.mailbox import TurnResult


class Handles(Protocol):
    """What is run for each message."""

    async def run(
        self, message: InboundMessage, state: Conversation | None, now: datetime
    ) -> TurnResult:
        """Handles one message; storing is the worker's part."""


class GivesUp(Protocol):
    """What ends a message that failed too often."""

    def give_up(
        self, message: InboundMessage, state: Conversation | None, now: datetime
    ) -> TurnResult:
        """The turn that is committed instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """All that a turn takes at its beginning, and keeps to its end.

    Attributes:
        version: Hash of its content.
        turn: Handles messages by it.
        apologist: Ends those that cannot be handled.
    """

    version: str
    turn: Handles
    apologist: GivesUp


class Editions:
    """The edition in use; another may take its place between two turns."""

    def __init__(self, first: Edition) -> None:
        self._current = first

    @property
    def current(self) -> Edition:
        """What a turn that begins now is handled by."""
        return self._current

    def publish(self, edition: Edition) -> None:
        """Turns that begin from now on are handled by this one; those under way end as they began."""
        self._current = edition
