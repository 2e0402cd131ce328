"""The lines of conversations on Redis: written with every accept and commit, read by the pages."""

from servicebot.adapters.in_redis.mailbox import instant
from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import Author, InboundMessage, OutboundMessage, TimelineLine
from servicebot.turns.sealed_form import SealedForm

_MOST = 500


class RedisTimeline:
    """Reads lines, answers and states as last committed."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._form = form
        self._partitions = partitions

    async def lines(self, conversation_id: str, after: int) -> tuple[TimelineLine, ...]:
        """The lines above `after`, oldest first, at most 500."""
        partition = self._partitions.of(conversation_id)
        before, *found = await self._scripts.run("lines", partition, conversation_id, after, _MOST)
        numbered = enumerate(found, int(before) + 1)
        return tuple(_line(self._form, conversation_id, seq, one) for seq, one in numbered)

    async def answers(self, message: InboundMessage) -> tuple[OutboundMessage, ...] | None:
        """The answers to one message, or None while its turn is not done."""
        partition = self._partitions.of(message.conversation_id)
        found = await self._scripts.get(f"{partition}:answers:{message.key}")
        if found is None:
            return None
        return self._form.read(tuple[OutboundMessage, ...], found, message.key)

    async def conversation(self, conversation_id: str) -> Conversation | None:
        """The state as last committed."""
        partition = self._partitions.of(conversation_id)
        state = await self._scripts.get(f"{partition}:c:{conversation_id}", "state")
        return self._form.read(Conversation, state, conversation_id) if state is not None else None


def _line(form: SealedForm, conversation: str, seq: int, stored: bytes) -> TimelineLine:
    at, author, length, rest = stored.split(b" ", 3)
    return TimelineLine(
        seq=seq,
        author=Author(author.decode()),
        at=instant(at),
        message_id=rest[: int(length)].decode(),
        message=_words(form, conversation, rest[int(length) :], Author(author.decode())),
    )


def _words(form: SealedForm, conversation: str, stored: bytes, author: Author) -> OutboundMessage:
    """The words; where they cannot be read an empty line keeps their place."""
    try:
        return form.read(OutboundMessage, stored, conversation)
    except ValueError:
        return OutboundMessage(name="unreadable", author=author, text="")
