"""How a repayment ends: what happened, why, and what can be done."""

import pytest
from tests.dialogue.stories import (
    FakeBank,
    conversation,
    heard,
    money,
    names,
    repaying_bank,
    yes,
)

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.say import Say, Term
from servicebot.domain.bank_calls import ReadStepUp, Repay
from servicebot.domain.bank_results import Repayment, StepUp
from servicebot.domain.conversation import Conversation
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.understanding import Language
from servicebot.screening.allow_list import Allowed
from servicebot.turns.screen import screen_out

DECIDED = BankEvent(news=BankNews.STEP_UP_DECLINED, reference_id="su-1")
APPROVED = BankEvent(news=BankNews.STEP_UP_APPROVED, reference_id="su-1")


def at_step_up(content: Content, bank: FakeBank) -> Conversation:
    first = heard("提前还500元", "loan.repay_early", slots=(money(50_000),))
    shown = bank.decide(conversation(), content, first)
    return bank.decide(shown.conversation, content, yes(), number=2).conversation


def ended(content: Content, result: Repayment) -> Decision:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[Repay] = result
    return bank.decide(state, content, None, APPROVED, number=3)


@pytest.mark.parametrize(
    ("reason", "reply"),
    [("customer", "repay_declined"), ("wrong_pins", "repay_page_locked"), (None, "repay_declined")],
)
def test_a_page_that_was_declined_says_what_happened(
    content: Content, reason: str | None, reply: str
) -> None:
    bank = repaying_bank()
    state = at_step_up(content, bank)
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="declined", reason_code=reason)
    told = bank.decide(state, content, None, DECIDED, number=3)
    assert names(told) == [reply]
    assert told.conversation.task is None


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("core_rejected", "repay_failure_core_rejected"),
        ("insufficient_funds", "repay_failure_insufficient_funds"),
        ("news_to_us", "repay_failure_other"),
        (None, "repay_failure_other"),
    ],
)
def test_a_failed_repayment_names_its_reason(
    content: Content, code: str | None, reason: str
) -> None:
    failed = Repayment(
        repayment_id="r",
        state="failed",
        total_fen=50_000,
        outstanding_fen=800_000,
        receipt_no=None,
        failure_code=code,
    )
    (one,) = ended(content, failed).says
    assert isinstance(one, Say)
    assert one.reply == "repay_failed"
    assert one.fields["reason"] == Term(reason)


@pytest.mark.parametrize(
    "receipt", ["123456789012", "2026112312345678901", "R20261123000000000001"]
)
@pytest.mark.parametrize("language", list(Language))
def test_a_receipt_number_of_any_length_can_be_read(
    content: Content, receipt: str, language: Language
) -> None:
    done = Repayment(
        repayment_id="r",
        state="succeeded",
        total_fen=50_000,
        outstanding_fen=750_000,
        receipt_no=receipt,
    )
    (message,) = Phraser(content, language).messages(ended(content, done).says, ())
    assert receipt in screen_out(message, Allowed()).text
