"""The outbox on Redis: order per conversation, one winner between response and push."""

import logging
from collections.abc import Sequence
from itertools import count

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, lasting
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.ports.outbox import Delivery, Fate, Pushed
from servicebot.turns.sealed_form import SealedForm

_logger = logging.getLogger(__name__)


class RedisOutbox:
    """What was committed and still has to reach the customer."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._form = form
        self._partitions = partitions
        self._turn = count()

    async def claim_delivery(self, lease_s: float) -> Delivery | None:
        """Takes a message that is due and first in its conversation."""
        first = next(self._turn)
        for number in range(self._partitions.count):
            partition = self._partitions.at((first + number) % self._partitions.count)
            found = await self._scripts.run("claim_delivery", partition, lasting(lease_s))
            if found:
                return await self._read(partition, *found)
        return None

    async def _read(
        self, partition: str, delivery_id: bytes, pairs: list[bytes]
    ) -> Delivery | None:
        """The delivery; one that cannot be read is given up, so that it stops no other."""
        try:
            return _delivery(self._form, delivery_id, pairs)
        except ValueError as error:
            row = dict(zip(pairs[::2], pairs[1::2], strict=True))
            why = f"unreadable: {error}"
            values = (row[b"conversation"], delivery_id, row[b"token"], Fate.DEAD.value, why)
            await self._scripts.run("end_delivery", partition, *values)
            _logger.error("unreadable", extra={"what": "delivery", "why": str(error)})  # noqa: TRY400
            return None

    async def delivered(self, delivery: Delivery) -> None:
        """Marks it sent."""
        await self._end(delivery, Fate.SENT, "")

    async def undeliverable(self, delivery: Delivery, why: str, fate: Fate = Fate.DEAD) -> None:
        """Gives it up and keeps it with the reason."""
        await self._end(delivery, fate, why)

    async def pushed(
        self,
        conversation_id: str,
        channel: str,  # noqa: ARG002  a conversation is of one channel
        reply_to: Sequence[str],
    ) -> tuple[Pushed, ...]:
        """How far the answers to some messages are."""
        partition = self._partitions.of(conversation_id)
        found = await self._scripts.run("pushed", partition, conversation_id, *reply_to)
        return tuple(
            Pushed(reply_to=name.decode(), rank=int(rank), fate=Fate(fate.decode()))
            for name, rank, fate in found
        )

    async def postpone(self, delivery: Delivery, wait_s: float) -> None:
        """Tries it again later."""
        await self._postpone(delivery, wait_s, counts=1)

    async def take_replies(
        self, message: InboundMessage, lease_s: float
    ) -> tuple[Delivery, ...] | None:
        """Takes the answers to one message that nobody is pushing."""
        found = await self._scripts.run(
            "take_replies",
            self._partitions.of(message.conversation_id),
            message.conversation_id,
            message.key,
            message.channel,
            message.message_id,
            lasting(lease_s),
        )
        if found is None:
            return None
        taken = (_delivery(self._form, *one) for one in found)
        return tuple(sorted(taken, key=lambda one: one.reply_to_rank))

    async def give_back_replies(self, deliveries: Sequence[Delivery]) -> None:
        """Puts taken answers back, due at once; no try is counted."""
        for delivery in deliveries:
            await self._postpone(delivery, 0.0, counts=0)

    async def _postpone(self, delivery: Delivery, wait_s: float, *, counts: int) -> None:
        await self._scripts.run(
            "postpone_delivery",
            self._partitions.of(delivery.conversation_id),
            delivery.conversation_id,
            delivery.id,
            delivery.token,
            lasting(wait_s),
            counts,
        )

    async def _end(self, delivery: Delivery, fate: Fate, why: str) -> None:
        await self._scripts.run(
            "end_delivery",
            self._partitions.of(delivery.conversation_id),
            delivery.conversation_id,
            delivery.id,
            delivery.token,
            fate.value,
            why,
        )


def _delivery(form: SealedForm, delivery_id: bytes, pairs: list[bytes]) -> Delivery:
    row = dict(zip(pairs[::2], pairs[1::2], strict=True))
    conversation = row[b"conversation"].decode()
    return Delivery(
        id=int(delivery_id),
        token=int(row[b"token"]),
        conversation_id=conversation,
        channel=row[b"channel"].decode(),
        recipient=row[b"recipient"].decode(),
        reply_to=row[b"reply_to"].decode(),
        reply_to_rank=int(row[b"rank"]),
        message=form.read(OutboundMessage, row[b"body"], conversation),
        tries=int(row[b"tries"]),
    )
