"""A question is recalled in short, at most every third turn, with the page it waits for."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import NOW, conversation

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.remind import EVERY_TURNS, aside, just_asked, remind, reminder_of
from servicebot.dialogue.say import Money, Say, Title
from servicebot.domain.conversation import Identity, Task
from servicebot.domain.task import (
    AccountRef,
    Asked,
    EarlyRepayment,
    Lookup,
    Page,
    Question,
    TaskState,
    Terms,
)
from servicebot.domain.understanding import Language

ANSWER = Say(reply="talk_thanks")
TERMS = Terms(
    quote_id="q", total_fen=50_000, account=AccountRef(id="a", tail="6688"), valid_until=NOW
)


def task(question: Question | None, state: TaskState | None = None) -> Task:
    asked = Asked(question=question, at=NOW) if question is not None else None
    return Task(
        id="t",
        intent="loan.repay_early",
        flow="repay_early",
        state=state or EarlyRepayment(),
        asked=asked,
        begun_at=NOW,
    )


def said(decision: Decision) -> list[str]:
    return [one.reply for one in decision.says if isinstance(one, Say)]


def test_an_aside_reminds_in_the_third_turn_after_the_question_and_starts_to_count_again() -> None:
    state = conversation(task=task(Question.AMOUNT), asked_in=4)
    for turns in range(5, 4 + EVERY_TURNS):
        assert said(aside("x", replace(state, turns=turns), ANSWER)) == ["talk_thanks"]
    reminded = aside("x", replace(state, turns=4 + EVERY_TURNS), ANSWER)
    assert said(reminded) == ["talk_thanks", "remind_ask_amount"]
    assert reminded.conversation.asked_in == 4 + EVERY_TURNS


@pytest.mark.parametrize("in_hand", [None, task(None)])
def test_without_a_question_there_is_nothing_to_recall(in_hand: Task | None) -> None:
    assert said(aside("x", conversation(task=in_hand, turns=99), ANSWER)) == ["talk_thanks"]


def test_a_reminder_counts_as_asking() -> None:
    asked = task(Question.CONFIRM_FREEZE)
    state = conversation(task=asked, turns=9, asked_in=2)
    assert not just_asked(state)
    reminded = remind("x", state, asked).conversation
    assert just_asked(replace(reminded, turns=10))
    assert not just_asked(replace(reminded, turns=11))


def test_the_sum_stands_in_the_reminder_of_a_payment() -> None:
    waiting = task(Question.CONFIRM_REPAY, EarlyRepayment(terms=TERMS))
    reminder = reminder_of(waiting, conversation())
    assert reminder.fields == {"task": Title("loan.repay_early"), "total": Money(50_000)}
    assert reminder.links == ()


def test_the_page_that_is_waited_for_stands_under_it() -> None:
    linked = replace(task(Question.LINK), state=Lookup())
    stranger = conversation(identity=Identity(link_id="l", link_url="https://bank/link"))
    assert [url for _, url in reminder_of(linked, stranger).links] == ["https://bank/link"]
    page = EarlyRepayment(terms=TERMS, page=Page(step_up_id="s", url="https://bank/page"))
    waiting = task(Question.APPROVE_REPAY, page)
    assert [url for _, url in reminder_of(waiting, conversation()).links] == ["https://bank/page"]


@pytest.mark.parametrize("question", Question)
def test_every_question_can_be_recalled_in_both_languages(
    content: Content, question: Question
) -> None:
    reply = reminder_of(task(question), conversation()).reply
    for language in Language:
        assert (reply, language) in content.replies
