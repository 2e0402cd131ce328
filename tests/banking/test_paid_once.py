"""Whatever is lost, held, refused, broken, unlinked or killed: one posting or none, truly told."""

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.banking.model_bank import KEY_MODES, REPAY_MODES, ModelBank
from tests.contracts.examples import receipt
from tests.contracts.settable_clock import SettableClock
from tests.dialogue.stories import heard, message, money, names, yes
from tests.sealing import FORM, SEAL

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.adapters.in_sqlite.ledger import open_sqlite_ledger
from servicebot.adapters.in_sqlite.mailbox import SqliteMailbox
from servicebot.adapters.in_sqlite.money_journal import SqliteMoneyJournal
from servicebot.adapters.system_clock import SystemClock
from servicebot.banking.circuit import Circuit
from servicebot.banking.perform import Deadlines, Performer
from servicebot.banking.resolve import Resolver
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.dialogue.continue_task import page_of
from servicebot.dialogue.decide import Moment, decide
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.facts import Facts, NeedsBank
from servicebot.dialogue.repayment.pay import key_of
from servicebot.dialogue.say import Money, Say
from servicebot.domain.bank_calls import BankCall, Repay
from servicebot.domain.bank_results import BankResult
from servicebot.domain.conversation import Conversation, Identity, Owner
from servicebot.domain.heard import Heard
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage, Text
from servicebot.ports.mailbox import TurnResult

NOT_DONE = {
    *("repay_not_done", "repay_failed", "repay_refused", "insufficient_funds", "terms_changed"),
    *("bank_unavailable", "repay_still_unknown"),
}
AGREED = Money(50_000)
WORDS = heard("提前还500", "loan.repay_early", slots=(money(50_000),))


@cache
def content() -> Content:
    """The content as shipped; as an argument it would make examples unreadable."""
    return load_content(Path(__file__).parents[2])


def told_totals(decision: Decision) -> set[object]:
    """The totals of the ends that are told."""
    ends = {"repay_done", "repay_failed"}
    told = (one for one in decision.says if isinstance(one, Say) and one.reply in ends)
    return {one.fields["total"] for one in told}


