"""The gates are asked what was taught, what was taken out, and nonsense."""

from functools import partial

import pytest
from tests.evaluation.test_held_out import build_intent

from servicebot.content.content import Content
from servicebot.domain.understanding import Language, Topic, TopicKind
from servicebot.evaluation.gates import SETS, Bin, evaluate_gates, removed_topics
from servicebot.ports.encoder import Encoder
from servicebot.training.fit import fit_understander

TAKEN_OUT = "a.rate1"
INTENTS = (
    build_intent("a.pay", "我要还款|帮我还清|提前还款|还钱", "我想还款|把钱还清|把款还掉|我来还钱"),
    build_intent(
        "a.card", "冻结我的卡|锁卡|停用卡|把卡冻结", "帮我冻结卡|把卡停掉|锁上卡|卡冻结一下"
    ),
    build_intent(TAKEN_OUT, "利率多少|利息怎么算", "年利率是几|利息高不高"),
)
CONTENT = Content(
    articles={},
    intents={(intent.id, Language.ZH): intent for intent in INTENTS},
    replies={},
    values={},
    synonyms=(),
    version="gates",
)


def test_every_twelfth_question_is_taken_out() -> None:
    assert removed_topics(CONTENT) == {Topic(kind=TopicKind.INTENT, id=TAKEN_OUT)}


def test_every_question_is_taken_out_in_one_set() -> None:
    taken = [topic for number in range(SETS) for topic in removed_topics(CONTENT, number)]
    assert len(taken) == len(set(taken)) == len(INTENTS)


def test_what_was_taken_out_and_nonsense_are_asked_beside_the_rest(encoder: Encoder) -> None:
    fit = partial(fit_understander, encoder=encoder, cache_folder=None, wrong_answer_rate=0.02)
    (report,) = evaluate_gates(CONTENT, fit)
    assert report.language is Language.ZH
    assert 0 < report.asked < 8
    assert (report.removed, report.nonsense) == (2, 200)
    assert report.served <= report.within_three <= 1.0
    assert report.removed_answered == report.nonsense_answered == report.outside_answered == 0.0
    assert sum(one.asked for one in report.reliability) == report.asked
    assert report.calibration_error == pytest.approx(_distance(report.reliability, report.asked))


def _distance(bins: tuple[Bin, ...], asked: int) -> float:
    return sum(abs(one.mean - one.right) * one.asked for one in bins) / asked
