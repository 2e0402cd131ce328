"""What a message may do depends on who answers and on what was asked."""

from dataclasses import replace

import pytest
from tests.dialogue.stories import NOW, conversation, day, money, place, understood

from servicebot.domain.acts import AFTERWARDS, AT_A_QUESTION, Act
from servicebot.domain.conversation import Conversation, Owner, Told
from servicebot.domain.marks import Mark
from servicebot.domain.task import (
    Asked,
    CardFreeze,
    DueNow,
    EarlyRepayment,
    Question,
    Sum,
    Task,
    TaskState,
    Unlinking,
    WholeLoan,
)
from servicebot.domain.understanding import ActChance, SlotValue, Understanding
from servicebot.domain.waiting import Waiting
from servicebot.hearing.act import acts_allowed, chance_of, likeliest, read_act

TASK = Task(
    id="t",
    intent="loan.repay_early",
    flow="repay_early",
    state=EarlyRepayment(),
    asked=Asked(question=Question.CONFIRM_REPAY, at=NOW),
    begun_at=NOW,
)
ASKED = conversation(task=TASK)
FREE = conversation()


def words(
    text: str, *chances: tuple[Act, float], slots: tuple[SlotValue, ...] = ()
) -> Understanding:
    acts = tuple(ActChance(act=act, probability=chance) for act, chance in chances)
    return replace(understood(text, slots=slots), acts=acts, signals=acts)


def test_in_the_queue_only_what_the_bot_asked_there_can_be_answered() -> None:
    before = Conversation(
        id="web:c", channel="web", sender="c", owner=Owner.QUEUE, waiting=Waiting()
    )
    asked = replace(before, waiting=Waiting(asked=True))
    of_the_queue = {Act.LEAVE, Act.HOW_LONG, Act.PERSON}
    assert acts_allowed(before) == of_the_queue
    assert acts_allowed(asked) == of_the_queue | AT_A_QUESTION


def test_at_a_question_and_without_one_other_things_can_be_done() -> None:
    assert acts_allowed(ASKED) > AT_A_QUESTION
    assert Act.AGREE not in acts_allowed(FREE)
    assert acts_allowed(FREE) == AFTERWARDS | {Act.REFUSE, Act.POSTPONE}
    assert acts_allowed(conversation(task=replace(TASK, asked=None))) == acts_allowed(FREE)


def test_what_the_state_does_not_allow_takes_nothing_from_the_rest() -> None:
    mixed = words("再来一次", (Act.AGREE, 0.55), (Act.AGAIN, 0.4))
    assert read_act(mixed, FREE) is Act.AGAIN
    act, chance = likeliest(mixed, AFTERWARDS)
    assert act is Act.AGAIN
    assert chance == pytest.approx(0.4 / 0.45)


def test_what_any_state_allows_takes_from_the_rest() -> None:
    torn = words("我人要裂开了", (Act.DISTRESS, 0.31), (Act.PERSON, 0.29), (Act.AGREE, 0.21))
    assert read_act(torn, ASKED) is None


def test_a_chance_below_the_half_does_nothing() -> None:
    assert read_act(words("那个吧", (Act.REFUSE, 0.49)), ASKED) is None
    assert read_act(words("那个吧", (Act.REFUSE, 0.5)), ASKED) is Act.REFUSE
    assert read_act(words("那个吧"), ASKED) is None


def test_not_now_and_never_are_heard_together_and_named_by_the_likelier() -> None:
    torn = words("还是不了改天吧", (Act.ASK, 0.4), (Act.POSTPONE, 0.35), (Act.REFUSE, 0.25))
    act, chance = likeliest(torn, AT_A_QUESTION)
    assert act is Act.POSTPONE
    assert chance == pytest.approx(0.6)


def test_consent_must_be_surer_than_everything_else() -> None:
    assert read_act(words("那就还吧", (Act.AGREE, 0.61)), ASKED) is None
    assert read_act(words("那就还吧", (Act.AGREE, 0.62)), ASKED) is Act.AGREE


@pytest.mark.parametrize(
    ("state", "text", "agrees"),
    [
        (EarlyRepayment(), "扣吧", True),
        (EarlyRepayment(), "冻吧", False),
        (EarlyRepayment(), "解了吧", False),
        (EarlyRepayment(), "好小的那笔", False),
        (EarlyRepayment(), "确认新的那笔", False),
        (CardFreeze(), "冻吧", True),
        (CardFreeze(), "扣吧", False),
        (CardFreeze(), "是的解冻", False),
        (CardFreeze(), "是的在我包里", False),
        (Unlinking(), "解了吧", True),
        (Unlinking(), "冻吧", False),
        (Unlinking(), "好的", True),
    ],
)
def test_a_yes_that_names_another_deed_or_thing_is_none(
    state: TaskState,
    text: str,
    agrees: bool,  # noqa: FBT001
) -> None:
    before = conversation(task=replace(TASK, state=state))
    assert (read_act(words(text, (Act.AGREE, 1.0)), before) is Act.AGREE) is agrees


def test_going_on_with_what_one_agrees_to_is_consent() -> None:
    both = words("金额没错,继续", (Act.RESUME, 0.58), (Act.AGREE, 0.36))
    assert read_act(both, ASKED) is Act.AGREE
    assert read_act(words("继续", (Act.RESUME, 0.9), (Act.AGREE, 0.1)), ASKED) is Act.RESUME
    assert read_act(words("是500", (Act.CORRECT, 0.75), (Act.AGREE, 0.2)), ASKED) is Act.CORRECT