class World:
    """A customer, a bot with its stores, and a bank."""

    def __init__(self, folder: Path) -> None:
        self.clock = SettableClock()
        self.shared = InProcessShared(self.clock)
        self.bank = ModelBank(self.clock)
        self.database = open_sqlite_ledger(folder / "m.db", SystemClock(), SEAL).database
        self.journal = SqliteMoneyJournal(self.database, FORM)
        self.mailbox = SqliteMailbox(self.database, FORM, self.clock)
        self.chats: dict[str, Conversation] = {}
        self.said = 0
        self.new_chat()
        self.done: list[str] = []
        self.not_done: set[str] = set()
        self.open: set[str] = set()
        self.a_persons: set[str] = set()
        self.start()

    @property
    def state(self) -> Conversation:
        """The conversation in hand."""
        return self.chats[self.chat]

    @state.setter
    def state(self, state: Conversation) -> None:
        self.chats[self.chat] = state

    def new_chat(self) -> None:
        """The customer writes from another place; what was said before is not known there."""
        self.chat = f"web:c{len(self.chats)}"
        self.state = Conversation(id=self.chat, channel="web", sender=self.chat, turns=1)

    def start(self) -> None:
        """A fresh process on the same files."""
        deadlines = Deadlines(read_s=1.0, move_s=1.0)
        self.performer = Performer(self.bank, self.journal, self.shared, self.clock, deadlines)

    async def decide(
        self, inbound: InboundMessage, words: Heard | None, *, circuit_opens: bool = False
    ) -> tuple[Decision, list[str]]:
        """One turn without its commit, and the keys it was about to send."""
        facts: dict[BankCall, BankResult] = {}
        keys: list[str] = []
        now = self.clock.now()
        while True:
            moment = Moment(now=now, today=now.date())
            try:
                decision = decide(self.state, inbound, words, Facts(facts), moment, content())
            except NeedsBank as needs:
                (call,) = needs.calls
                if isinstance(call, Repay):
                    keys.append(call.key)
                    for number in range(5 * circuit_opens):
                        await Circuit(self.shared, call.name).failed(f"another-{number}")
                facts[call] = await self.performer.perform(call, needs.subject, self.state)
            else:
                return decision, keys

    def commit(self, decision: Decision) -> None:
        """The turn is kept; a person who was called is done at once."""
        self.state = replace(decision.conversation, owner=Owner.BOT, ticket=None, waiting=None)

    async def say(self, words: Heard) -> list[str]:
        self.said += 1
        inbound = message(Text(text="x"), self.said, self.clock.now())
        decision, _ = await self.decide(inbound, words)
        self.commit(decision)
        return names(decision)

    async def to_the_page(self) -> bool:
        """The customer asks, sees the terms and agrees; False where the loan is blocked."""
        if self.state.identity.subject is None:
            self.state = replace(self.state, identity=Identity(subject=f"s-{self.said}"))
        if self.state.task is not None and page_of(self.state.task):
            return True
        if "confirm_repay" not in await self.say(WORDS):
            return False
        self.clock.advance(1)
        return "step_up_repay" in await self.say(yes())

    async def pay(self, mode: str, killed_after: tuple[tuple[str, bool], ...]) -> None:
        """The page is approved; the turn is killed after each of some tries, then made."""
        if not await self.to_the_page():
            return
        task = self.state.task
        assert task is not None
        news = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id=page_of(task))
        self.said += 1
        inbound = message(news, self.said, self.clock.now())
        for killed, is_asked_about in killed_after:
            self.bank.mode = killed
            await self.decide(inbound, None, circuit_opens=killed == "circuit")
            self.start()
            if is_asked_about:
                await self.resolve("ok")
        self.bank.mode = mode
        still_open = {move.key for move in await self.journal.unresolved()}
        decision, keys = await self.decide(inbound, None, circuit_opens=mode == "circuit")
        self.start()
        self.commit(decision)
        self.bank.mode = "ok"
        if {"repay_done", "repay_unknown"} & set(names(decision)):
            assert still_open <= set(keys), "paid beside one whose end is not known"
        self.note(decision, keys[-1] if keys else "")

    async def pay_and_lose_the_page(self, mode: str) -> None:
        """Killed after the sending; the next try is not told anything about the page."""
        if not await self.to_the_page():
            return
        task = self.state.task
        assert task is not None
        news = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id=page_of(task))
        self.said += 1
        inbound = message(news, self.said, self.clock.now())
        self.bank.mode = mode
        await self.decide(inbound, None, circuit_opens=mode == "circuit")
        self.start()
        self.bank.mode, self.bank.page_is_silent = "ok", True
        decision, keys = await self.decide(inbound, None)
        self.bank.page_is_silent = False
        self.commit(decision)
        if keys:
            self.note(decision, keys[-1])

    async def cancel(self) -> None:
        """The customer gives up what is in hand; what was sent is told instead."""
        task = self.state.task
        key = key_of(task) if task is not None else ""
        self.said += 1
        inbound = message(Text(text="取消"), self.said, self.clock.now())
        decision, _ = await self.decide(inbound, heard("取消", "task.cancel"))
        self.commit(decision)
        if key and "task_cancelled" not in names(decision):
            self.note(decision, key)

    def note(self, decision: Decision, key: str) -> None:
        """What the customer was told of a key, checked against the book as it is now."""
        said = set(names(decision))
        if "handover_fault" in said:
            self.a_persons.add(key)
        assert told_totals(decision) <= {AGREED}
        if "repay_done" in said:
            assert key in self.bank.postings
            self.done.append(key)
            self.open.discard(key)
        elif "repay_unknown" in said:
            self.open.add(key)
            assert key in self.state.unsettled.values()
        elif said & NOT_DONE and key:
            assert key not in self.bank.postings
            if "bank_unavailable" in said:  # it may still be sent, with its key
                assert key not in self.bank.sent
            else:
                assert key not in self.not_done
                self.not_done.add(key)
            self.open.discard(key)
        elif "handover_fault" in said and key not in self.state.unsettled.values():
            self.open.discard(key)

    async def resolve(self, mode: str) -> None:
        self.bank.mode = mode
        await Resolver(self.bank, self.journal, self.mailbox, self.clock).resolve()
        self.bank.mode = "ok"

    async def read_news(self) -> None:
        """The bank is silent towards the conversation: the news must be enough."""
        self.bank.mode, here = "cut", self.chat
        while (claim := await self.mailbox.claim(10)) is not None:
            self.chat = claim.conversation_id
            assert isinstance(claim.message.content, BankEvent)
            decision, _ = await self.decide(claim.message, None)
            self.commit(decision)
            self.note(decision, claim.message.content.reference_id)
            kept = TurnResult(
                conversation=self.state, replies=(), receipt=receipt(claim.message), push_at=None
            )
            await self.mailbox.commit(claim, kept)
        self.bank.mode, self.chat = "ok", here

    async def step(  # noqa: C901, PLR0912  a table of deeds
        self, deed: str, mode: str, killed_after: tuple[tuple[str, bool], ...]
    ) -> None:
        match deed:
            case "pay":
                await self.pay(mode, killed_after)
            case "lose_the_page":
                await self.pay_and_lose_the_page(mode)
            case "cancel":
                await self.cancel()
            case "resolve":
                await self.resolve(mode if mode in KEY_MODES else "ok")
            case "arrive":
                self.bank.arrive()
            case "decide":
                self.bank.decide_late()
            case "unlink":
                self.bank.revoked.add(self.state.identity.subject)
                self.state = replace(self.state, identity=Identity(), task=None)
            case "new_chat":
                self.new_chat()
            case "half_a_minute":
                self.clock.advance(31)
            case _:
                assert deed == "a_day"
                self.clock.advance(25 * 3600)
        await self.read_news()

    async def settle(self) -> None:
        """Everything works again."""
        self.bank.arrive()
        self.bank.decide_late()
        for _ in range(2):
            self.clock.advance(31)
            await self.resolve("ok")
            await self.read_news()
        self.bank.arrive()


