"""Money moves once, however often it is confirmed, and an uncertain end is found out."""

import asyncio
from datetime import UTC, datetime

import pytest

from servicebot.app.stage import LiveActor, LiveStage
from servicebot.domain.messages import BankEvent, BankNews, InboundMessage, Text
from servicebot.domain.task import EarlyRepayment
from servicebot.evaluation.conversations.script import Customer, Deed, Fault, Script

LOAN = "loan-chen-1"
CUSTOMER = Script(name="money", customer=Customer(sample="chen-xiaoming", identity="L1"), turns=())


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
        while await stage.engine.stores.mailbox.depth():
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