def test_a_place_in_the_queue_is_given_up_only_by_clear_words() -> None:
    queued = Conversation(
        id="web:c", channel="web", sender="c", owner=Owner.QUEUE, waiting=Waiting()
    )
    assert read_act(words("前面几个人", (Act.LEAVE, 0.6)), queued) is None
    assert read_act(words("前面几个人", (Act.PERSON, 0.6), (Act.LEAVE, 0.3)), queued) is Act.PERSON
    assert read_act(words("不排了", (Act.LEAVE, 0.9)), queued) is Act.LEAVE


def test_a_question_that_names_a_no_is_no_refusal_unless_it_surely_is() -> None:
    asks = replace(words("不还会怎样", (Act.REFUSE, 0.6)), marks=frozenset({Mark.QUESTION}))
    assert read_act(asks, ASKED) is None
    sure = replace(words("能不能不还了", (Act.REFUSE, 0.8)), marks=frozenset({Mark.QUESTION}))
    assert read_act(sure, ASKED) is Act.REFUSE


def test_after_giving_something_up_a_yes_and_a_no_are_heard_for_a_while() -> None:
    told = Told(intent="card.freeze", reply="freeze_cancelled", turn=3, given_up=TASK)
    assert acts_allowed(conversation(turns=4, told=told)) > acts_allowed(FREE)
    assert Act.AGREE in acts_allowed(conversation(turns=5, told=told))
    assert acts_allowed(conversation(turns=6, told=told)) == acts_allowed(FREE)


@pytest.mark.parametrize(
    "given",
    [
        words("可以还吗", (Act.AGREE, 1.0)),
        words("好的?", (Act.AGREE, 1.0)),
        words("好还500", (Act.AGREE, 1.0), slots=(money(50_000),)),
        words("好第二笔", (Act.AGREE, 1.0), slots=(place(2),)),
        words("全还了吧", (Act.AGREE, 1.0)),
        words("好明天", (Act.AGREE, 1.0), slots=(day(NOW.date()),)),
        words("请不要执行", (Act.AGREE, 1.0)),
        words("发了工资就还", (Act.AGREE, 1.0)),
        words("我妈同意了就还", (Act.AGREE, 1.0)),
        words("说清楚了我再确认", (Act.AGREE, 1.0)),
        words("当然不", (Act.AGREE, 1.0)),
        words("可以是可以", (Act.AGREE, 1.0)),
        words("少扣点", (Act.AGREE, 1.0)),
        words("只还本金", (Act.AGREE, 1.0)),
        words("好我自己去还", (Act.AGREE, 1.0)),
        words("行去微信里还", (Act.AGREE, 1.0)),
        words("扣之前说一声", (Act.AGREE, 1.0)),
        words("ok i pay at the branch", (Act.AGREE, 1.0)),
        words("行先别扣", (Act.AGREE, 1.0)),
        words("ok do not proceed", (Act.AGREE, 1.0)),
    ],
)
def test_what_asks_or_names_a_value_consents_to_nothing(given: Understanding) -> None:
    assert read_act(given, ASKED) is None


WHOLE = EarlyRepayment(amount=WholeLoan())
HALF_A_THOUSAND = EarlyRepayment(amount=Sum(fen=50_000))
DUE = EarlyRepayment(amount=DueNow())


@pytest.mark.parametrize(
    ("asked", "given", "agrees"),
    [
        (HALF_A_THOUSAND, words("好还500", (Act.AGREE, 1.0), slots=(money(50_000),)), True),
        (HALF_A_THOUSAND, words("好还600", (Act.AGREE, 1.0), slots=(money(60_000),)), False),
        (HALF_A_THOUSAND, words("全还了这500", (Act.AGREE, 1.0), slots=(money(50_000),)), True),
        (HALF_A_THOUSAND, words("全还了吧", (Act.AGREE, 1.0)), False),
        (WHOLE, words("全还了吧", (Act.AGREE, 1.0)), True),
        (WHOLE, words("好一半", (Act.AGREE, 1.0)), False),
        (DUE, words("好还本期的", (Act.AGREE, 1.0)), True),
        (WHOLE, words("好还本期的", (Act.AGREE, 1.0)), False),
    ],
)
def test_a_yes_may_repeat_the_amount_that_was_asked_about_and_no_other(
    asked: EarlyRepayment,
    given: Understanding,
    agrees: bool,  # noqa: FBT001 - a case of the table
) -> None:
    heard = read_act(given, conversation(task=replace(TASK, state=asked)))
    assert (heard is Act.AGREE) is agrees


def test_a_question_may_still_refuse() -> None:
    assert read_act(words("能不还了吗", (Act.REFUSE, 0.9)), ASKED) is Act.REFUSE


def test_a_long_story_does_nothing() -> None:
    assert read_act(words("好" * 41, (Act.AGREE, 1.0)), ASKED) is None


def test_the_chance_of_an_act_of_any_state_is_zero_where_it_is_not_named() -> None:
    assert chance_of(Act.PERSON, words("找人", (Act.PERSON, 0.7))) == pytest.approx(0.7)
    assert chance_of(Act.THREAT, words("找人", (Act.PERSON, 0.7))) == 0.0


def test_an_act_without_any_chance_is_none() -> None:
    hopeless = words("那个吧", (Act.PERSON, 1.0), (Act.REFUSE, 0.0))
    assert likeliest(hopeless, AT_A_QUESTION) == (None, 0.0)
