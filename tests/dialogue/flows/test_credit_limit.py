"""Limits: what is left, and why a line cannot be used."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import FakeBank, conversation, heard, names, product

from servicebot.content.content import Content
from servicebot.dialogue.say import Money, Say, Term
from servicebot.domain.bank_calls import ListLimits
from servicebot.domain.bank_items import Limit
from servicebot.domain.bank_results import Limits

WISH = "credit.limit"
OPEN = Limit(
    product="weilidai", total_fen=500_000, used_fen=100_000, available_fen=400_000, state="open"
)


def bank(*limits: Limit) -> FakeBank:
    return FakeBank({ListLimits: Limits(items=limits)})


def test_an_open_limit_tells_what_is_left(content: Content) -> None:
    (said,) = bank(OPEN).decide(conversation(), content, heard("额度", WISH)).says
    assert isinstance(said, Say)
    assert said.reply == "limit_open"
    assert said.fields["available"] == Money(400_000)


@pytest.mark.parametrize("state", ["frozen", "closed"])
@pytest.mark.parametrize(
    ("code", "reason"), [("overdue", "limit_reason_overdue"), (None, "limit_reason_overall")]
)
def test_a_limit_that_cannot_be_used_names_the_reason(
    content: Content, state: str, code: str | None, reason: str
) -> None:
    shut = replace(OPEN, state=state, reason_code=code)
    (said,) = bank(shut).decide(conversation(), content, heard("额度", WISH)).says
    assert isinstance(said, Say)
    assert said.reply == f"limit_{state}"
    assert said.fields["reason"] == Term(reason)


def test_a_named_product_narrows_it_and_an_unknown_one_shows_all(content: Content) -> None:
    two = bank(OPEN, replace(OPEN, product="weiyedai"))
    for named, count in (("weiyedai", 1), ("weichedai", 2)):
        words = heard("额度", WISH, slots=(product(named),))
        assert len(two.decide(conversation(), content, words).says) == count


def test_no_limit_is_told_so(content: Content) -> None:
    assert names(bank().decide(conversation(), content, heard("额度", WISH))) == ["no_limit"]
