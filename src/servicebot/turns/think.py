"""Thinks until the decision stands: decides, fetches the fact that is missing, decides again."""

from dataclasses import dataclass
from typing import Final

from servicebot.banking.perform import Performer
from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import Facts, NeedsBank, NeedsDesk
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import DeskAnswer, DeskCall
from servicebot.domain.errors import RejectedError
from servicebot.domain.heard import Heard
from servicebot.domain.messages import InboundMessage
from servicebot.handover.desk_reader import DeskReader

MOST_CALLS: Final = 24  # a customer with many loans is asked about one by one


@dataclass(frozen=True, slots=True, kw_only=True)
class Thought:
    """A decision and what it rests on.

    Attributes:
        decision: What was decided.
        heard: What was heard.
        facts: Every bank call of the turn with its result, in order.
    """

    decision: Decision
    heard: Heard | None
    facts: tuple[tuple[BankCall, BankResult], ...]


class Thinker:
    """Joins the pure dialogue with the bank and the desk."""

    def __init__(self, performer: Performer, content: Content, desk: DeskReader) -> None:
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
        while len(facts) <= MOST_CALLS:
            known = Facts(facts, desk=desk)
            try:
                decision = decide(conversation, message, heard, known, moment, self._content)
            except NeedsDesk as asks:
                desk[asks.call] = await self._desk.read(asks.call, moment.now)
            except NeedsBank as needs:
                facts[needs.call] = await self._performer.perform(
                    needs.call, needs.subject, conversation
                )
            else:
                return Thought(decision=decision, heard=heard, facts=tuple(facts.items()))
        raise RejectedError(f"{conversation.id} needs more than {MOST_CALLS} bank calls.")
