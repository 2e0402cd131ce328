"""What nobody goes on with falls asleep after ten minutes and is taken up by a word."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import (
    NOW,
    FakeBank,
    conversation,
    heard,
    money,
    names,
    repaying_bank,
    repayment,
    yes,
)

from servicebot.content.content import Content
from servicebot.dialogue.fall_asleep import AFTER, KEPT, fall_asleep, wake
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ReadLink, StartLink
from servicebot.domain.bank_results import IdentityLink
from servicebot.domain.conversation import Conversation, Identity, Task
from servicebot.domain.heard import Heard
from servicebot.domain.messages import BankEvent, BankNews
from servicebot.domain.task import Lookup, Sum

WISH = "loan.repay_early"
MOMENT = timedelta(seconds=1)


def resumes() -> Heard:
    return replace(heard("继续"), act=Act.RESUME)


def task(number: int, at: timedelta = timedelta()) -> Task:
    return Task(
        id=f"t-{number}",
        intent="account.balance",
        flow="balance",
        state=Lookup(),
        begun_at=NOW + at,
    )


def at_the_terms(bank: FakeBank, content: Content) -> Conversation:
    words = heard("提前还500元", WISH, slots=(money(50_000),))
    return bank.decide(conversation(), content, words).conversation


def test_it_stays_awake_until_the_tenth_minute() -> None:
    state = conversation(task=task(1))
    assert fall_asleep(state, NOW + AFTER - MOMENT).task is not None
    slept = fall_asleep(state, NOW + AFTER)
    assert slept.task is None
    assert [one.id for one in slept.asleep] == ["t-1"]


def test_what_waited_behind_it_sleeps_too_and_the_newest_is_last() -> None:
    state = conversation(task=task(2), paused=(task(1),))
    slept = fall_asleep(state, NOW + AFTER)
    assert slept.paused == ()
    assert [one.id for one in slept.asleep] == ["t-1", "t-2"]


def test_old_dreams_end_after_a_day_and_only_five_are_kept() -> None:
    dreaming = conversation(asleep=tuple(task(number) for number in range(5)), task=task(9))
    assert [one.id for one in fall_asleep(dreaming, NOW + AFTER).asleep] == [
        "t-1",
        "t-2",
        "t-3",
        "t-4",
        "t-9",
    ]
    assert fall_asleep(conversation(asleep=(task(1),)), NOW + KEPT).asleep == ()


def test_waking_one_leaves_the_others_asleep() -> None:
    woken = wake(conversation(asleep=(task(1), task(2))), task(1))
    assert woken.task == task(1)
    assert woken.asleep == (task(2),)


def test_a_word_to_go_on_asks_its_question_again(content: Content) -> None:
    bank = repaying_bank()
    state = at_the_terms(bank, content)
    woken = bank.decide(state, content, resumes(), number=2, now=NOW + AFTER)
    assert names(woken) == ["confirm_repay"]
    assert repayment(woken.conversation).amount == Sum(fen=50_000)
    assert woken.conversation.asleep == ()


def test_a_yes_to_terms_that_fell_asleep_moves_nothing(content: Content) -> None:
    bank = repaying_bank()
    state = at_the_terms(bank, content)
    for words in (yes(), replace(heard("那就还吧"), act=Act.AGREE)):
        asked = bank.decide(state, content, words, number=2, now=NOW + AFTER)
        assert names(asked) == ["task_asleep"]
        assert asked.conversation.task is None
    assert not [call for call in bank.calls if call.name in {"loan.repay", "identity.step_up"}]


def test_a_wish_of_its_own_lets_it_sleep_and_its_name_ends_the_sleep(content: Content) -> None:
    bank = repaying_bank()
    state = at_the_terms(bank, content)
    words = heard("查余额", "account.balance")
    asked = bank.decide(state, content, words, number=2, now=NOW + AFTER)
    assert names(asked) == ["balance"]
    assert len(asked.conversation.asleep) == 1
    again = bank.decide(
        asked.conversation, content, heard("提前还款", WISH), number=3, now=NOW + AFTER
    )
    assert again.conversation.task is not None
    assert again.conversation.asleep == ()


@pytest.mark.parametrize("after", [AFTER - MOMENT, AFTER + MOMENT, timedelta(hours=2)])
def test_the_news_of_a_link_finds_the_task_awake_or_asleep(
    content: Content, after: timedelta
) -> None:
    pending = IdentityLink(link_id="link-1", state="pending", url="https://bank/link/1")
    bank = repaying_bank()
    bank.answers |= {StartLink: pending, ReadLink: pending}
    stranger = conversation(identity=Identity())
    offered = bank.decide(stranger, content, heard("查余额", "account.balance"))
    hello = bank.decide(
        offered.conversation, content, heard("你好", "talk.greet"), number=2, now=NOW + after
    )
    bank.answers[ReadLink] = replace(pending, state="bound", subject="s", display_name="陈")
    news = BankEvent(news=BankNews.IDENTITY_BOUND, reference_id="link-1")
    bound = bank.decide(hello.conversation, content, None, news, number=3, now=NOW + after)
    assert names(bound) == ["link_bound", "balance"]
