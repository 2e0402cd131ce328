"""Messages are understood the same way alone, in a batch and in threads."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from servicebot.content.content import Content
from servicebot.domain.understanding import Band, Language, SlotKind, Topic, TopicKind
from servicebot.understanding.phrasings import collect_held_out, collect_phrasings
from servicebot.understanding.understand import Understander, Utterance

TODAY = date(2026, 11, 23)
ASKED = (
    "我要提前还款",
    "这个月还多少钱",
    "冻卡",
    "你好啊",
    "pay off the loan",
    "",
    "?",
    "1",
    "还宽日",
)


def say(text: str, hint: Language | None = None) -> Utterance:
    return Utterance(text=text, language_hint=hint, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我要提前还款", "loan.repay_early"),
        ("这个月要还多少钱", "loan.due"),
        ("帮我冻结卡", "card.freeze"),
        ("你好", "talk.greet"),
        ("please freeze my card", "card.freeze"),
        ("how much is due", "loan.due"),
    ],
)
def test_the_meant_topic_comes_first(understander: Understander, text: str, expected: str) -> None:
    best = understander.understand((say(text),))[0].best
    assert best is not None
    assert best.topic == Topic(kind=TopicKind.INTENT, id=expected)


@pytest.mark.parametrize("end", ["？", "?", "。", "！", "...", "？！"])
def test_punctuation_at_the_end_changes_nothing(
    content: Content, understander: Understander, end: str
) -> None:
    texts = [phrase.text for phrase in collect_held_out(content)[::40]]
    plain = understander.understand([say(text) for text in texts])
    marked = understander.understand([say(f"{text}{end}") for text in texts])
    assert [one.ranking for one in plain] == [one.ranking for one in marked]
    assert [one.band for one in plain] == [one.band for one in marked]


def test_where_another_product_is_named_than_is_answered_nothing_is_sure(
    content: Content, understander: Understander
) -> None:
    for phrase in collect_phrasings(content):
        if phrase.language is Language.ZH and phrase.topic.id == "weiyedai/interest-invoice":
            found = understander.understand((say(f"微粒贷 {phrase.text}"),))[0]
            best = found.best
            assert best is not None
            assert found.band is not Band.ANSWER or best.topic.id != phrase.topic.id


def test_every_batch_gives_the_same_bits(content: Content, understander: Understander) -> None:
    from servicebot.adapters.local_models.open_encoder import open_encoder  # noqa: PLC0415
    from servicebot.training.fit import fit_understander  # noqa: PLC0415

    together = understander.understand([say(text) for text in ASKED])
    other = fit_understander(content, encoder=open_encoder(), cache_folder=None)
    alone = tuple(other.understand((say(text),))[0] for text in reversed(ASKED))
    assert together == alone[::-1]


@pytest.mark.parametrize("threads", [2, 4])
def test_the_number_of_threads_changes_no_decision(
    content: Content, understander: Understander, threads: int
) -> None:
    from servicebot.adapters.local_models.open_encoder import open_encoder  # noqa: PLC0415
    from servicebot.training.fit import fit_understander  # noqa: PLC0415

    encoder = open_encoder(threads=threads)
    torch.set_num_threads(threads)
    try:
        other = fit_understander(content, encoder=encoder, cache_folder=None)
        found = other.understand([say(text) for text in ASKED])
    finally:
        torch.set_num_threads(1)
    assert found == understander.understand([say(text) for text in ASKED])


def test_threads_get_the_same_answers(understander: Understander) -> None:
    expected = [understander.understand((say(text),)) for text in ASKED]
    with ThreadPoolExecutor(max_workers=8) as pool:
        found = list(pool.map(lambda text: understander.understand((say(text),)), ASKED * 20))
    assert found == expected * 20


def test_an_empty_text_is_handed_over_without_a_ranking(understander: Understander) -> None:
    for text in ("", "  ", "😀", "?!"):
        understood = understander.understand((say(text),))[0]
        assert understood.ranking == ()
        assert understood.band is Band.HAND_OVER


def test_synonyms_are_replaced_before_anything_else(understander: Understander) -> None:
    assert understander.understand((say("我要提前还宽"),))[0].text == "我要提前还款"


def test_slots_are_read_relative_to_today(understander: Understander) -> None:
    slots = understander.understand((say("明天还500块"),))[0].slots
    assert [(slot.kind, slot.value) for slot in slots] == [
        (SlotKind.DATE, date(2026, 11, 24)),
        (SlotKind.MONEY, 50_000),
    ]


def test_the_language_follows_text_and_hint(understander: Understander) -> None:
    assert understander.understand((say("1"),))[0].language is Language.ZH
    assert understander.understand((say("1", Language.EN),))[0].language is Language.EN
    assert understander.understand((say("hello there"),))[0].language is Language.EN


@given(st.text(max_size=60))
def test_rankings_are_sorted_probabilities(understander: Understander, text: str) -> None:
    understood = understander.understand((say(text),))[0]
    probabilities = [line.probability for line in understood.ranking]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(0.0 <= probability <= 1.0 for probability in probabilities)
    assert len(probabilities) <= 10


def test_an_explanation_names_signals_and_thresholds(understander: Understander) -> None:
    explanation = understander.explain("提前还款", today=TODAY)
    best = explanation.understanding.best
    assert best is not None
    assert [name for name, _ in best.signals] == [
        "nearest",
        "soft",
        "lexical",
        "pinyin",
        "head",
    ]
    assert explanation.answer.asked > 0
    assert explanation.model_hash == understander.model_hash


def test_held_out_phrases_are_never_learnt(content: Content) -> None:
    learnt = {(phrase.language, phrase.text) for phrase in collect_phrasings(content)}
    held_out = {(phrase.language, phrase.text) for phrase in collect_held_out(content)}
    assert held_out
    assert not learnt & held_out


def test_a_look_alike_is_learnt_for_the_topic_it_belongs_to(content: Content) -> None:
    owners = {p.topic.id for p in collect_phrasings(content) if p.text == "还款日是几号"}
    assert owners == {"loan.due"}


def test_an_understander_without_a_language_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one language"):
        Understander(encoder=None, recognizers={}, synonyms=None, products=None, model_hash="")  # type: ignore[arg-type] # refused before use
