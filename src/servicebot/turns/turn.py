"""One turn, from a message to what is said: hear, think, escalate, phrase."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from servicebot.content.content import Content
from servicebot.dialogue.decide import Moment
from servicebot.dialogue.no_person_button import without_person_button
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import (
    Arrival,
    Author,
    InboundMessage,
    OutboundMessage,
    Text,
    Unreadable,
)
from servicebot.domain.receipts import Basis, DeskRecord
from servicebot.handover.elsewhere import FindsWaiting, tell_elsewhere
from servicebot.handover.escalate import Change, Escalator
from servicebot.hearing.listen import Listener
from servicebot.ports.lure_reader import LureReader
from servicebot.ports.mailbox import TurnResult
from servicebot.screening.allow_list import Allowed
from servicebot.turns.lapse import Lifetimes, lapse
from servicebot.turns.receipt import write_receipt
from servicebot.turns.screen import screen_out
from servicebot.turns.stored_form import to_json
from servicebot.turns.think import ReadsDesk, Thinker, Thought


class Stopwatch(Protocol):
    """Measures how long a turn takes."""

    def monotonic_s(self) -> float:
        """Seconds that only rise."""


class Turn:
    """Tells what one message leads to; running it again is harmless."""

    def __init__(  # noqa: PLR0913  the eight services of a turn and its two settings
        self,
        *,
        listener: Listener,
        thinker: Thinker,
        escalator: Escalator,
        desk: ReadsDesk,
        tickets: FindsWaiting,
        lures: LureReader,
        content: Content,
        model_hash: str,
        clock: Stopwatch,
        allowed_origins: frozenset[str],
        lifetimes: Lifetimes,
        holds: Mapping[str, timedelta | None],
    ) -> None:
        """Takes the services.

        `lifetimes` say how long a customer stays known, `holds` names the push channels and how
        long their replies wait.
        """
        self._listener = listener
        self._thinker = thinker
        self._escalator = escalator
        self._desk = desk
        self._tickets = tickets
        self._lures = lures
        self._content = content
        self._model_hash = model_hash
        self._clock = clock
        self._allow_list = content.allow_list(allowed_origins)
        self._lifetimes = lifetimes
        self._holds = holds

    async def run(
        self, message: InboundMessage, state: Conversation | None, now: datetime
    ) -> TurnResult:
        """Handles one message; nothing is stored here.

        Args:
            message: What came in.
            state: The conversation before it; None for the first message.
            now: The instant by the clock of the store that the message came from, UTC.
        """
        began_s = self._clock.monotonic_s()
        today = now.astimezone(BANK_ZONE).date()
        moment = Moment(now=now, today=today, desk=self._desk.now(now))
        before = lapse(state or _new(message), message, now, self._lifetimes)
        heard = await self._listener.listen(message, before, moment.today)
        thought = await self._thinker.think(before, message, heard, moment)
        decision = thought.decision
        change = Change(
            opened=decision.escalate,
            raised=decision.raised,
            left=decision.left,
            returned=decision.returned,
        )
        settled = self._escalator.settle(before, decision.conversation, message, now, change)
        ended = now + timedelta(seconds=self._clock.monotonic_s() - began_s)
        after = _asked_at_the_end(settled.conversation, began=now, ended=ended)
        replies = await self._phrase(thought, before, self._allow_list.on(today))
        after = replace(after, turns=before.turns + 1, last_said=_worth_repeating(replies, before))
        receipt = write_receipt(message, after, thought, replies, now, self._content)
        receipt = replace(
            receipt,
            model_version=self._model_hash,
            tickets=settled.tickets,
            basis=_basis(before if state else None, moment, ended, thought, after),
        )
        return TurnResult(
            conversation=after,
            replies=replies,
            receipt=receipt,
            push_at=self._push_at(message, now),
            tickets=settled.tickets,
            notices=await tell_elsewhere(before, after, self._tickets, now),
        )

    async def _phrase(
        self, thought: Thought, before: Conversation, allowed: Allowed
    ) -> tuple[OutboundMessage, ...]:
        language = thought.decision.conversation.language
        spoken = Phraser(self._content, language).messages(thought.decision.says, before.last_said)
        if thought.decision.conversation.owner is not Owner.BOT:
            spoken = tuple(without_person_button(message, self._content) for message in spoken)
        strangers = [one for message in spoken for one in message.strangers]
        lures = await self._lures.lures_in(strangers, allowed)
        return tuple(screen_out(message, allowed, lures) for message in spoken)

    def _push_at(self, message: InboundMessage, now: datetime) -> datetime | None:
        if message.channel not in self._holds:
            return None
        hold = self._holds[message.channel]
        if hold is None or not isinstance(message.content, Text | Unreadable | Arrival):
            return now
        return max(now, message.received_at + hold)


def _new(message: InboundMessage) -> Conversation:
    return Conversation(id=message.conversation_id, channel=message.channel, sender=message.sender)


def _basis(
    state: Conversation | None,
    moment: Moment,
    ended: datetime,
    thought: Thought,
    after: Conversation,
) -> Basis:
    return Basis(
        before=state,
        ended=ended,
        desk=moment.desk,
        desk_calls=tuple(DeskRecord(call=call, answer=answer) for call, answer in thought.desk),
        after=hashlib.sha256(to_json(after)).hexdigest(),
    )


def _asked_at_the_end(after: Conversation, *, began: datetime, ended: datetime) -> Conversation:
    """A question counts as asked when the turn ends, not when it began.

    The bank may take seconds to quote; a yes sent meanwhile is no yes to terms nobody had seen.
    """
    task = after.task
    if task is None or task.asked is None or task.asked.at != began:
        return after
    return replace(after, task=replace(task, asked=replace(task.asked, at=ended)))


def _worth_repeating(
    replies: tuple[OutboundMessage, ...], before: Conversation
) -> tuple[OutboundMessage, ...]:
    spoken = tuple(reply for reply in replies if reply.author is Author.BOT)
    return spoken or before.last_said
