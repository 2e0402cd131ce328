"""Any order of calls of a ledger against a model that fits on a page."""

import asyncio
import tempfile
from collections import defaultdict
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from tests.contracts.adapters import LEDGERS
from tests.contracts.examples import AT, inbound, result
from tests.contracts.settable_clock import SettableClock
from tests.contracts.test_tickets import ticket
from tests.servers.redis_server import MISSING, PROGRAM
from typing_extensions import override

from servicebot.domain.errors import StaleClaimError
from servicebot.domain.tickets import Ticket, TicketState
from servicebot.ports.mailbox import Accepted, Claim

LEASE_S = 10.0
CONVERSATIONS = st.sampled_from(["c0", "c1", "c2"])
MESSAGES = st.integers(0, 40)


class MailboxMachine(RuleBasedStateMachine):
    """The store beside plain lists: what waits, who holds what until when, what was answered."""

    adapter = "in_sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        self.loop = self.stack.enter_context(asyncio.Runner())
        folder = Path(self.stack.enter_context(tempfile.TemporaryDirectory()))
        self.clock = SettableClock()
        opened = LEDGERS[self.adapter](folder, self.clock)
        self.opened = opened
        self.stores = self.loop.run(opened.__aenter__())
        self.seen: set[str] = set()
        self.waiting: defaultdict[str, list[str]] = defaultdict(list)
        self.held: dict[str, tuple[Claim, float]] = {}
        self.not_before: defaultdict[str, float] = defaultdict(float)
        self.turns: defaultdict[str, int] = defaultdict(int)
        self.claims: list[Claim] = []
        self.said: defaultdict[str, int] = defaultdict(int)
        self.tickets: dict[str, TicketState] = {}

    @override
    def teardown(self) -> None:
        self.loop.run(self.opened.__aexit__(None, None, None))
        self.stack.close()

    @rule(conversation=CONVERSATIONS, number=MESSAGES)
    def accept(self, conversation: str, number: int) -> None:
        message = inbound(f"{conversation}-{number}", conversation=conversation)
        outcome = self.loop.run(self.stores.mailbox.accept(message))
        known = message.message_id in self.seen
        assert outcome is (Accepted.DUPLICATE if known else Accepted.NEW)
        if not known:
            self.seen.add(message.message_id)
            self.said[conversation] += 1
            self.waiting[conversation].append(message.message_id)

    @rule()
    def claim(self) -> None:
        claim = self.loop.run(self.stores.mailbox.claim(LEASE_S))
        free = {name for name in self.waiting if self._claimable(name)}
        assert (claim is not None) == bool(free)
        if claim is None:
            return
        name = claim.message.sender
        assert name in free
        assert claim.message.message_id == self.waiting[name][0]
        assert (claim.state.turns if claim.state else 0) == self.turns[name]
        assert all(one.token < claim.token for one in self.claims if one.message.sender == name)
        self.held[name] = (claim, self.clock.monotonic_s() + LEASE_S)
        self.claims.append(claim)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), left=st.sampled_from([*TicketState, None]))
    def commit(self, data: st.DataObject, left: TicketState | None) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        name = claim.message.sender
        tickets = (_ticket(name, left),) if left is not None else ()
        done = replace(result(claim.message, claim.state, "said"), tickets=tickets)
        try:
            self.loop.run(self.stores.mailbox.commit(claim, done))
        except StaleClaimError:
            assert not self._is_newest(claim) or self.waiting[name][:1] != [
                claim.message.message_id
            ]
        else:
            assert self._is_newest(claim)
            assert self.waiting[name].pop(0) == claim.message.message_id
            self.turns[name] += 1
            self.said[name] += 1
            if left is not None:
                self.tickets[name] = left
            self._release(name, 0.0)

    @precondition(lambda self: self.claims)
    @rule(data=st.data(), wait_s=st.sampled_from([0.0, 3.0, 30.0]))
    def fail(self, data: st.DataObject, wait_s: float) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        self.loop.run(self.stores.mailbox.fail(claim, wait_s))
        if self._holds(claim):
            self._release(claim.message.sender, wait_s)

    @precondition(lambda self: self.claims)
    @rule(data=st.data())
    def renew(self, data: st.DataObject) -> None:
        claim = data.draw(st.sampled_from(self.claims))
        assert self.loop.run(self.stores.mailbox.renew(claim, LEASE_S)) == self._holds(claim)
        if self._holds(claim):
            self.held[claim.message.sender] = (claim, self.clock.monotonic_s() + LEASE_S)

    @rule(seconds=st.sampled_from([1.0, 4.0, 11.0]))
    def time_passes(self, seconds: float) -> None:
        self.clock.advance(seconds)

    @invariant()
    def as_many_wait_as_in_the_model(self) -> None:
        depth = self.loop.run(self.stores.mailbox.load()).waiting
        assert depth == sum(len(ids) for ids in self.waiting.values())

    @invariant()
    def the_desk_sees_what_the_turns_left(self) -> None:
        waiting = {one.id for one in self.loop.run(self.stores.tickets.waiting())}
        held = {one.id for one in self.loop.run(self.stores.tickets.held())}
        for state, seen in ((TicketState.WAITING, waiting), (TicketState.TAKEN, held)):
            assert seen == {name for name, left in self.tickets.items() if left is state}

    @invariant()
    def lines_are_numbered_without_gaps(self) -> None:
        for name, count in self.said.items():
            lines = self.loop.run(self.stores.timeline.lines(f"wechat:{name}", 0))
            assert [line.seq for line in lines] == list(range(1, count + 1))

    def _claimable(self, name: str) -> bool:
        now_s = self.clock.monotonic_s()
        _, until_s = self.held.get(name, (None, 0.0))
        return bool(self.waiting[name]) and until_s <= now_s and self.not_before[name] <= now_s

    def _is_newest(self, claim: Claim) -> bool:
        same = [one for one in self.claims if one.message.sender == claim.message.sender]
        return same[-1].token == claim.token

    def _holds(self, claim: Claim) -> bool:
        return self.held.get(claim.message.sender, (None, 0.0))[0] == claim

    def _release(self, name: str, wait_s: float) -> None:
        self.held.pop(name, None)
        self.not_before[name] = self.clock.monotonic_s() + wait_s


def _ticket(name: str, state: TicketState) -> Ticket:
    """A ticket in this state, with the instants that belong to it."""
    made = replace(ticket(name), state=state)
    if state is TicketState.WAITING:
        return made
    ended = None if state is TicketState.TAKEN else AT
    return replace(made, agent="小王", taken_at=AT, ended_at=ended)


class RedisMachine(MailboxMachine):
    """The same over Redis."""

    adapter = "in_redis"


# 2,000 runs of each: pytest tests/contracts/test_mailbox_model.py --hypothesis-profile thorough
RUNS = 2_000 if settings.get_current_profile_name() == "thorough" else 12

TestOnSqlite = MailboxMachine.TestCase
TestOnSqlite.settings = settings(max_examples=RUNS, stateful_step_count=30, deadline=None)
TestOnRedis = pytest.mark.skipif(PROGRAM is None, reason=MISSING)(RedisMachine.TestCase)
TestOnRedis.settings = settings(max_examples=RUNS, stateful_step_count=30, deadline=None)
