"""A question about the very terms is answered by them, and the yes behind it is to them."""

from dataclasses import replace

from tests.dialogue.stories import conversation, heard, money, names, repaying_bank, yes

from servicebot.content.content import Content
from servicebot.dialogue.say import Say, Words
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import YesNo

WISH = "loan.repay_early"
ASKS = heard("扣哪张卡的钱", "weilidai/which-card-debited")


def at_terms(content: Content) -> Conversation:
    first = heard("提前还款500元", WISH, slots=(money(50_000),))
    shown = repaying_bank().decide(conversation(), content, first).conversation
    return replace(shown, turns=2)


def test_the_account_of_these_terms_is_named_and_the_question_recalled(content: Content) -> None:
    told = repaying_bank().decide(at_terms(content), content, ASKS, number=2)
    assert names(told) == ["at_confirm_repay_which_card_debited", "remind_confirm_repay"]
    (first, _) = told.says
    assert isinstance(first, Say)
    assert first.fields["tail"] == Words("6688")


def test_a_yes_right_behind_it_is_to_the_terms(content: Content) -> None:
    bank = repaying_bank()
    told = bank.decide(at_terms(content), content, ASKS, number=2).conversation
    agreed = bank.decide(replace(told, turns=3), content, yes(), number=3)
    assert names(agreed) == ["step_up_repay"]


def test_without_terms_the_article_answers(content: Content) -> None:
    assert names(repaying_bank().decide(conversation(), content, ASKS))[0].startswith("weilidai/")


def test_a_yes_that_names_the_deed_counts_behind_another_answer_too(content: Content) -> None:
    bank = repaying_bank()
    fee = heard("微粒贷有手续费吗", "weilidai/handling-fee")
    aside = bank.decide(at_terms(content), content, fee, number=2).conversation
    aside = replace(aside, turns=4)
    bare = bank.decide(aside, content, heard("好的", yes_no=YesNo.YES), number=3)
    assert names(bare) == ["remind_confirm_repay"]
    deed = replace(heard("行,那扣吧"), act=yes().act)
    assert names(bank.decide(aside, content, deed, number=3)) == ["step_up_repay"]
