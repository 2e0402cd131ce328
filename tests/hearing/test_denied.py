"""A denied wish is told from a matter that has a no in it."""

import pytest
from tests.dialogue.stories import understood

from servicebot.domain.understanding import SlotKind, SlotValue
from servicebot.hearing.denied import read_denial, without_denied_values
from servicebot.understanding.lexicon import Lexicon


@pytest.mark.parametrize(
    ("text", "denied", "meant"),
    [
        ("我不是要还款", "还款", ""),
        ("没说要提前还", "提前还", ""),
        ("不是问利息,是问几号还", "利息", "几号还"),
        ("不是问利息 是问几号还", "利息", "几号还"),
        ("我没要冻结卡,我是想查额度", "冻结卡", "查额度"),
        ("不是查余额而是查明细", "查余额", "查明细"),
        ("不是微粒贷是微业贷", "微粒贷", "微业贷"),
        ("不是问怎么借,是几天到账", "怎么借", "几天到账"),
        ("车贷就别提了,讲微路贷的利率", "车贷", "讲微路贷的利率"),
        ("额度先不管,这个月还多少", "额度", "这个月还多少"),
        ("不买,我要卖", "买", "卖"),
        ("forget the car loan, the rate of the other", "car loan", "the rate of the other"),
        ("i don't want to repay", "repay", ""),
        ("not the interest, the due date", "the interest", "the due date"),
        ("i'm not asking about fees, i want my balance", "fees", "my balance"),
        ("i didn't ask for a loan but a card", "a loan", "a card"),
    ],
)
def test_what_is_denied_is_parted_from_what_is_meant(
    text: str, denied: str, meant: str, lexicon: Lexicon
) -> None:
    read = read_denial(text, lexicon)
    assert read is not None
    assert (read.denied, read.meant) == (denied, meant)


@pytest.mark.parametrize(
    "text",
    [
        *("还不上款", "没收到验证码", "额度没恢复", "为什么不能提前还款", "不想用了怎么关闭"),
        *("不还会怎样", "不行,我急用钱", "先不管了", "不对,是第二笔"),
        *("收不到", "不想活了", "不要", "不是我借的钱", "不用了谢谢", "没有工作能借吗"),
        *("别人盗刷我的卡", "别的银行更低", "没问题了", "没想到扣了钱", "不是的"),
        *("不是本地人可以办吗", "不想再收短信了", "i can't repay", "why can't i repay early"),
        *("i don't understand", "i don't want it any more, how do i close it", "no", "not me"),
    ],
)
def test_a_no_that_is_the_matter_itself_denies_nothing(text: str, lexicon: Lexicon) -> None:
    assert read_denial(text, lexicon) is None


def named(text: str, value: int, kind: SlotKind = SlotKind.MONEY) -> SlotValue:
    start = text.index(str(value))
    return SlotValue(
        kind=kind, text=str(value), start=start, end=start + len(str(value)), value=value
    )


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("要还的是650,不是500", [650]),
        ("不是500是650", [650]),
        ("不是 500, 650", [650]),
        ("pay 650 not 500", [650]),
        ("不是,500到650", [500, 650]),
        ("是不是500到650", [500, 650]),
    ],
)
def test_a_value_behind_a_not_is_not_meant(text: str, left: list[int], lexicon: Lexicon) -> None:
    words = understood(text, slots=(named(text, 500), named(text, 650)))
    assert [s.value for s in without_denied_values(words, lexicon).slots] == left
