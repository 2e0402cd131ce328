"""What became of each question is counted once, also when it is said of it much later."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.examples import AT, inbound, receipt

from servicebot.domain.messages import Rate, Text
from servicebot.domain.rating import Rating
from servicebot.domain.receipts import ArticleRecord, Receipt
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Band, Language, Understanding
from servicebot.studio.count_past import PastCounter
from servicebot.studio.effect import PastQuestion
from servicebot.studio.past import Past, TopicFigures

FEE = "weilidai/early-repayment"
FEE_RECORD = ArticleRecord(id=FEE, owner="o", source="s", valid="v")


def said(
    text: str, rule: str, *, number: int, chat: str = "c1", escalated: Reason | None = None
) -> Receipt:
    """A turn with words; one that an article answers names it."""
    understood = Understanding(text=text, language=Language.ZH, ranking=(), band=Band.ANSWER)
    message = inbound(f"m{number}", conversation=chat, content=Text(text=text))
    return replace(
        receipt(message, number),
        understanding=understood,
        decision=rule,
        escalated=escalated,
        articles=(FEE_RECORD,) if rule.endswith(FEE) else (),
        at=AT + timedelta(seconds=number),
    )


def rated(of: int, *, solved: bool, number: int) -> Receipt:
    message = inbound(f"r{number}", content=Rate(answers=f"m{of}", article=FEE, solved=solved))
    rating = Rating(
        message_id=f"m{of}",
        article=FEE,
        edition="e",
        language=Language.ZH,
        solved=solved,
        at=AT,
    )
    return replace(receipt(message, number), rated=rating)


def counted(*receipts: Receipt) -> Past:
    counter = PastCounter()
    counter.add(receipts)
    return counter.past()


def texts(questions: Sequence[PastQuestion]) -> list[str]:
    return [one.text for one in questions]


def test_a_rating_is_of_the_question_whose_answer_it_was() -> None:
    past = counted(
        said("有手续费吗", f"topic:{FEE}", number=1),
        said("别的", "topic:talk.greet", number=2),
        rated(1, solved=False, number=3),
    )
    (fee,) = [one for one in past.questions if one.text == "有手续费吗"]
    assert (fee.solved, fee.unsolved, fee.asked) == (0, 1, 1)
    assert texts(past.misses) == ["有手续费吗"]
    assert past.topics[FEE] == TopicFigures(asked=1)


def test_a_question_that_more_were_helped_with_is_no_miss() -> None:
    rows = [said("有手续费吗", f"topic:{FEE}", number=n) for n in (1, 2, 3)]
    helped = [rated(n, solved=n != 3, number=n + 10) for n in (1, 2, 3)]
    past = counted(*rows, *helped)
    assert past.misses == ()
    assert (past.questions[0].solved, past.questions[0].unsolved) == (2, 1)


def test_a_rating_of_a_turn_that_is_not_read_any_more_counts_nowhere() -> None:
    assert counted(rated(1, solved=False, number=3)).questions == ()


def test_asked_back_is_in_vain_unless_the_next_words_choose() -> None:
    past = counted(
        said("利息", "ask_back", number=1),
        said("费用", "ask_back", number=2, chat="c2"),
        said("微粒贷利息", f"chosen:{FEE}", number=3),
        said("算了", "topic:talk.goodbye", number=4, chat="c2"),
        said("还款", "ask_back", number=5, chat="c3"),
    )
    assert {one.text: one.asked_back for one in past.questions if one.asked_back} == {
        "费用": 1,
        "还款": 1,
    }
    assert sorted(texts(past.misses)) == ["费用", "还款"]


def test_what_was_not_understood_and_who_got_a_person_unasked_are_misses() -> None:
    past = counted(
        said("嘟嘟", "missed", number=1),
        said("急", "missed", number=2, escalated=Reason.NOT_UNDERSTOOD),
        said("转人工", "person", number=3, escalated=Reason.CUSTOMER_ASKED),
    )
    assert sorted(texts(past.misses)) == ["嘟嘟", "急"]
    assert {one.text: (one.unanswered, one.handed_over) for one in past.questions} == {
        "嘟嘟": (1, 0),
        "急": (1, 1),
        "转人工": (0, 1),
    }


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["一", "二", "三"]),
            st.sampled_from(["ask_back", "missed", f"chosen:{FEE}", f"topic:{FEE}"]),
            st.sampled_from(["c1", "c2"]),
            st.sampled_from([None, True, False]),
        ),
        max_size=30,
    )
)
def test_no_count_is_above_what_was_asked(
    rows: list[tuple[str, str, str, bool | None]],
) -> None:
    turns: list[Receipt] = []
    for number, (text, rule, chat, solved) in enumerate(rows):
        turns.append(said(text, rule, number=number, chat=chat))
        if solved is not None:
            turns.append(rated(number, solved=solved, number=1000 + number))
    past = counted(*turns)
    assert sum(one.asked for one in past.questions) == len(rows)
    for one in past.questions:
        assert 0 <= one.solved + one.unsolved <= one.asked
        assert 0 <= one.asked_back + one.unanswered <= one.asked
        in_vain = bool(one.asked_back or one.unanswered) or one.unsolved > one.solved
        assert (one in past.misses) is in_vain
