"""Whoever may come to harm is answered first, in every state; a lost card is frozen."""

from dataclasses import replace

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
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import FreezeCard, ListCards
from servicebot.domain.bank_items import BankCard
from servicebot.domain.bank_results import CardFrozen, Cards
from servicebot.domain.conversation import Owner
from servicebot.domain.heard import Denied, Heard
from servicebot.domain.tickets import Reason

CARD = BankCard(card_id="card-1", account_id="acc-1", tail="8801", state="active")


def in_danger(act: Act, topic: str = "") -> Heard:
    return replace(heard("救命啊", topic), danger=act)


def bank() -> FakeBank:
    made = repaying_bank()
    made.answers |= {
        ListCards: Cards(items=(CARD,)),
        FreezeCard: CardFrozen(card_id="card-1", tail="8801"),
    }
    return made


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (Act.DISTRESS, Reason.DISTRESS),
        (Act.THREAT, Reason.THREAT),
        (Act.SCAMMED, Reason.FRAUD),
    ],
)
@pytest.mark.parametrize("topic", ["", "account.balance", "task.affirm"])
def test_a_person_comes_whatever_else_the_words_may_mean(
    content: Content, act: Act, reason: Reason, topic: str
) -> None:
    decision = bank().decide(conversation(), content, in_danger(act, topic))
    assert decision.escalate is reason
    assert names(decision) == [f"handover_{reason}"]
    assert decision.conversation.owner is Owner.QUEUE


def test_at_the_terms_nothing_is_paid_and_the_task_is_kept_for_the_person(
    content: Content,
) -> None:
    asked = bank()
    words = heard("提前还500元", "loan.repay_early", slots=(money(50_000),))
    state = asked.decide(conversation(), content, words).conversation
    both = replace(in_danger(Act.DISTRESS), act=Act.AGREE)
    after = asked.decide(state, content, both, number=2)
    assert after.escalate is Reason.DISTRESS
    assert after.conversation.task is not None
    assert "loan.repay" not in {call.name for call in asked.calls}


def test_a_lost_card_is_asked_about_and_the_task_in_hand_waits(content: Content) -> None:
    asked = bank()
    words = heard("提前还500元", "loan.repay_early", slots=(money(50_000),))
    state = asked.decide(conversation(), content, words).conversation
    lost = asked.decide(state, content, in_danger(Act.CARD_LOST), number=2)
    assert names(lost) == ["confirm_freeze"]
    assert lost.escalate is None
    frozen = asked.decide(lost.conversation, content, yes(), number=3)
    assert names(frozen) == ["card_frozen", "confirm_repay"]


def test_a_freeze_in_hand_is_not_begun_again(content: Content) -> None:
    asked = bank()
    first = asked.decide(conversation(), content, in_danger(Act.CARD_LOST))
    again = asked.decide(
        first.conversation, content, in_danger(Act.CARD_LOST, "card.lost"), number=2
    )
    assert again.conversation.paused == ()
    assert again.conversation.task is not None
    assert first.conversation.task is not None
    assert again.conversation.task.id == first.conversation.task.id


def test_who_says_that_no_card_is_to_be_frozen_is_believed(content: Content) -> None:
    words = in_danger(Act.CARD_LOST)
    words = replace(words, denied=Denied(unwanted=frozenset({"card.lost"}), meant=None))
    decision = bank().decide(conversation(), content, words)
    assert names(decision) == ["denied_wish"]


def test_despair_is_not_weighed_against_a_denial(content: Content) -> None:
    words = replace(
        in_danger(Act.DISTRESS), denied=Denied(unwanted=frozenset({"card.lost"}), meant=None)
    )
    assert bank().decide(conversation(), content, words).escalate is Reason.DISTRESS
