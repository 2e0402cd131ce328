"""What a loan costs: by the product's own formula to the fen, or plainly not said."""

import pytest
from tests.dialogue.stories import NOW, FakeBank, conversation, heard, money, names, product

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import Count, Money, Percent, Say, Term
from servicebot.domain.heard import Heard
from servicebot.domain.period import Period
from servicebot.domain.task import Lookup, Task
from servicebot.domain.understanding import SlotKind, SlotValue

BANK = FakeBank({})
ASKED = "借5000分20期一共还多少"


def lasting(months: int = 0, days: int = 0) -> SlotValue:
    value = Period(months=months, days=days)
    return SlotValue(kind=SlotKind.PERIOD, text="20期", start=0, end=1, value=value)


def asks(*slots: SlotValue, text: str = ASKED) -> Heard:
    return heard(text, "weilidai/interest-example", slots=slots)


def decided(content: Content, words: Heard, **state: object) -> Decision:
    return BANK.decide(conversation(own_lines=(), **state), content, words)


def told(decision: Decision) -> Say:
    (said,) = decision.says
    assert isinstance(said, Say)
    return said


def test_instalments_are_counted_by_the_formula_of_equal_instalments(content: Content) -> None:
    said = told(decided(content, asks(money(500_000), lasting(months=20))))
    assert said.reply == "cost_computed"
    assert said.fields["product"] == Term("product_weilidai")
    assert said.fields["principal"] == Money(500_000)
    assert said.fields["count"] == Count(20)
    interest, total = said.fields["interest"], said.fields["total"]
    assert isinstance(interest, Money)
    assert isinstance(total, Money)
    # 5,000 yuan at 0.04 % a day, months of 30 days, 20 equal instalments: 654.25 in all.
    assert said.fields["rate"] == Percent(400)
    assert abs(interest.fen - 65_425) <= 100
    assert total.fen == 500_000 + interest.fen


def test_a_sum_and_a_time_of_what_is_no_loan_are_no_question_of_its_cost(content: Content) -> None:
    decision = decided(
        content,
        asks(product("wealth"), money(1_000_000), lasting(months=12), text="理财1万一年多少"),
    )
    assert not decision.rule.startswith("cost:")


def test_days_are_counted_by_the_day(content: Content) -> None:
    said = told(decided(content, asks(money(500_000), lasting(days=20))))
    assert said.reply == "cost_of_days"
    assert said.fields["interest"] == Money(4_000)
    assert said.fields["total"] == Money(504_000)


def test_months_and_days_together_are_days(content: Content) -> None:
    said = told(decided(content, asks(money(500_000), lasting(months=1, days=15))))
    assert said.reply == "cost_of_days"
    assert said.fields["count"] == Count(45)


@pytest.mark.parametrize("line", ["weichedai", "weiyedai", "weizhuangdai", "weiludai", "caifudai"])
def test_a_product_without_a_public_rate_is_not_computed(content: Content, line: str) -> None:
    words = asks(money(500_000), lasting(months=20), product(line))
    said = told(decided(content, words))
    assert said.reply == "cost_not_computed"
    assert said.fields["product"] == Term(f"product_{line}")


def test_the_product_spoken_of_is_the_one_that_is_meant(content: Content) -> None:
    words = asks(money(500_000), lasting(months=20))
    assert told(decided(content, words, last_product="weichedai")).reply == "cost_not_computed"


def test_the_only_line_of_the_customer_is_the_one_that_is_meant(content: Content) -> None:
    words = asks(money(500_000), lasting(months=20))
    said = BANK.decide(conversation(own_lines=("weichedai",)), content, words)
    assert told(said).reply == "cost_not_computed"


@pytest.mark.parametrize(
    "words",
    [
        asks(money(500_000)),
        asks(lasting(months=20)),
        asks(money(500_000, certain=False), lasting(months=20)),
        asks(money(500_000), lasting(months=20), text="我借5000分20期"),
        asks(money(500_000), lasting()),
        asks(money(0), lasting(months=20)),
    ],
)
def test_where_a_sum_a_time_or_a_question_is_missing_nothing_is_computed(
    content: Content, words: Heard
) -> None:
    said = names(decided(content, words))
    assert not {"cost_computed", "cost_of_days", "cost_not_computed"} & set(said)


def test_more_instalments_than_any_plan_has_are_counted_by_days_or_not_at_all(
    content: Content,
) -> None:
    said = names(decided(content, asks(money(500_000), lasting(months=10_000))))
    assert "cost_computed" not in said


def test_in_the_middle_of_a_task_a_sum_belongs_to_the_task(content: Content) -> None:
    task = Task(id="t", intent="account.balance", flow="balance", state=Lookup(), begun_at=NOW)
    words = asks(money(500_000), lasting(months=20))
    assert "cost_computed" not in names(decided(content, words, task=task))


def test_what_is_answered_is_what_the_next_words_are_about(content: Content) -> None:
    words = asks(money(500_000), lasting(months=20), product("weilidai"))
    assert decided(content, words, misses=1).conversation.last_product == "weilidai"
    assert decided(content, words, misses=1).conversation.misses == 0
