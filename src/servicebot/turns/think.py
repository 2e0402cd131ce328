"""Thinks until the decision stands: decides, fetches the facts that are missing, decides again."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import Facts, NeedsBank, NeedsDesk
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import DeskAnswer, DeskCall, DeskNow
from servicebot.domain.errors import RejectedError
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage

MOST_ROUNDS: Final = 24
SIDE_BY_SIDE: Final = 8  # one customer's questions at once; the bank serves others too


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A decision and what it rests on.

    Attributes:
        decision: What was decided.
        heard: What was heard.
        facts: Every bank call of the turn with its result, in order.
        desk: Every question to the desk with its answer, in order.
    """

    decision: Decision
    heard: Heard | None
    facts: tuple[tuple[BankCall, BankResult], ...]
    desk: tuple[tuple[DeskCall, DeskAnswer], ...] = ()


class Performs(Protocol):
    """Whoever carries out bank calls; a recorded turn has a twin that only remembers."""

    async def perform(
        self, call: BankCall, subject: str | None, conversation: Conversation
    ) -> BankResult:
        """The bank's answer; it never raises for a bank that fails."""


class ReadsDesk(Protocol):
    """Whoever answers what is asked of the desk."""

    def now(self, at: datetime) -> DeskNow:
        """Whether people serve."""

    async def read(self, call: DeskCall, at: datetime) -> DeskAnswer:
        """The answer to one call."""


class Thinker:
    """Joins the pure dialogue with the bank and the desk."""

    def __init__(self, performer: Performs, content: Content, desk: ReadsDesk) -> None:
        self._performer = performer
        self._content = content
        self._desk = desk

    async def think(
        self,
        conversation: Conversation,
        message: InboundMessage,
        heard: Heard | None,
        moment: Moment,
    ) -> Thought:
        """Decides one turn.

        Raises:
            RejectedError: The dialogue asks without end: a fault of a flow.
        """
        facts: dict[BankCall, BankResult] = {}
        desk: dict[DeskCall, DeskAnswer] = {}
        for _ in range(MOST_ROUNDS):
            known = Facts(facts, desk=desk)
            try:
                decision = decide(conversation, message, heard, known, moment, self._content)
            except NeedsDesk as asks:
                desk[asks.call] = await self._desk.read(asks.call, moment.now)
            except NeedsBank as needs:
                facts.update(await self._ask(needs, conversation))
            else:
                return Thought(
                    decision=decision,
                    heard=heard,
                    facts=tuple(facts.items()),
                    desk=tuple(desk.items()),
                )
        raise RejectedError(f"{conversation.id} asks more than {MOST_ROUNDS} times in a turn.")

    async def _ask(
        self, needs: NeedsBank, conversation: Conversation
    ) -> dict[BankCall, BankResult]:
        """The answers to what is missing, so many calls at a time."""
        gate = asyncio.Semaphore(SIDE_BY_SIDE)

        async def perform(call: BankCall) -> BankResult:
            async with gate:
                return await self._performer.perform(call, needs.subject, conversation)

        answers = await asyncio.gather(*(perform(call) for call in needs.calls))
        return dict(zip(needs.calls, answers, strict=True))
