"""Finds out what became of money moves whose end nobody knows, and tells the conversation."""

from datetime import timedelta
from typing import Final

from servicebot.domain.bank_calls import ReadRepayment
from servicebot.domain.bank_results import Refused, Repayment
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage
from servicebot.domain.money import MoneyMove, MoveState
from servicebot.ports.bank import Bank
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Accepted, Mailbox
from servicebot.ports.money_journal import MoneyJournal

SETTLE_AFTER: Final = timedelta(seconds=30)  # "not found" before that may only mean "not yet"
ASK_FOR: Final = timedelta(hours=24)


class Resolver:
    """Asks the bank by key, never by sending again."""

    def __init__(self, bank: Bank, journal: MoneyJournal, mailbox: Mailbox, clock: Clock) -> None:
        self._bank = bank
        self._journal = journal
        self._mailbox = mailbox
        self._clock = clock

    async def resolve(self) -> int:
        """Asks once about every open move.

        Returns:
            How many were settled.
        """
        settled = 0
        for move in await self._journal.unresolved():
            state = await self._state(move)
            if state is not None:
                if await self._mailbox.accept(self._news(move)) is Accepted.FULL:
                    continue  # told later; until then the move stays open
                await self._journal.settle(move.key, state)
                settled += 1
        return settled

    async def _state(self, move: MoneyMove) -> MoveState | None:
        age = self._clock.now() - move.begun_at
        if age > ASK_FOR:
            return MoveState.GIVEN_UP
        try:
            found = await self._bank.send(ReadRepayment(key=move.key), move.subject)
        except UnavailableError:
            return None
        if isinstance(found, Repayment) and found.state != "processing":
            done = found.state == "succeeded"
            return MoveState.SUCCEEDED if done else MoveState.FAILED
        if isinstance(found, Refused) and age > SETTLE_AFTER:
            return MoveState.FAILED
        return None

    def _news(self, move: MoneyMove) -> InboundMessage:
        return InboundMessage(
            channel=move.channel,
            message_id=f"settled:{move.key}",
            conversation_id=move.conversation_id,
            sender=move.sender,
            received_at=self._clock.now(),
            content=BankEvent(news=BankNews.MONEY_SETTLED, reference_id=move.key),
        )
