"""While the customer waits: danger, questions, the place, leaving, and never a second ticket."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dialogue.stories import (
    NOW,
    FakeBank,
    conversation,
    heard,
    loan,
    names,
    no,
    ticket,
    understood,
    yes,
)

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import FreezeCard, ListCards, ListLoans
from servicebot.domain.bank_items import BankCard
from servicebot.domain.bank_results import CardFrozen, Cards, Loans, Unreachable
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.desk_facts import OPEN, DeskNow, QueueState, ReadQueue, Wait
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.messages import Text
from servicebot.domain.task import Asked, EarlyRepayment, Question, Task
from servicebot.domain.tickets import Departure, Reason
from servicebot.domain.understanding import Band
from servicebot.domain.waiting import Waiting

SHUT = DeskNow(is_open=False, opens_at=NOW + timedelta(hours=21))
CARD = BankCard(card_id="card-1", tail="6688", state="active", account_id="acc-1")


def queued(**changes: object) -> Conversation:
    fields = {
        "owner": Owner.QUEUE,
        "ticket": ticket("t1"),
        "turns": 5,
        "waiting": Waiting(),
        **changes,
    }
    return conversation(**fields)


def bank(place: int | None = 3, wait: Wait | None = None) -> FakeBank:
    return FakeBank(
        {
            ListCards: Cards(items=(CARD,)),
            FreezeCard: CardFrozen(card_id="card-1", tail="6688"),
            ListLoans: Loans(items=(loan(1),)),
        },
        {ReadQueue: QueueState(place=place, wait=wait)},
    )


def said(
    content: Content, words: Heard, state: Conversation | None = None, desk: DeskNow = OPEN
) -> Decision:
    return bank().decide(state or queued(), content, words, desk=desk)


def in_danger(act: Act) -> Heard:
    return replace(heard("……"), danger=act)


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (Act.DISTRESS, Reason.DISTRESS),
        (Act.THREAT, Reason.THREAT),
        (Act.SCAMMED, Reason.FRAUD),
    ],
)
def test_danger_is_answered_at_once_and_raises_the_ticket(
    content: Content, act: Act, reason: Reason
) -> None:
    decision = said(content, in_danger(act))
    assert names(decision) == [f"handover_{reason}"]
    assert (decision.raised, decision.escalate) == (reason, None)
    assert decision.conversation.owner is Owner.QUEUE
    assert decision.conversation.ticket_id == "t1"


def test_danger_at_night_is_told_with_the_numbers_and_the_opening(content: Content) -> None:
    decision = said(content, in_danger(Act.DISTRESS), desk=SHUT)
    assert names(decision) == ["handover_closed_distress"]
    assert decision.raised is Reason.DISTRESS


def test_a_lost_card_is_frozen_while_the_customer_waits(content: Content) -> None:
    first = said(content, in_danger(Act.CARD_LOST))
    assert names(first) == ["handover_card_lost", "confirm_freeze"]
    assert first.raised is Reason.CARD_LOST
    assert first.conversation.owner is Owner.QUEUE
    after = replace(first.conversation, turns=6)
    second = bank().decide(after, content, yes(), number=2)
    assert "card_frozen" in names(second)
    assert second.conversation.owner is Owner.QUEUE
    assert second.conversation.ticket_id == "t1"


def test_a_silent_bank_keeps_nobody_with_a_lost_card_from_a_person(content: Content) -> None:
    silent = FakeBank({ListCards: Unreachable()})
    decision = silent.decide(queued(), content, in_danger(Act.CARD_LOST))
    assert names(decision) == ["handover_card_lost", "bank_unavailable"]
    assert decision.raised is Reason.CARD_LOST


def test_a_question_is_answered_with_a_word_about_the_place_once_in_three_turns(
    content: Content,
) -> None:
    question = heard("提前还款要手续费吗", "weilidai/early-repayment")
    state, told = queued(own_lines=()), []
    for turn in range(5):
        decision = said(content, question, state)
        told.append("still_in_queue" in names(decision))
        assert "weilidai/early-repayment" in names(decision)
        assert "offer_person" not in names(decision)
        state = replace(decision.conversation, turns=6 + turn)
        assert (state.owner, state.ticket_id) == (Owner.QUEUE, "t1")
    assert told == [True, False, False, True, False]


@pytest.mark.parametrize(
    "words",
    [
        heard("嗯嗯那个什么来着"),
        heard("你好", "talk.greet"),
        yes(),
    ],
)
def test_what_is_not_surely_understood_reaches_the_person_silently(
    content: Content, words: Heard
) -> None:
    for _ in range(3):
        decision = said(content, words)
        assert (names(decision), decision.escalate, decision.raised) == ([], None, None)
        assert decision.conversation.owner is Owner.QUEUE
        assert decision.conversation.misses == 0


def test_what_is_wanted_and_not_surely_understood_is_noted_now_and_then(content: Content) -> None:
    unsure = understood("x", "account.balance", band=Band.ASK_BACK)
    words = replace(heard("x"), whole=unsure, rest=None)
    state, told = queued(), []
    for turn in range(4):
        decision = said(content, words, state)
        told.append(names(decision))
        state = replace(decision.conversation, turns=6 + turn)
        assert state.owner is Owner.QUEUE
    assert told == [["queue_noted"], [], [], ["queue_noted"]]


@pytest.mark.parametrize(
    "text", ["没事我等", "继续等着", "别取消我的排队", "i'll wait", "怎么取消排队?"]
)
def test_who_stays_or_asks_about_leaving_hears_of_the_place(content: Content, text: str) -> None:
    words = replace(heard(text), act=Act.LEAVE)
    decision = said(content, words)
    assert decision.rule == "queue_place"
    assert decision.conversation.owner is Owner.QUEUE


def test_a_word_that_may_mean_the_card_begins_to_freeze_it_in_a_fraud(content: Content) -> None:
    first = said(content, in_danger(Act.SCAMMED))
    stops = said(content, heard("还是停了吧"), first.conversation)
    assert names(stops) == ["confirm_freeze"]
    assert stops.conversation.owner is Owner.QUEUE
    assert names(said(content, heard("还是停了吧"))) != ["confirm_freeze"]


def test_a_question_may_be_asked_back_while_the_customer_waits(content: Content) -> None:
    unsure = understood("余额和额度哪个", "account.balance", band=Band.ASK_BACK)
    asks = replace(unsure, marks=frozenset({Mark.QUESTION}))
    words = Heard(whole=asks, yes_no=YesNo.NONE, rest=asks)
    assert names(said(content, words)) == ["ask_back", "still_in_queue"]


def test_a_second_alarm_of_a_fraud_says_what_helps_now(content: Content) -> None:
    first = said(content, in_danger(Act.SCAMMED))
    again = said(content, in_danger(Act.SCAMMED), first.conversation)
    assert (names(again), again.raised) == (["fraud_again"], Reason.FRAUD)
    paid = in_danger(Act.SCAMMED)
    paid = replace(paid, whole=replace(paid.whole, marks=frozenset({Mark.IN_THE_PAST})))
    assert names(said(content, paid)) == ["handover_fraud", "fraud_paid"]
    assert names(said(content, paid, first.conversation)) == ["fraud_paid"]


def test_a_graver_matter_raises_the_ticket_and_opens_no_second_one(content: Content) -> None:
    decision = said(content, heard("我要投诉", "person.complaint"))
    assert (decision.escalate, decision.raised) == (None, Reason.COMPLAINT)
    assert names(decision)[0] == "handover_complaint"
    assert decision.conversation.ticket_id == "t1"


def test_a_yes_to_please_wait_pays_nothing(content: Content) -> None:
    task = Task(
        id="t",
        intent="loan.repay_early",
        flow="repay_early",
        state=EarlyRepayment(),
        asked=Asked(question=Question.CONFIRM_REPAY, at=NOW),
        begun_at=NOW,
    )
    decision = said(content, yes(), queued(task=task))
    assert names(decision) == []
    assert decision.conversation.task == task


@pytest.mark.parametrize(
    "words",
    [
        replace(heard("转人工", "person.request"), wants_person=True, act=Act.LEAVE),
        replace(heard("多久", "weilidai/payout-time"), act=Act.HOW_LONG),
    ],
)
@pytest.mark.parametrize(
    ("wait", "reply"),
    [
        (None, "queue_place_only"),
        (Wait(least_min=2, most_min=9), "queue_place"),
        (Wait(least_min=0, most_min=2), "queue_place_soon"),
    ],
)
def test_who_asks_for_a_person_again_or_how_long_is_told_the_place_and_the_wait(
    content: Content, words: Heard, wait: Wait | None, reply: str
) -> None:
    decision = bank(wait=wait).decide(queued(), content, words)
    assert names(decision) == [reply]
    assert decision.escalate is None


def test_who_was_just_taken_is_told_so(content: Content) -> None:
    words = replace(heard("多久"), act=Act.HOW_LONG)
    assert names(bank(place=None).decide(queued(), content, words)) == ["queue_taken"]


@pytest.mark.parametrize(
    "words", [replace(heard("不等了"), act=Act.LEAVE), heard("算了", "task.cancel"), no()]
)
def test_leaving_works_in_any_wording(content: Content, words: Heard) -> None:
    decision = said(content, words)
    assert names(decision) == ["left_queue"]
    assert decision.left is Departure.GAVE_UP
    after = decision.conversation
    assert (after.owner, after.ticket, after.waiting) == (Owner.BOT, None, None)


def test_what_is_surely_business_leaves_no_queue(content: Content) -> None:
    words = replace(heard("不用联系我推销了", "weilidai/stop-marketing"), act=Act.LEAVE)
    decision = said(content, words)
    assert decision.left is None
    assert "weilidai/stop-marketing" in names(decision)


def test_a_no_to_a_question_of_the_bot_leaves_no_queue(content: Content) -> None:
    begun = said(content, in_danger(Act.CARD_LOST)).conversation
    decision = bank().decide(replace(begun, turns=6), content, no(), number=2)
    assert decision.left is None
    assert decision.conversation.owner is Owner.QUEUE
    assert decision.conversation.task is None


def test_at_night_the_handover_says_so_and_offers_to_write(content: Content) -> None:
    asks = replace(heard("转人工"), wants_person=True)
    decision = bank().decide(conversation(turns=2), content, asks, desk=SHUT)
    assert names(decision) == ["handover_closed"]
    assert decision.escalate is Reason.CUSTOMER_ASKED
    waiting = decision.conversation.waiting
    assert waiting is not None
    assert (waiting.offered_turn, waiting.promised) == (3, False)


def test_the_promise_is_given_by_its_button_or_by_a_plain_yes_and_taken_back(
    content: Content,
) -> None:
    offered = queued(waiting=Waiting(offered_turn=5))
    for words in (yes(), heard("上班后在这里联系我"), heard("Write to me here when you open")):
        given = said(content, words, offered, SHUT)
        assert names(given) == ["call_back_promised"]
        assert given.conversation.waiting is not None
        assert given.conversation.waiting.promised
    assert names(said(content, yes(), queued(waiting=Waiting(offered_turn=3)), SHUT)) == []
    taken_back = said(content, heard("不用联系我了"), queued(waiting=Waiting(promised=True)), SHUT)
    assert names(taken_back) == ["call_back_taken_back"]
    assert taken_back.left is Departure.GAVE_UP
    assert taken_back.conversation.owner is Owner.BOT


def test_the_place_at_night_is_told_with_the_opening(content: Content) -> None:
    words = replace(heard("多久"), act=Act.HOW_LONG)
    promised = queued(waiting=Waiting(promised=True))
    assert names(said(content, words, None, SHUT)) == ["queue_closed"]
    assert names(said(content, words, promised, SHUT)) == ["queue_closed_promised"]


def test_the_last_question_is_kept_and_a_wish_for_a_person_is_not(content: Content) -> None:
    question = heard("利率多少", "weilidai/early-repayment")
    first = bank().decide(conversation(own_lines=()), content, question, Text(text="利率多少"))
    assert first.conversation.last_words == "利率多少"
    asks = replace(heard("转人工"), wants_person=True)
    second = bank().decide(first.conversation, content, asks, Text(text="转人工"))
    assert second.conversation.last_words == "利率多少"
