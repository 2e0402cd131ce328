"""An early repayment moves money only for a plain yes to exactly the terms that were shown."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import (
    NOW,
    FakeBank,
    conversation,
    heard,
    loan,
    money,
    names,
    no,
    quote,
    repaying_bank,
    repayment,
    understood,
    yes,
)

from servicebot.content.content import Content
from servicebot.domain.bank_calls import (
    ListLoans,
    QuoteRepayment,
    ReadStepUp,
    Repay,
    StartStepUp,
)
from servicebot.domain.bank_results import Loans, Refused, Repayment, StepUp, Unreachable
from servicebot.domain.conversation import Conversation
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.task import Question
from servicebot.domain.understanding import Band

APPROVED = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id="su-1")


def moves(bank: FakeBank) -> list[Repay]:
    return [call for call in bank.calls if isinstance(call, Repay)]


def at_terms(content: Content, bank: FakeBank) -> Conversation:
    begun = bank.decide(
        conversation(), content, heard("提前还500", "loan.repay_early", slots=(money(50_000),))
    )
    assert names(begun) == ["confirm_repay"]
    return begun.conversation


def at_step_up(content: Content, bank: FakeBank) -> Conversation:
    agreed = bank.decide(at_terms(content, bank), content, yes(), number=2)
    assert names(agreed) == ["step_up_repay"]
    return agreed.conversation


def test_the_whole_way_moves_money_once(content: Content) -> None:
    bank = repaying_bank()
    done = bank.decide(at_step_up(content, bank), content, None, APPROVED, number=3)
    assert names(done) == ["repay_done"]
    assert done.conversation.task is None
    assert [call.total_fen for call in moves(bank)] == [50_000]


def test_a_repeated_turn_sends_the_same_key(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    for number in (3, 3, 4):
        bank.decide(state, content, None, APPROVED, number=number)
    assert len({call.key for call in moves(bank)}) == 1


@pytest.mark.parametrize(
    "words",
    [
        heard(
            "可以,但是有手续费吗",
            yes_no=YesNo.YES,
            rest=understood("有手续费吗", "weilidai/early-repayment"),
        ),
        heard("好,我再想想", yes_no=YesNo.YES, rest=understood("我再想想")),
        heard("可以吗", "weilidai/early-repayment"),
        heard("嗯?"),
    ],
)
def test_anything_but_a_plain_yes_moves_nothing(content: Content, words: Heard) -> None:
    bank = repaying_bank()
    answered = bank.decide(at_terms(content, bank), content, words, number=2)
    assert not repayment(answered.conversation).agreed
    assert not any(isinstance(call, StartStepUp | Repay) for call in bank.calls)


def test_a_yes_that_was_sent_before_the_terms_were_shown_does_not_count(content: Content) -> None:
    bank = repaying_bank()
    state = at_terms(content, bank)
    early = bank.decide(state, content, yes(), number=2, now=NOW - timedelta(seconds=1))
    assert names(early) == ["confirm_repay"]


def test_terms_that_ran_out_are_shown_anew(content: Content) -> None:
    bank = repaying_bank()
    late = NOW + timedelta(minutes=9)
    bank.answers[QuoteRepayment] = replace(quote(50_000), valid_until=NOW + timedelta(minutes=5))
    state = at_terms(content, bank)
    bank.answers[QuoteRepayment] = replace(quote(50_100), valid_until=late + timedelta(minutes=10))
    again = bank.decide(state, content, yes(), number=2, now=late)
    assert names(again) == ["confirm_repay"]
    terms = repayment(again.conversation).terms
    assert terms is not None
    assert terms.total_fen == 50_100


def test_another_amount_after_the_yes_needs_a_new_yes(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[QuoteRepayment] = quote(60_000)
    changed = bank.decide(
        state, content, heard("不对,是六百", "task.correct", slots=(money(60_000),)), number=3
    )
    assert names(changed) == ["confirm_repay"]
    left = repayment(changed.conversation)
    assert left.page is None
    assert not left.agreed


def test_news_alone_is_not_believed(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="pending")
    waiting = bank.decide(state, content, None, APPROVED, number=3)
    assert names(waiting) == ["step_up_repay"]
    assert not moves(bank)


def test_news_about_another_step_up_is_silent(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    foreign = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id="su-of-somebody-else")
    assert names(bank.decide(state, content, None, foreign, number=3)) == []


def test_a_no_at_the_step_up_ends_it(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="pending")
    assert names(bank.decide(state, content, no(), number=3)) == ["repay_cancelled"]


@pytest.mark.parametrize("code", ["quote_expired", "quote_changed", "step_up_mismatch"])
def test_terms_the_bank_no_longer_holds_are_shown_again(content: Content, code: str) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = Refused(code=code)
    refused = bank.decide(state, content, None, APPROVED, number=3)
    assert names(refused) == ["terms_changed", "confirm_repay"]


def test_an_uncertain_end_blocks_the_loan_until_it_is_known(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = Unreachable(maybe_done=True)
    unknown = bank.decide(state, content, None, APPROVED, number=3)
    assert names(unknown) == ["repay_unknown"]
    again = bank.decide(
        unknown.conversation,
        content,
        heard("再还500", "loan.repay_early", slots=(money(50_000),)),
        number=4,
    )
    assert names(again) == ["repay_still_unknown"]


def test_what_was_not_sent_is_told_plainly_and_blocks_nothing(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = Unreachable()
    kept_back = bank.decide(state, content, None, APPROVED, number=3)
    assert names(kept_back) == ["bank_unavailable"]
    assert kept_back.conversation.unsettled == {}


def test_a_voided_key_is_told_as_not_done_and_blocks_nothing(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = Refused(code="key_voided")
    refused = bank.decide(state, content, None, APPROVED, number=3)
    assert names(refused) == ["repay_not_done"]
    assert refused.conversation.unsettled == {}


def test_a_failed_repayment_is_said_plainly(content: Content) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = Repayment(
        repayment_id="r", state="failed", total_fen=50_000, outstanding_fen=800_000, receipt_no=None
    )
    assert names(bank.decide(state, content, None, APPROVED, number=3)) == ["repay_failed"]


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (Refused(code="amount_too_small"), "amount_refused"),
        (Refused(code="amount_too_small", limit_fen=10_000), "amount_too_small"),
        (Refused(code="amount_too_large", limit_fen=80_000), "amount_too_large"),
    ],
)
def test_an_amount_the_bank_refuses_is_asked_again(
    content: Content, refusal: Refused, said: str
) -> None:
    bank = repaying_bank()
    bank.answers[QuoteRepayment] = refusal
    asked = bank.decide(
        conversation(), content, heard("还500", "loan.repay_early", slots=(money(50_000),))
    )
    assert names(asked) == [said]
    assert asked.conversation.task is not None
    assert asked.conversation.task.question is Question.AMOUNT


def test_a_no_with_a_cancel_behind_it_cancels(content: Content) -> None:
    bank = repaying_bank()
    words = heard("不,取消", yes_no=YesNo.NO, rest=understood("取消", "task.cancel"))
    assert names(bank.decide(at_terms(content, bank), content, words, number=2)) == [
        "task_cancelled"
    ]


def test_a_yes_to_which_of_these_is_no_consent_to_the_terms(content: Content) -> None:
    bank = repaying_bank()
    state = at_terms(content, bank)
    whole = understood("那个费用", "weilidai/early-repayment", band=Band.ASK_BACK)
    unsure = Heard(whole=whole, yes_no=YesNo.NONE, rest=whole)
    asked = bank.decide(state, content, unsure, number=2)
    assert names(asked) == ["ask_back"]
    answered = bank.decide(asked.conversation, content, yes(), number=3)
    assert names(answered) == ["which_of_these"]
    assert not any(isinstance(call, StartStepUp | Repay) for call in bank.calls)


def test_the_fee_of_another_product_is_not_told(content: Content) -> None:
    bank = repaying_bank()
    bank.answers[ListLoans] = Loans(items=(loan(1, "weichedai"),))
    state = at_terms(content, bank)
    plain = understood("有手续费吗", "weilidai/early-repayment")
    about = understood("微车贷 有手续费吗", "weichedai/early-settlement-fee")
    words = Heard(whole=plain, yes_no=YesNo.NONE, rest=plain, about=about)
    told = bank.decide(state, content, words, number=2)
    assert names(told) == ["at_confirm_repay_fee", "remind_confirm_repay"]
    unsure = Heard(whole=plain, yes_no=YesNo.NONE, rest=plain, about=understood("微车贷 x"))
    assert "weilidai/early-repayment" not in names(bank.decide(state, content, unsure, number=3))


def test_an_unsure_topic_in_a_task_never_moves_money(content: Content) -> None:
    bank = repaying_bank()
    whole = understood("那就这样吧也行", "task.affirm", band=Band.ASK_BACK)
    unsure = Heard(whole=whole, yes_no=YesNo.NONE, rest=whole)
    answered = bank.decide(at_terms(content, bank), content, unsure, number=2)
    assert names(answered) == ["not_understood_in_task", "remind_confirm_repay"]
