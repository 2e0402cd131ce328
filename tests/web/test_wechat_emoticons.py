"""Emoticons of WeChat, as the whole bot takes them."""

import pytest

from servicebot.app.stage import LiveActor, LiveStage
from servicebot.channels.wechat.wording import read_text
from servicebot.domain.conversation import Owner
from servicebot.domain.messages import Text, Unreadable
from servicebot.domain.receipts import Receipt
from servicebot.evaluation.conversations.script import Customer, Script

STRANGER = Script(name="emoticons", customer=Customer(), turns=())
CUSTOMER = Script(
    name="emoticons", customer=Customer(sample="chen-xiaoming", identity="L1"), turns=()
)


async def hear(actor: LiveActor, typed: str) -> Receipt:
    """What the channel makes of the words goes through the door."""
    content = read_text(typed)
    assert isinstance(content, Text | Unreadable)
    return (
        await actor.say(content.text) if isinstance(content, Text) else await actor._send(content)
    )


@pytest.mark.parametrize(
    "typed",
    [
        ("[微笑]", "[微笑]", "[呲牙][呲牙]"),
        ("/:rose", "[玫瑰]", "/::)"),
        ("【收到不支持的消息类型，暂无法显示】",) * 3,
        ("[动画表情]",) * 3,
    ],
)
async def test_pictures_in_a_row_call_no_person_and_are_answered_in_chinese(
    stage: LiveStage, typed: tuple[str, ...]
) -> None:
    actor = await stage.begin(STRANGER)
    for one in typed:
        receipt = await hear(actor, one)
        assert [reply.name for reply in receipt.replies] == ["unreadable"]
        assert "抱歉" in receipt.replies[0].text
    assert (await actor.state()).owner is Owner.BOT


@pytest.mark.parametrize("yes", ["确认[OK]", "确认/:ok", "[OK]", "/:ok", "[强]", "[好的]"])
async def test_a_yes_in_an_emoticon_is_a_yes(stage: LiveStage, yes: str) -> None:
    actor = await stage.begin(CUSTOMER)
    for words in ("我要提前还款", "第一笔", "500"):
        await actor.say(words)
    receipt = await hear(actor, yes)
    assert [reply.name for reply in receipt.replies] == ["step_up_repay"]


async def test_a_no_in_an_emoticon_moves_no_money(stage: LiveStage) -> None:
    actor = await stage.begin(CUSTOMER)
    for words in ("我要提前还款", "第一笔", "500"):
        await actor.say(words)
    receipt = await hear(actor, "[NO]")
    assert "step_up_repay" not in [reply.name for reply in receipt.replies]
