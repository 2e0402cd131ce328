"""Performs a bank call: authorise, breaker, deadline, retries for reads, the journal for moves."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from servicebot.banking.authorize import MOVES, authorize
from servicebot.banking.circuit import Circuit
from servicebot.banking.money_move import MoveEvent, after, answer_to_tell, heard_from_call
from servicebot.domain.bank_calls import BankCall, FindMove, FreezeCard, Repay
from servicebot.domain.bank_results import BankResult, MoveFound, Refused, Repayment, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import NotSentError, UnavailableError
from servicebot.domain.money import OPEN, MoneyMove, MoveState
from servicebot.domain.refusals import LOAN_BUSY
from servicebot.ports.bank import Bank
from servicebot.ports.clock import Clock
from servicebot.ports.money_journal import MoneyJournal
from servicebot.ports.shared import Shared

READ_TRIES: Final = 3
RETRY_WAIT_S: Final = 0.2
_Step = Callable[[], Awaitable[None]]


class _LoanBusy(Exception):  # noqa: N818  no fault: another repayment of the loan is under way
    """The loan is not free."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """How long the bank may take, in seconds.

    Attributes:
        read_s: For all tries of a read together.
        move_s: For a call that changes something; it is sent once.
    """

    read_s: float = 3.0
    move_s: float = 8.0


class Performer:
    """Carries calls out; one for the whole process."""

    def __init__(
        self,
        bank: Bank,
        journal: MoneyJournal,
        shared: Shared,
        clock: Clock,
        deadlines: Deadlines,
    ) -> None:
        self._bank = bank
        self._journal = journal
        self._clock = clock
        self._deadlines = deadlines
        self._shared = shared

    async def perform(
        self, call: BankCall, subject: str | None, conversation: Conversation
    ) -> BankResult:
        """Performs one call.

        Returns:
            The bank's answer; `Unreachable` where none came in time. It never raises for a bank
            that fails: the dialogue tells the customer.

        Raises:
            RejectedError: The call needs a known customer.
        """
        authorize(call, subject)
        if isinstance(call, FindMove):
            line = await self._journal.find(call.key)
            return MoveFound(sent=line is not None and line.state is not MoveState.PREPARED)
        if isinstance(call, Repay):
            return await self._repay(call, subject or "", conversation)
        if isinstance(call, MOVES):
            return await self._once(call, subject)
        return await self._read(call, subject)

    async def _read(self, call: BankCall, subject: str | None) -> BankResult:
        try:
            async with asyncio.timeout(self._deadlines.read_s):
                for wait_s in (*(RETRY_WAIT_S,) * (READ_TRIES - 1), None):
                    try:
                        return await self._send(call, subject)
                    except UnavailableError:
                        if wait_s is None:
                            return Unreachable()
                        await asyncio.sleep(wait_s)
        except TimeoutError:
            pass
        return Unreachable()

    async def _once(
        self, call: FreezeCard | Repay, subject: str | None, first: _Step | None = None
    ) -> BankResult:
        """Sends once; an open circuit says for sure that nothing was sent."""
        try:
            async with asyncio.timeout(self._deadlines.move_s):
                return await self._send(call, subject, first)
        except NotSentError:
            return Unreachable()
        except (TimeoutError, UnavailableError):
            return Unreachable(maybe_done=True)

    async def _repay(self, call: Repay, subject: str, conversation: Conversation) -> BankResult:
        """Writes the intent, sends once, writes the end.

        A repeated turn sends the same key; where the end is known it is told and nothing is sent.
        """
        line = await self._journal.begin(self._line(call, subject, conversation))
        if line.answer is not None:
            return line.answer
        state = after(line.state, MoveEvent.SENT)
        try:
            result = await self._once(call, subject, lambda: self._intend(call.key))
        except _LoanBusy:
            return Refused(code=LOAN_BUSY)
        if result == Unreachable() and line.state is MoveState.PREPARED:
            return result
        event = heard_from_call(line, result)
        state = after(state, event)
        said = result if isinstance(result, Repayment | Refused) else None
        await self._journal.settle(call.key, state, None if state in OPEN else said)
        return answer_to_tell(event, result)

    async def _intend(self, key: str) -> None:
        """Writes that the call is going to be sent.

        Raises:
            _LoanBusy: The end of another repayment of the loan is not known, asked for in any chat.
        """
        if not await self._journal.intend(key):
            raise _LoanBusy

    def _line(self, call: Repay, subject: str, conversation: Conversation) -> MoneyMove:
        return MoneyMove(
            key=call.key,
            conversation_id=conversation.id,
            channel=conversation.channel,
            sender=conversation.sender,
            subject=subject,
            what=call.name,
            amount_fen=call.total_fen,
            begun_at=self._clock.now(),
            state=MoveState.PREPARED,
            loan_id=call.loan_id,
            product=call.product,
            opened_on=call.opened_on,
        )

    async def _send(
        self, call: BankCall, subject: str | None, first: _Step | None = None
    ) -> BankResult:
        """Sends one call; `first` is done once it is sure to be sent."""
        # One for each operation: what one endpoint cannot do says nothing of the others.
        circuit = Circuit(self._shared, call.name)
        await circuit.enter()
        if first is not None:
            try:
                await first()
            except BaseException:
                await circuit.left()
                raise
        try:
            result = await self._bank.send(call, subject)
        except BaseException:
            await circuit.failed(subject or "")
            raise
        await circuit.succeeded()
        return result