DEEDS: tuple[str, ...] = ("pay", "pay", "resolve", "arrive", "decide", "unlink", "new_chat")
DEEDS += ("half_a_minute", "a_day", "lose_the_page", "cancel")
MODES = (*REPAY_MODES, "circuit")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(DEEDS),
        st.sampled_from(MODES),
        st.lists(st.tuples(st.sampled_from(MODES), st.booleans()), max_size=2).map(tuple),
    ),
    max_size=12,
)
PAID_TWICE = [
    ("pay", "held", ()),
    ("half_a_minute", "ok", ()),
    ("resolve", "ok", ()),
    ("pay", "ok", ()),
    ("arrive", "ok", ()),
]


@settings(max_examples=150, deadline=None)
@example(steps=PAID_TWICE)
@example(steps=[("pay", "gateway", ()), ("unlink", "ok", ()), ("resolve", "ok", ())])
@example(
    steps=[("pay", "circuit", (("held", False),)), ("half_a_minute", "ok", ()), ("pay", "ok", ())]
)
@example(steps=[("pay", "held", ()), ("new_chat", "ok", ()), ("pay", "ok", ())])
@example(steps=[("lose_the_page", "lost", ()), ("cancel", "ok", ()), ("pay", "ok", ())])
@example(steps=[("lose_the_page", "ok", ()), ("cancel", "ok", ()), ("pay", "ok", ())])
@example(
    steps=[
        *(("lose_the_page", "lost", ()), ("half_a_minute", "ok", ()), ("resolve", "ok", ())),
        *(("cancel", "ok", ()), ("pay", "ok", ())),
    ]
)
@given(steps=STEPS)
def test_a_repayment_is_posted_once_or_not_and_told_as_it_is(
    steps: list[tuple[str, str, tuple[tuple[str, bool], ...]]],
) -> None:
    async def play(folder: Path) -> None:
        world = World(folder)
        try:
            for deed, mode, killed_after in steps:
                await world.step(deed, mode, killed_after)
            await world.settle()
            assert await world.journal.unresolved() == ()
        finally:
            world.database.close()
        book = world.bank.postings
        assert len(book) == len(set(book))
        assert len(world.done) == len(set(world.done))
        assert set(world.done) <= set(book)
        assert set(book) - set(world.done) <= world.a_persons, "posted and never told"
        assert world.not_done.isdisjoint(book)
        assert not world.open
        assert not any(chat.unsettled for chat in world.chats.values())

    with TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder)))
