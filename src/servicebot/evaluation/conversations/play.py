"""Plays a script and compares names, bank calls, escalations, silence and the bank's book."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from servicebot.domain.conversation import Conversation
from servicebot.domain.receipts import Receipt
from servicebot.evaluation.conversations.script import (
    Deed,
    DeskDeed,
    Ending,
    Fault,
    Script,
    ScriptTurn,
)

# Looking up the customer, and in our own journal, is no call about the matter.
_UNCOUNTED: Final = ("identity.", "journal.")


class Actor(Protocol):
    """One conversation on the stage: a customer, an agent and the bank behind them."""

    async def say(self, text: str) -> Receipt:
        """The customer says something."""

    async def do(self, deed: Deed) -> Receipt:
        """Something happens outside the chat."""

    async def act(self, deed: DeskDeed, words: str) -> Receipt:
        """An agent does something."""

    async def break_bank(self, fault: Fault) -> None:
        """The bank fails from now on."""

    async def state(self) -> Conversation:
        """How the conversation stands."""

    async def postings(self, loan_id: str) -> int:
        """How many repayments stand in the bank's book."""


class Stage(Protocol):
    """Where scripts are played: the real turn, the real sandbox bank."""

    async def begin(self, script: Script) -> Actor:
        """A fresh bank and a fresh conversation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Played:
    """What became of a script.

    Attributes:
        script: The script.
        failures: What did not fit, one line each; empty when all did.
    """

    script: Script
    failures: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """All fitted, or a known failure failed as it should."""
        return bool(self.failures) == (self.script.must_fail is not None)


async def play(script: Script, stage: Stage) -> Played:
    """Plays one script to its end; the first turn that does not fit ends it."""
    actor = await stage.begin(script)
    for number, turn in enumerate(script.turns, 1):
        receipt = await _perform(actor, turn)
        if receipt is not None:
            failures = tuple(_compare(number, turn, receipt))
            if failures:
                return Played(script=script, failures=failures)
    return Played(script=script, failures=tuple([f async for f in _ending(actor, script.ends)]))


async def _perform(actor: Actor, turn: ScriptTurn) -> Receipt | None:
    if turn.bank is not None:
        await actor.break_bank(turn.bank)
        return None
    if turn.says is not None:
        return await actor.say(turn.says)
    if turn.agent is not None:
        return await actor.act(turn.agent, turn.words)
    return await actor.do(turn.does or Deed.SEND_AGAIN)


def _compare(number: int, turn: ScriptTurn, receipt: Receipt) -> Iterator[str]:
    where = f"turn {number} ({turn.says or turn.does or turn.agent}), decided by {receipt.decision}"
    for fault in (*_said_otherwise(turn, receipt), *_did_otherwise(turn, receipt)):
        yield f"{where}: {fault}"


def _said_otherwise(turn: ScriptTurn, receipt: Receipt) -> Iterator[str]:
    said = tuple(reply.name for reply in receipt.replies)
    if turn.expected is not None and said != turn.expected:
        yield f"said {list(said)}, expected {list(turn.expected)}"
    if unwanted := set(said) & set(turn.unlike):
        yield f"must not say {sorted(unwanted)}"
    texts = "\n".join(reply.plain_text for reply in receipt.replies)
    if missing := [words for words in turn.shows if words not in texts]:
        yield f"did not show {missing}"


def _did_otherwise(turn: ScriptTurn, receipt: Receipt) -> Iterator[str]:
    if turn.calls is not None:
        calls = tuple(c.name for c in receipt.calls if not c.name.startswith(_UNCOUNTED))
        if calls != turn.calls:
            yield f"called {list(calls)}, expected {list(turn.calls)}"
    if receipt.escalated is not turn.escalates:
        expected = turn.escalates or "no escalation"
        yield f"escalated {receipt.escalated}, expected {expected}"
    if turn.raises is not receipt.raised:
        yield f"raised to {receipt.raised}, expected {turn.raises}"


async def _ending(actor: Actor, ends: Ending) -> AsyncIterator[str]:
    state = await actor.state()
    if ends.owner is not None and state.owner is not ends.owner:
        yield f"at the end: owner is {state.owner}, expected {ends.owner}"
    task = state.task.intent if state.task is not None else "none"
    if ends.task is not None and task != ends.task:
        yield f"at the end: task is {task}, expected {ends.task}"
    for loan_id, count in ends.postings.items():
        found = await actor.postings(loan_id)
        if found != count:
            yield f"at the end: {loan_id} has {found} postings, expected {count}"
