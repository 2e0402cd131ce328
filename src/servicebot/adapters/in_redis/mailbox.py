"""The mailbox on Redis. The semantics are those of the contract suite in tests/contracts."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Final

from servicebot.adapters.in_redis.partitions import Partitions
from servicebot.adapters.in_redis.scripts import Scripts, Value, lasting, micros
from servicebot.adapters.in_redis.tickets import RedisTickets
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import StaleClaimError, UnreadableError
from servicebot.domain.messages import InboundMessage, OutboundMessage
from servicebot.domain.tickets import Ticket
from servicebot.ports.mailbox import (
    MOST_WAITING,
    UNREADABLE_TRIES,
    Accepted,
    Claim,
    Load,
    TurnResult,
)
from servicebot.turns.begin_anew import begin_anew
from servicebot.turns.customer_line import customer_line
from servicebot.turns.sealed_form import SealedForm

_DAY_S: Final = 86_400
SEEN_S: Final = 8 * _DAY_S  # WhatsApp repeats webhooks for up to 7 days
ANSWERS_S: Final = 2 * _DAY_S
_OUTCOMES: Final = {0: Accepted.DUPLICATE, 1: Accepted.NEW, 2: Accepted.FULL}


class RedisMailbox:
    """Messages wait here, per conversation and in order."""

    def __init__(self, scripts: Scripts, partitions: Partitions, form: SealedForm) -> None:
        self._scripts = scripts
        self._form = form
        self._partitions = partitions
        self._tickets = RedisTickets(scripts, partitions, form)
        self._turn = count()

    async def accept(self, message: InboundMessage) -> Accepted:
        """Dedupes, stores the message and its line, and marks the conversation ready."""
        line, place = customer_line(message), message.conversation_id
        told = (
            _line(line, self._form.write(line, place), message.message_id)
            if line is not None
            else ""
        )
        outcome = await self._scripts.run_and_copy(
            "accept",
            self._partitions.of(place),
            place,
            message.key,
            self._form.write(message, place),
            told,
            MOST_WAITING,
            SEEN_S,
        )
        return _OUTCOMES[outcome]

    async def claim(self, lease_s: float) -> Claim | None:
        """Takes the ready conversation that has waited longest, of one partition after another."""
        first = next(self._turn)
        for number in range(self._partitions.count):
            partition = self._partitions.at((first + number) % self._partitions.count)
            found = await self._scripts.run("claim", partition, lasting(lease_s))
            if found:
                return await self._read(partition, found)
        return None

    async def renew(self, claim: Claim, lease_s: float) -> bool:
        """Lengthens the lease while the token is the newest and nothing gave the lease back."""
        return bool(
            await self._scripts.run(
                "renew",
                self._partitions.of(claim.conversation_id),
                claim.conversation_id,
                claim.token,
                lasting(lease_s),
            )
        )

    async def commit(self, claim: Claim, result: TurnResult) -> None:
        """Pops the message, stores state, lines, outbox rows, tickets and the receipt."""
        message, form, place = claim.message, self._form, claim.conversation_id
        bodies = [form.write(reply, place) for reply in result.replies]
        lines: list[Value] = []
        for reply, body in zip(result.replies, bodies, strict=True):
            lines += [_line(reply, body, message.message_id), body]
        tickets = [value for ticket in result.tickets for value in _ticket(form, ticket)]
        committed = await self._scripts.run_and_copy(
            "commit",
            self._partitions.of(place),
            place,
            claim.token,
            claim.position,
            form.write(result.conversation, place),
            result.receipt.turn_id,
            form.write(result.receipt, result.receipt.turn_id),
            message.key,
            form.write(result.replies, message.key),
            ANSWERS_S,
            micros(result.push_at) if result.push_at is not None else -1,
            result.conversation.channel,
            result.conversation.sender,
            message.message_id,
            len(bodies),
            *lines,
            len(result.tickets),
            *tickets,
        )
        if not committed:
            raise StaleClaimError(f"The lease of {claim.conversation_id} was lost.")

    async def fail(self, claim: Claim, wait_s: float) -> None:
        """Gives the message back; a lost lease is left to whoever has it now."""
        await self._scripts.run(
            "fail",
            self._partitions.of(claim.conversation_id),
            claim.conversation_id,
            claim.token,
            lasting(wait_s),
        )

    async def load(self) -> Load:
        """How much waits and was done; each partition is asked once."""
        asked = (
            self._scripts.get_all(f"{partition}:depth", f"{partition}:handled")
            for partition in self._partitions.all()
        )
        counts = [[int(count or 0) for count in found] for found in await asyncio.gather(*asked)]
        return Load(waiting=sum(one[0] for one in counts), handled=sum(one[1] for one in counts))

    async def _read(self, partition: str, found: list[bytes]) -> Claim | None:
        """The claim; what cannot be read is put aside, so that it stops nothing."""
        conversation_id, token, head, state, tries, now = found
        position, accepted_at, body = head.split(b" ", 2)
        at = instant(now)
        name = conversation_id.decode()
        aside: tuple[Value, ...] = (name, int(token), int(position))
        try:
            message = self._form.read(InboundMessage, body, name)
        except UnreadableError as error:
            why = str(error)
            await self._scripts.run("set_aside", partition, *aside, "message", why, body, 1)
            return None
        claim = Claim(
            conversation_id=name,
            token=int(token),
            position=int(position),
            message=replace(message, received_at=instant(accepted_at)),
            state=None,
            tries=int(tries),
            at=at,
        )
        if not state:
            return claim
        try:
            return replace(claim, state=self._form.read(Conversation, state, name))
        except UnreadableError as error:
            why = str(error)
            await self._scripts.run("set_aside", partition, *aside, "conversation", why, state, 0)
        open_tickets = (*await self._tickets.waiting(), *await self._tickets.held())
        # Tokens have risen faster than turns.
        anew = begin_anew(message, claim.token, open_tickets)
        return replace(claim, state=anew, tries=UNREADABLE_TRIES)


def instant(at: bytes | str | int) -> datetime:
    """Microseconds as an instant, UTC."""
    return datetime.fromtimestamp(int(at) / 1_000_000, UTC)


def _line(message: OutboundMessage, body: bytes, message_id: str) -> bytes:
    """As `lines.lua` keeps it: author and message id, each with its length, then the message."""
    name = message_id.encode()
    return b" ".join((message.author.value.encode(), str(len(name)).encode(), name + body))


def _ticket(form: SealedForm, ticket: Ticket) -> tuple[Value, ...]:
    return (
        ticket.id,
        ticket.state.value,
        micros(ticket.taken_at) if ticket.taken_at is not None else "",
        micros(ticket.ended_at) if ticket.ended_at is not None else "",
        form.write(ticket, ticket.id),
    )
