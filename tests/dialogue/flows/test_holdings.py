"""Wealth products: always with their issuer, and with the day a redemption arrives."""

from datetime import date

from tests.dialogue.stories import FakeBank, conversation, heard, names

from servicebot.content.content import Content
from servicebot.dialogue.say import Day, Joined, Money, Say, Term, Words
from servicebot.domain.bank_calls import ListHoldings
from servicebot.domain.bank_items import Holding
from servicebot.domain.bank_results import Holdings

WISH = "wealth.holdings"
FUND = Holding(
    holding_id="h", name="示例基金", issuer="示例公司", value_fen=9_876_543, state="held"
)
LEAVING = Holding(
    holding_id="h",
    name="示例凭证",
    issuer="示例证券",
    value_fen=100,
    state="redeeming",
    arrives_on=date(2026, 11, 25),
)


def test_each_names_its_issuer_and_a_redemption_its_day(content: Content) -> None:
    bank = FakeBank({ListHoldings: Holdings(items=(FUND, LEAVING))})
    (said,) = bank.decide(conversation(), content, heard("我的理财", WISH)).says
    assert isinstance(said, Say)
    held, leaving = said.rows
    assert held == (
        Joined((Words("示例基金"), Words("(示例公司)"))),
        Joined((Money(9_876_543),)),
    )
    assert leaving[1] == Joined((Money(100), Term("state_redeeming"), Day(date(2026, 11, 25))))


def test_nothing_held_is_told_so(content: Content) -> None:
    bank = FakeBank({ListHoldings: Holdings(items=())})
    assert names(bank.decide(conversation(), content, heard("我的理财", WISH))) == ["no_holdings"]
