"""Finds out what became of money moves whose end nobody knows, and tells the conversation."""

from dataclasses import replace
from datetime import timedelta
from typing import Final

from servicebot.banking.money_move import MoveEvent, after, heard_by_key
from servicebot.domain.bank_calls import ReadRepayment, VoidRepayment
from servicebot.domain.bank_results import BankResult, Refused, Repayment, Unreachable
from servicebot.domain.errors import UnavailableError
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage
from servicebot.domain.money import OPEN, MoneyEnd, MoneyMove, MoveState
from servicebot.domain.refusals import KEY_VOIDED
from servicebot.ports.bank import Bank
from servicebot.ports.clock import Clock
from servicebot.ports.mailbox import Accepted, Mailbox
from servicebot.ports.money_journal import MoneyJournal

SETTLE_AFTER: Final = timedelta(seconds=30)  # a key is not voided before: the call may just be slow
ASK_FOR: Final = timedelta(hours=24)  # quote and confirmation are worth nothing long before


class Resolver:
    """Asks the bank by key, never by sending again; a key nothing came of is voided."""

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
            stands = await self._look(move)
            if stands == move or not await self._tell(stands):
                continue  # told later; until then it stays as it was
            await self._journal.settle(stands.key, stands.state, stands.answer)
            settled += stands.state not in OPEN
        return settled

    async def _look(self, move: MoneyMove) -> MoneyMove:
        """The move as it stands after asking."""
        age = self._clock.now() - move.begun_at
        if age > ASK_FOR:
            return replace(move, state=after(move.state, MoveEvent.TOO_OLD))
        result = await self._ask(ReadRepayment(key=move.key), move)
        event = heard_by_key(move, result)
        if event is MoveEvent.NO_SUCH_KEY and age > SETTLE_AFTER:
            result = await self._ask(VoidRepayment(key=move.key), move)
            event = heard_by_key(move, result)
        state = after(move.state, event)
        if state in OPEN:
            return replace(move, state=state)
        answer = result if isinstance(result, Repayment) else Refused(code=KEY_VOIDED)
        return replace(move, state=state, answer=answer)

    async def _ask(self, call: ReadRepayment | VoidRepayment, move: MoneyMove) -> BankResult:
        try:
            return await self._bank.send(call, move.subject)
        except UnavailableError:
            return Unreachable()

    async def _tell(self, move: MoneyMove) -> bool:
        """Puts the news into the conversation, once for each state; False where it is too full."""
        if move.state in {MoveState.INTENT, MoveState.UNKNOWN}:
            return True
        return await self._mailbox.accept(self._news(move)) is not Accepted.FULL

    def _news(self, move: MoneyMove) -> InboundMessage:
        kind = "disputed" if move.state is MoveState.DISPUTED else "settled"
        end = MoneyEnd(
            state=move.state, product=move.product, opened_on=move.opened_on, answer=move.answer
        )
        return InboundMessage(
            channel=move.channel,
            message_id=f"{kind}:{move.key}",
            conversation_id=move.conversation_id,
            sender=move.sender,
            received_at=self._clock.now(),
            content=BankEvent(news=BankNews.MONEY_SETTLED, reference_id=move.key, end=end),
        )
