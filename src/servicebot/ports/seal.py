"""The port to the seal: what customers said and who they are stands in no store in the clear."""

from typing import Protocol


class Seal(Protocol):
    """Encrypts what is stored and binds it to the place it is about.

    `about` names that place: a conversation, a turn, a ticket. What was copied from one place to
    another cannot be read there.
    """

    def close(self, plain: bytes, about: str) -> bytes:
        """The bytes, sealed with the key in use."""

    def open(self, sealed: bytes, about: str) -> bytes:
        """What was sealed.

        Raises:
            UnreadableError: It was never sealed, was changed, is about something else, or its key
                is gone.
        """

    def renew(self, sealed: bytes, about: str) -> bytes | None:
        """The same, sealed with the key in use; None where it is that already.

        Raises:
            UnreadableError: As `open`.
        """
