"""At a question only a clear yes consents; every other word does what it says and no more."""

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
from servicebot.domain.bank_calls import (
    ListLoans,
    QuoteRepayment,
    ReadLink,
    ReadStepUp,
    Repay,
    StartLink,
    StartStepUp,
)
from servicebot.domain.bank_results import IdentityLink, StepUp
from servicebot.domain.conversation import Conversation, Identity
from servicebot.domain.heard import Heard
from servicebot.domain.task import Question
from servicebot.domain.understanding import TAUGHT, RankedTopic, Topic, TopicKind

WISH = "loan.repay_early"
PENDING = IdentityLink(link_id="link-1", state="pending", url="https://bank/link/1")


def doing(act: Act, text: str = "嗯那个", **more: object) -> Heard:
    """Words that do something and name no topic."""
    return replace(heard(text, **more), act=act)  # type: ignore[arg-type]  # a test's own shorthand


def at_the_terms(bank: FakeBank, content: Content) -> Conversation:
    words = heard("提前还500元", WISH, slots=(money(50_000),))
    shown = bank.decide(conversation(), content, words)
    assert names(shown) == ["confirm_repay"]
    return replace(shown.conversation, turns=2)


def at_the_page(bank: FakeBank, content: Content) -> Conversation:
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="pending", url="https://b/su")
    opened = bank.decide(at_the_terms(bank, content), content, yes(), number=2)
    assert names(opened) == ["step_up_repay"]
    return replace(opened.conversation, turns=3)


def at_the_link(content: Content) -> tuple[FakeBank, Conversation]:
    bank = FakeBank({StartLink: PENDING, ReadLink: PENDING})
    stranger = conversation(identity=Identity())
    offered = bank.decide(stranger, content, heard("查余额", "account.balance"))
    return bank, replace(offered.conversation, turns=2)


def moved(bank: FakeBank) -> list[object]:
    return [call for call in bank.calls if isinstance(call, StartStepUp | Repay)]


@pytest.mark.parametrize(
    ("act", "said", "ends"),
    [
        (Act.REFUSE, ["repay_cancelled"], True),
        (Act.POSTPONE, ["task_postponed"], True),
        (Act.WAIT, ["task_wait"], False),
        (Act.DOUBT, ["doubt_question", "remind_confirm_repay"], False),
        (Act.RESUME, ["confirm_repay"], False),
    ],
)
def test_at_the_terms_no_word_but_a_yes_moves_money(
    content: Content, act: Act, said: list[str], *, ends: bool
) -> None:
    bank = repaying_bank()
    after = bank.decide(at_the_terms(bank, content), content, doing(act), number=2)
    assert names(after) == said
    assert (after.conversation.task is None) is ends
    assert not moved(bank)


def test_a_yes_after_a_wait_is_asked_for_once_more_unless_it_is_the_button(
    content: Content,
) -> None:
    bank = repaying_bank()
    waited = bank.decide(at_the_terms(bank, content), content, doing(Act.WAIT), number=2)
    later = replace(waited.conversation, turns=3)
    vague = bank.decide(later, content, doing(Act.AGREE), number=3)
    assert names(vague) == ["remind_confirm_repay"]
    assert not moved(bank)
    clear = bank.decide(later, content, yes(), number=3)
    assert names(clear) == ["step_up_repay"]


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (Act.REFUSE, ["task_cancelled"]),
        (Act.POSTPONE, ["task_postponed"]),
        (Act.WAIT, ["task_wait"]),
        (Act.DOUBT, ["doubt_page", "remind_link_needed"]),
        (Act.LINK_TROUBLE, ["link_trouble", "remind_link_needed"]),
        (Act.OUTCOME, ["remind_link_needed"]),
    ],
)
def test_at_the_link_each_word_is_taken_for_what_it_is(
    content: Content, act: Act, said: list[str]
) -> None:
    bank, state = at_the_link(content)
    assert names(bank.decide(state, content, doing(act), number=2)) == said


def test_trouble_with_an_expired_link_brings_a_new_one(content: Content) -> None:
    bank, state = at_the_link(content)
    bank.answers[ReadLink] = replace(PENDING, state="expired")
    bank.answers[StartLink] = replace(PENDING, link_id="link-2", url="https://bank/link/2")
    after = bank.decide(state, content, doing(Act.LINK_TROUBLE), number=2)
    assert names(after) == ["link_trouble", "link_needed"]
    assert after.conversation.identity.link_id == "link-2"


def test_link_trouble_where_there_is_no_page_is_nothing_special(content: Content) -> None:
    bank = repaying_bank()
    after = bank.decide(at_the_terms(bank, content), content, doing(Act.LINK_TROUBLE), number=2)
    assert "link_trouble" not in names(after)
    assert not moved(bank)


def test_whether_the_page_was_used_is_read_from_the_bank(content: Content) -> None:
    bank = repaying_bank()
    state = at_the_page(bank, content)
    asked = bank.decide(state, content, doing(Act.OUTCOME), number=3)
    assert names(asked) == ["step_up_repay"]
    bank.answers[ReadStepUp] = StepUp(step_up_id="su-1", state="approved")
    done = bank.decide(state, content, doing(Act.OUTCOME), number=3)
    assert names(done) == ["repay_done"]


def test_at_the_page_another_day_remembers_the_page_that_was_given_up(content: Content) -> None:
    bank = repaying_bank()
    after = bank.decide(at_the_page(bank, content), content, doing(Act.POSTPONE), number=3)
    assert names(after) == ["task_postponed"]
    assert after.conversation.dropped_page == "su-1"


def test_at_the_page_a_no_remembers_the_page_that_was_given_up(content: Content) -> None:
    bank = repaying_bank()
    after = bank.decide(at_the_page(bank, content), content, doing(Act.REFUSE), number=3)
    assert names(after) == ["repay_cancelled"]
    assert after.conversation.dropped_page == "su-1"


def test_a_later_day_with_a_sum_is_left_to_the_flow(content: Content) -> None:
    bank = repaying_bank()
    words = doing(Act.POSTPONE, "明天还600", slots=(money(60_000),))
    after = bank.decide(at_the_terms(bank, content), content, words, number=2)
    assert "task_postponed" not in names(after)
    assert not moved(bank)


def test_words_that_are_surely_other_business_are_no_refusal_of_an_amount(
    content: Content,
) -> None:
    bank = repaying_bank()
    asked = bank.decide(conversation(), content, heard("提前还款", WISH))
    assert asked.conversation.task is not None
    assert asked.conversation.task.question is Question.AMOUNT
    topic = Topic(kind=TopicKind.ARTICLE, id="weilidai/cancel-repayment")
    taught = heard("微粒贷怎么取消还款", topic.id)
    whole = replace(taught.whole, ranking=(RankedTopic(topic=topic, probability=TAUGHT),))
    words = replace(taught, whole=whole, rest=whole, act=Act.REFUSE)
    after = bank.decide(asked.conversation, content, words, number=2)
    assert "task_cancelled" not in names(after)
    assert after.conversation.task is not None


def test_without_a_question_the_rule_has_nothing_to_say(content: Content) -> None:
    after = FakeBank({ListLoans: PENDING, QuoteRepayment: PENDING}).decide(
        conversation(), content, doing(Act.REFUSE)
    )
    assert names(after) != ["task_cancelled"]
