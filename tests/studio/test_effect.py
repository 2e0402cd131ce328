"""What comes out otherwise is counted exactly, and grouped by what it was and becomes."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.understanding import Language
from servicebot.studio.effect import Flip, PastQuestion, flips, group_flips
from servicebot.studio.judge import Judgement

ANSWERS = st.sampled_from(["a/one", "a/two", "ask_back", "missed"])
REPLIES = st.sampled_from(["好", "不好"])


def judged(answer: str, reply: str, probability: float = 0.5) -> Judgement:
    return Judgement(
        answer=answer,
        topic=answer,
        probability=probability,
        band="answer",
        language=Language.ZH,
        reply=reply,
    )


@given(st.lists(st.tuples(ANSWERS, REPLIES, ANSWERS, REPLIES, st.integers(1, 9)), max_size=40))
def test_every_question_that_differs_is_in_exactly_one_group(
    rows: list[tuple[str, str, str, str, int]],
) -> None:
    asked = [PastQuestion(text=str(n), asked=row[4]) for n, row in enumerate(rows)]
    pairs = [(judged(row[0], row[1]), judged(row[2], row[3])) for row in rows]
    found = flips(asked, pairs)
    differing = [str(n) for n, row in enumerate(rows) if row[:2] != row[2:4]]
    assert [flip.question.text for flip in found] == differing
    groups = group_flips(found)
    assert sorted(f.question.text for g in groups for f in g.flips) == sorted(differing)
    assert sum(g.summary().asked for g in groups) == sum(f.question.asked for f in found)
    assert [g.summary().asked for g in groups] == sorted(
        (g.summary().asked for g in groups), reverse=True
    )


def test_a_chance_that_moved_changes_nothing_said() -> None:
    pair = judged("a/one", "好", 0.9), judged("a/one", "好", 0.8)
    assert flips([PastQuestion(text="x")], [pair]) == ()


def test_the_same_answer_in_other_words_is_a_group_of_its_own() -> None:
    was, becomes = judged("a/one", "好"), judged("a/one", "不好")
    other = judged("a/one", "更好")
    made = group_flips(
        [
            Flip(question=PastQuestion(text="x"), was=was, becomes=becomes),
            Flip(question=PastQuestion(text="y"), was=was, becomes=other),
        ]
    )
    assert len({group.id for group in made}) == 2
    assert {(group.was, group.becomes) for group in made} == {("a/one", "a/one")}


def test_a_group_says_how_the_answers_before_were_rated() -> None:
    was, becomes = judged("a/one", "好"), judged("a/two", "好")
    asked = (
        PastQuestion(text="x", asked=5, solved=1, unsolved=3),
        PastQuestion(text="y", asked=2, solved=1),
    )
    (group,) = group_flips(Flip(question=one, was=was, becomes=becomes) for one in asked)
    assert (group.summary().solved, group.summary().unsolved) == (2, 3)
    assert [one.badly_rated for one in asked] == [True, False]
