"""Erases a customer from every store, and proves it; hands a customer what is kept of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from servicebot.domain.conversation import Owner
from servicebot.domain.errors import RejectedError, UnavailableError
from servicebot.domain.messages import TimelineLine
from servicebot.domain.receipts import Receipt
from servicebot.ports.clock import Clock
from servicebot.ports.keyring import Erasure, Keyring, RecordKey
from servicebot.ports.ledger import Ledger
from servicebot.ports.records import Records
from servicebot.ports.traces import Traces
from servicebot.turns.archive import archive


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What was erased, and what a second look found.

    Attributes:
        erasure: What stays on record.
        keys_left: How many of the keys are still there; 0.
        receipts_left: How many of the receipts are still there; 0.
        lines_left: How many lines the chat pages would still show; 0.
    """

    erasure: Erasure
    keys_left: int
    receipts_left: int
    lines_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """All that is kept of a customer, in their own words and figures.

    Attributes:
        receipts: Every turn, oldest first.
        unreadable: How many more turns cannot be read.
        lines: By conversation, what its page still shows.
    """

    receipts: tuple[Receipt, ...]
    unreadable: int
    lines: dict[str, tuple[TimelineLine, ...]]


class CustomerData:
    """The data of one customer in ledger and records.

    A customer is named by the bank's opaque word, or by the id of a conversation (`web:c1`) where
    nobody was ever known.
    """

    def __init__(self, ledger: Ledger, records: Records, keyring: Keyring, clock: Clock) -> None:
        self._ledger = ledger
        self._records = records
        self._keyring = keyring
        self._clock = clock

    async def export(self, customer: str) -> Kept:
        """Everything that is kept of a customer.

        Raises:
            RejectedError: Nothing is.
            UnavailableError: A store does not answer.
        """
        keys = await self._keys(customer)
        found = await self._records.of_keys([key.id for key in keys])
        chats = sorted({key.conversation_id for key in keys})
        lines = {chat: await self._lines(chat) for chat in chats}
        return Kept(receipts=found.receipts, unreadable=found.unreadable, lines=lines)

    async def erase(self, customer: str, why: str) -> Proof:
        """Destroys the keys of everything that is kept of a customer, then all of it.

        The same command again goes on where one was cut off.

        Raises:
            RejectedError: Nothing is kept, the customer is held, or a conversation is in use.
            UnavailableError: A store does not answer; what is erased so far stays erased.
        """
        keys = await self._keys(customer)
        if (hold := await self._keyring.held(customer)) is not None:
            raise RejectedError(
                f"The data is held since {hold.since:%Y-%m-%d} ({hold.why}): it must not be erased."
            )
        ids = [key.id for key in keys]
        receipts = (await self._records.of_keys(ids)).receipts
        chats = sorted({key.conversation_id for key in keys})
        for chat in chats:
            await self._refuse_in_use(chat)
        for chat in chats:
            await self._erase_chat(chat, [one for one in receipts if one.conversation_id == chat])
        await self._keyring.destroy(ids)
        erasure = Erasure(
            id=uuid4().hex,
            at=self._clock.now(),
            customer="",
            conversations=len(chats),
            receipts=await self._records.erase(ids),
            why=why,
        )
        return Proof(
            erasure=await self._keyring.write_erasure(customer, erasure),
            keys_left=len(await self._keyring.secrets(ids)),
            receipts_left=await self._records.count(ids),
            lines_left=sum([len(await self._lines(chat)) for chat in chats]),
        )

    async def _keys(self, customer: str) -> tuple[RecordKey, ...]:
        await archive(self._ledger.unrecorded, self._records)
        if await self._ledger.unrecorded.unrecorded(1):
            raise UnavailableError("Some turns are not in the records yet; try again in a minute.")
        if not (keys := await self._keyring.of_customer(customer)):
            raise RejectedError(
                f"Nothing is kept of {customer}. Name the bank's word for the customer, or a "
                "conversation (`web:c1`) in which nobody was known."
            )
        return keys

    async def _lines(self, chat: str) -> tuple[TimelineLine, ...]:
        found: list[TimelineLine] = []
        while more := await self._ledger.timeline.lines(chat, found[-1].seq if found else 0):
            found += more
        return tuple(found)

    async def _refuse_in_use(self, chat: str) -> None:
        state = await self._ledger.timeline.conversation(chat)
        if state is not None and state.owner is not Owner.BOT:
            raise RejectedError(f"{chat} waits for a person or is with one: close it first.")
        if any(move.conversation_id == chat for move in await self._ledger.journal.unresolved()):
            raise RejectedError(f"A repayment of {chat} is not at its end yet: try again then.")

    async def _erase_chat(self, chat: str, receipts: Sequence[Receipt]) -> None:
        state = await self._ledger.timeline.conversation(chat)
        mine = {receipt.turn_id for receipt in receipts}
        all_turns = (await self._records.of_conversation(chat)).receipts
        shared = any(receipt.turn_id not in mine for receipt in all_turns)
        channel, _, sender = chat.partition(":")
        traces = Traces(
            conversation_id=chat,
            channel=receipts[-1].message.channel if receipts else channel,
            sender=receipts[-1].message.sender if receipts else sender,
            messages=tuple(receipt.message for receipt in receipts),
            tickets=tuple({one.id for receipt in receipts for one in receipt.tickets}),
            turns=state.turns if shared and state is not None else 0,
        )
        if not await self._ledger.erase(traces):
            raise RejectedError(f"{chat} is writing now: try again in a minute.")
        await self._ledger.journal.forget(chat)
