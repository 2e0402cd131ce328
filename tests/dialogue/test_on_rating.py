"""A rating is taken once, from the conversation whose answer it was; "not solved" helps on."""

from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dialogue.stories import NOW, FakeBank, conversation, heard, loan, names, understood

from servicebot.content.content import Content
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.say import Say, Title
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ListLoans
from servicebot.domain.bank_results import Loans
from servicebot.domain.conversation import Choice, Conversation, Owner
from servicebot.domain.messages import Rate
from servicebot.domain.rating import Rating
from servicebot.domain.understanding import RankedTopic, Topic, TopicKind

FEE, PAYOUT = "weilidai/early-repayment", "weilidai/payout-time"
BANK = FakeBank({ListLoans: Loans(items=(loan(1),))})


def answered(content: Content, *behind: str, **state: object) -> Conversation:
    """The state after the article about the fee, with topics that ranked behind it."""
    ranking = tuple(
        RankedTopic(
            topic=Topic(kind=TopicKind.ARTICLE if "/" in name else TopicKind.INTENT, id=name),
            probability=0.9 / (place + 1),
        )
        for place, name in enumerate((FEE, *behind))
    )
    whole = replace(understood("手续费", FEE), ranking=ranking)
    words = replace(heard("手续费", FEE), whole=whole, rest=whole)
    return after(BANK.decide(conversation(**state), content, words))


def after(decision: Decision) -> Conversation:
    """As the turn stores it."""
    return replace(decision.conversation, turns=decision.conversation.turns + 1)


def rate(state: Conversation, content: Content, *, solved: bool, article: str = FEE) -> Decision:
    said = Rate(answers="m1", article=article, solved=solved)
    return BANK.decide(state, content, None, said, number=2)


def test_an_answer_out_of_an_article_can_be_rated_and_nothing_else(content: Content) -> None:
    (answer,) = answered(content, PAYOUT).answers
    assert (answer.message_id, answer.article, answer.next) == ("m1", FEE, (PAYOUT,))
    greeting = BANK.decide(conversation(), content, heard("你好", "talk.greet"))
    assert greeting.conversation.answers == ()


@pytest.mark.parametrize("solved", [True, False])
def test_the_first_rating_is_written_down(content: Content, *, solved: bool) -> None:
    state = answered(content, PAYOUT)
    decided = rate(state, content, solved=solved)
    assert decided.rated == Rating(
        message_id="m1",
        article=FEE,
        edition=content.articles[FEE, state.language].edition,
        language=state.language,
        solved=solved,
        at=NOW,
    )
    assert decided.rated.at.tzinfo is UTC


def test_solved_needs_no_words(content: Content) -> None:
    assert rate(answered(content, PAYOUT), content, solved=True).says == ()


def test_not_solved_offers_what_ranked_behind_it_and_a_person(content: Content) -> None:
    decided = rate(answered(content, PAYOUT, "loan.due"), content, solved=False)
    (said,) = decided.says
    assert isinstance(said, Say)
    assert (said.reply, said.choices) == ("rated_unsolved", (Title(PAYOUT), Title("loan.due")))
    assert [one.id for one in decided.conversation.offered] == [PAYOUT, "loan.due"]
    reply = content.replies["rated_unsolved", decided.conversation.language]
    assert ("转人工", "转人工") in reply.buttons


def test_what_was_offered_beside_the_answer_comes_first(content: Content) -> None:
    offered = tuple(Choice(id=one, label=one) for one in (PAYOUT, FEE, "loan.due"))
    state = answered(content, "account.balance", offered=offered)
    assert state.answers[0].next == (PAYOUT, "loan.due", "account.balance")


def test_what_ranked_for_another_product_is_not_offered(content: Content) -> None:
    behind = ("weichedai/overdue", "accounts/close-account", PAYOUT)
    assert answered(content, *behind).answers[0].next == ("accounts/close-account", PAYOUT)


def test_the_same_question_about_another_product_is_no_other_topic(content: Content) -> None:
    language = conversation().language
    asks = content.articles[FEE, language].asks
    (twin, *_) = (a for a in content.same_questions[asks, language] if a.id != FEE)
    assert answered(content, twin.id, PAYOUT).answers[0].next == (PAYOUT,)


def test_with_nothing_near_it_asks_what_it_is_about(content: Content) -> None:
    assert names(rate(answered(content), content, solved=False)) == ["after_unsolved"]


def test_a_topic_that_is_gone_since_is_not_offered(content: Content) -> None:
    state = answered(content, PAYOUT)
    gone = tuple(replace(one, next=("weilidai/gone", "gone.too")) for one in state.answers)
    decided = rate(replace(state, answers=gone), content, solved=False)
    assert names(decided) == ["after_unsolved"]


def test_a_second_rating_changes_nothing(content: Content) -> None:
    state = after(rate(answered(content, PAYOUT), content, solved=True))
    again = rate(state, content, solved=False)
    assert (again.rule, again.rated, again.says) == ("rating:again", None, ())
    assert again.conversation == state


def test_an_answer_of_nobody_knows_where_is_not_rated(content: Content) -> None:
    state = answered(content, PAYOUT)
    unknown = rate(state, content, solved=True, article=PAYOUT)
    assert (unknown.rule, unknown.rated, unknown.conversation) == ("rating:unknown", None, state)


@pytest.mark.parametrize("owner", [Owner.QUEUE, Owner.PERSON])
def test_who_has_or_awaits_a_person_is_heard_in_silence(content: Content, owner: Owner) -> None:
    decided = rate(replace(answered(content, PAYOUT), owner=owner), content, solved=False)
    assert decided.says == ()
    assert decided.rated is not None
    assert decided.conversation.owner is owner


@pytest.mark.parametrize("act", [Act.SOLVED, Act.UNSOLVED])
def test_words_right_behind_the_answer_rate_it(content: Content, act: Act) -> None:
    decided = BANK.decide(answered(content, PAYOUT), content, replace(heard("嗯"), act=act))
    assert decided.rated is not None
    assert decided.rated.solved is (act is Act.SOLVED)
    assert names(decided) == ["after_solved" if act is Act.SOLVED else "rated_unsolved"]


def test_words_later_on_rate_nothing(content: Content) -> None:
    state = answered(content, PAYOUT)
    later = replace(state, turns=state.turns + 1)
    decided = BANK.decide(later, content, replace(heard("嗯"), act=Act.UNSOLVED))
    assert (decided.rated, names(decided)) == (None, ["after_unsolved"])


@given(taps=st.lists(st.booleans(), min_size=1, max_size=6))
def test_however_often_it_is_tapped_the_first_counts(content: Content, taps: list[bool]) -> None:
    state, written = answered(content, PAYOUT), []
    for solved in taps:
        decided = rate(state, content, solved=solved)
        written += [decided.rated.solved] if decided.rated is not None else []
        state = after(decided)
    assert written == taps[:1]


def test_the_last_four_answers_are_kept(content: Content) -> None:
    state = conversation()
    for number in range(6):
        state = after(BANK.decide(state, content, heard("手续费", FEE), number=number))
    assert [one.message_id for one in state.answers] == ["m2", "m3", "m4", "m5"]
