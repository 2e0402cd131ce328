"""Handing over while nobody serves: said plainly, with a promise to write when the desk opens."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from servicebot.dialogue.decision import Decision
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.dialogue.say import Day, Joined, Say, Term, Value, Words
from servicebot.domain.conversation import Conversation
from servicebot.domain.desk_facts import DeskNow
from servicebot.domain.tickets import Reason
from servicebot.domain.waiting import Waiting

# Those that need other words than "later": somebody may come to harm before the desk opens.
_WITH_NUMBERS: Final = frozenset({Reason.DISTRESS, Reason.THREAT, Reason.FRAUD, Reason.CARD_LOST})
_GONE: Final = "agent_gone"
MIDNIGHT: Final = Words("24:00")


def at_night(decision: Decision, desk: DeskNow, now: datetime) -> Decision:
    """The decision with the words of a desk that is shut in the place of "please wait"."""
    reason = decision.escalate or decision.raised
    closed_for = {_GONE: "agent_gone_closed"}
    if reason is not None:
        special = reason in _WITH_NUMBERS
        closed = f"handover_closed_{reason}" if special else "handover_closed"
        closed_for[f"handover_{reason}"] = closed
    conversation, says = decision.conversation, []
    for say in decision.says:
        name = closed_for.get(say.reply) if isinstance(say, Say) else None
        if name is None:
            says.append(say)
            continue
        told, conversation = offer_call_back(name, conversation, desk, now)
        says.append(told)
    return replace(decision, conversation=conversation, says=tuple(says))


def offer_call_back(
    name: str,
    conversation: Conversation,
    desk: DeskNow,
    now: datetime,
    **fields: Value,
) -> tuple[Say, Conversation]:
    """A reply of a shut desk, with the button for the promise where none was given yet.

    Returns:
        What to say, and the state that knows of the offer.
    """
    waiting = conversation.waiting or Waiting()
    told: dict[str, Value] = {"opens": opening_in_words(desk, now), **fields}
    if waiting.promised:
        return Say(reply=name, fields=told), conversation
    offered = replace(waiting, offered_turn=conversation.turns + 1)
    say = Say(reply=name, fields=told, choices=(Term("label_call_back"),))
    return say, replace(conversation, waiting=offered)


def opening_in_words(desk: DeskNow, now: datetime) -> Value:
    """When the desk opens: today, tomorrow or on a day, with the time of the day."""
    if desk.opens_at is None:
        return Term("desk_opens_later")
    opens, today = desk.opens_at.astimezone(BANK_ZONE), now.astimezone(BANK_ZONE).date()
    day: Value = Day(opens.date())
    if opens.date() == today:
        day = Term("day_today")
    elif opens.date() == today + timedelta(days=1):
        day = Term("day_tomorrow")
    return Joined((day, time_of_day(desk.opens_at)))


def time_of_day(at: datetime) -> Words:
    """The time in the bank's zone; midnight ends a day."""
    printed = f"{at.astimezone(BANK_ZONE):%H:%M}"
    return MIDNIGHT if printed == "00:00" else Words(printed)
