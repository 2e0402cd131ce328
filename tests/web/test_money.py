"""Money moves once, however often it is confirmed, and an uncertain end is found out."""

import asyncio
from datetime import UTC, datetime, timedelta

import aiohttp
import pytest
from typing_extensions import override

from servicebot.adapters.bank_http.bank import HttpBank
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.stage import LiveActor, LiveStage
from servicebot.banking.resolve import SETTLE_AFTER, Resolver
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage, Text
from servicebot.domain.task import EarlyRepayment
from servicebot.evaluation.conversations.script import Customer, Deed, Fault, Script

LOAN = "loan-chen-1"
CUSTOMER = Script(name="money", customer=Customer(sample="chen-xiaoming", identity="L1"), turns=())


class LaterClock(SystemClock):
    """The clock of the machine, past the time in which "not found" may mean "not yet"."""

    @override
    def now(self) -> datetime:
        return super().now() + SETTLE_AFTER + timedelta(seconds=1)


async def resolve_later(stage: LiveStage) -> None:
    """Asks the bank about open moves as if they were older."""
    engine, bank = stage.engine, stage.engine.services.settings.bank
    async with aiohttp.ClientSession() as session:
        asked = HttpBank(session, bank.url, bank.token)
        stores = engine.stores
        await Resolver(asked, stores.ledger.journal, stores.ledger.mailbox, LaterClock()).resolve()
    await quiet(stage)


async def at_step_up(stage: LiveStage) -> LiveActor:
    actor = await stage.begin(CUSTOMER)
    for words in ("我要提前还款", "第一笔", "500"):
        await actor.say(words)
    receipt = await actor.say("确认")
    assert [reply.name for reply in receipt.replies] == ["step_up_repay"]
    return actor


async def send(stage: LiveStage, actor: LiveActor, number: int, content: Text | BankEvent) -> None:
    state = await actor.state()
    await stage.engine.services.door.accept(
        InboundMessage(
            channel="web",
            message_id=f"{state.id}/many/{number}",
            conversation_id=state.id,
            sender=state.sender,
            received_at=datetime.now(UTC),
            content=content,
        )
    )


async def names(stage: LiveStage, actor: LiveActor) -> list[str]:
    state = await actor.state()
    return [line.message.name for line in await stage.engine.services.timeline.lines(state.id, 0)]


async def quiet(stage: LiveStage) -> None:
    async with asyncio.timeout(30):
        while (await stage.engine.stores.ledger.mailbox.load()).waiting:
            await asyncio.sleep(0.05)


async def test_a_hundred_confirmations_are_one_posting(stage: LiveStage) -> None:
    actor = await at_step_up(stage)
    task = (await actor.state()).task
    assert task is not None
    assert isinstance(task.state, EarlyRepayment)
    assert task.state.page is not None
    step_up = task.state.page.step_up_id
    await actor.do(Deed.APPROVE_STEP_UP)
    approved = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id=step_up)
    for first in range(0, 100, 10):
        await asyncio.gather(
            *(send(stage, actor, 2 * n, Text(text="确认")) for n in range(first, first + 10)),
            *(send(stage, actor, 2 * n + 1, approved) for n in range(first, first + 10)),
        )
        await quiet(stage)
    assert await actor.postings(LOAN) == 1
    assert (await names(stage, actor)).count("repay_done") == 1


async def test_confirmations_that_race_the_approval_are_one_posting(stage: LiveStage) -> None:
    actor = await at_step_up(stage)
    await asyncio.gather(
        actor.do(Deed.APPROVE_STEP_UP),
        *(send(stage, actor, n, Text(text="确认")) for n in range(15)),
    )
    await quiet(stage)
    assert await actor.postings(LOAN) == 1
    assert (await names(stage, actor)).count("repay_done") == 1


@pytest.mark.parametrize(
    ("kind", "posted", "told"), [("drop_reply", 1, "repay_done"), ("garbage", 1, "repay_done")]
)
async def test_an_uncertain_repayment_is_found_out_and_told(
    stage: LiveStage, kind: str, posted: int, told: str
) -> None:
    actor = await at_step_up(stage)
    await actor.break_bank(Fault(path="/v1/repayments", kind=kind))
    receipt = await actor.do(Deed.APPROVE_STEP_UP)
    assert [reply.name for reply in receipt.replies] == ["repay_unknown"]
    async with asyncio.timeout(20):
        while told not in await names(stage, actor):
            await asyncio.sleep(0.1)
    assert await actor.postings(LOAN) == posted
    assert not (await actor.state()).unsettled


async def test_a_call_that_is_held_on_its_way_is_not_paid_beside_its_repetition(
    stage: LiveStage,
) -> None:
    held_s = 6.0
    actor = await at_step_up(stage)
    await actor.break_bank(Fault(path="/v1/repayments", kind="latency", seconds=held_s))
    begun = asyncio.get_running_loop().time()
    receipt = await actor.do(Deed.APPROVE_STEP_UP)
    assert [reply.name for reply in receipt.replies] == ["repay_unknown"]
    await resolve_later(stage)
    assert "repay_not_done" in await names(stage, actor)
    assert not (await actor.state()).unsettled
    for words in ("我要提前还款", "第一笔", "500"):
        await actor.say(words)
    await actor.say("确认")
    await asyncio.sleep(max(0.0, begun + held_s + 1.0 - asyncio.get_running_loop().time()))
    assert await actor.postings(LOAN) == 0
    again = await actor.do(Deed.APPROVE_STEP_UP)
    assert [reply.name for reply in again.replies] == ["repay_done"]
    assert await actor.postings(LOAN) == 1


async def test_the_end_of_an_open_repayment_is_told_after_unlinking(stage: LiveStage) -> None:
    actor = await at_step_up(stage)
    await actor.break_bank(Fault(path="/v1/repayments", kind="drop_reply"))
    await actor.do(Deed.APPROVE_STEP_UP)
    await actor.say("解除绑定")
    await actor.say("确认")
    assert (await actor.state()).identity.subject is None
    await resolve_later(stage)
    assert "repay_done" in await names(stage, actor)
    assert not (await actor.state()).unsettled
    assert await actor.postings(LOAN) == 1


async def test_a_yes_sent_while_the_bank_still_quotes_is_no_consent(stage: LiveStage) -> None:
    actor = await stage.begin(CUSTOMER)
    await actor.say("我要提前还款")
    await actor.say("第一笔")
    await actor.break_bank(Fault(path=f"/v1/loans/{LOAN}/quotes", kind="latency", seconds=0.6))
    quoting = asyncio.create_task(actor.say("500"))
    await asyncio.sleep(0.3)
    await send(stage, actor, 1, Text(text="确认"))
    await quoting
    await quiet(stage)
    said = await names(stage, actor)
    assert said.count("confirm_repay") == 2
    assert "step_up_repay" not in said
