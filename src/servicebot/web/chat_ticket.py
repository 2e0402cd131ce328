"""Tickets of the chat page: a conversation's name, signed, so that nobody opens another's."""

import secrets
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from servicebot.domain.errors import SignatureError

CONVERSATION_BYTES: Final = 16
LIFETIME_S: Final = 30 * 86_400
PREFIX: Final = "page-"


class ChatTickets:
    """Issues and reads tickets."""

    def __init__(self, secret: str) -> None:
        """Takes the signing secret; another one makes all tickets void."""
        self._serializer = URLSafeTimedSerializer(secret, salt="chat-ticket")

    def issue(self) -> tuple[str, str]:
        """A new conversation that cannot be guessed.

        Returns:
            Its name and its ticket.
        """
        name = PREFIX + secrets.token_hex(CONVERSATION_BYTES)
        return name, self._serializer.dumps(name)

    def read(self, ticket: str) -> str:
        """The conversation of a ticket.

        Raises:
            SignatureError: It was not issued here or is too old.
        """
        try:
            name: str = self._serializer.loads(ticket, max_age=LIFETIME_S)
        except (BadSignature, UnicodeEncodeError) as error:
            raise SignatureError("The chat ticket is not valid; open a new chat.") from error
        return name
