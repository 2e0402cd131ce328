"""Families of topics that win each other's held-out lines, found and told to content staff."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.evaluation.test_held_out import build_intent

from servicebot.cli.print_twins import print_twins, twins_as_json
from servicebot.content.content import Content
from servicebot.content.reply_file import Reply
from servicebot.domain.understanding import (
    Band,
    Language,
    RankedTopic,
    Topic,
    TopicKind,
    Understanding,
)
from servicebot.evaluation.twins import Crossings, Family, find_families, group
from servicebot.understanding.understand import Utterance


def topic(name: str) -> Topic:
    return Topic(kind=TopicKind.INTENT, id=name)


PAY, CLEAR, FREEZE, GREET = (topic(name) for name in ("a.pay", "a.clear", "b.freeze", "c.greet"))
HELD_OUT = {
    "a.pay": "我来还钱|把款还掉|想还一点|这期还了",
    "a.clear": "全还掉|一次了结|还到一分不剩",
    "b.freeze": "锁上卡|把卡停掉",
    "c.greet": "你好呀|在不在",
}


def build_content() -> Content:
    intents = [
        replace(
            build_intent(name, "还款|锁卡", held_out),
            path=f"intents/zh/{name.replace('.', '/')}.yaml",
            offered=name != "c.greet",
        )
        for name, held_out in HELD_OUT.items()
    ]
    labels = {"intent_a_pay": "还一期", "intent_a_clear": "全部还清", "intent_b_freeze": "锁卡"}
    return Content(
        articles={},
        intents={(one.id, Language.ZH): one for one in intents},
        replies={
            (name, Language.ZH): Reply(
                name=name, language=Language.ZH, text=text, path="", buttons=()
            )
            for name, text in labels.items()
        },
        values={},
        synonyms=(),
        version="twins",
    )


def understands(
    wrong: Mapping[str, Topic],
) -> Callable[[Sequence[Utterance]], Sequence[Understanding]]:
    """Understands every held-out line rightly, but for those given."""
    right = {text: topic(name) for name, lines in HELD_OUT.items() for text in lines.split("|")}

    def understand(asked: Sequence[Utterance]) -> Sequence[Understanding]:
        return [
            Understanding(
                text=one.text,
                language=Language.ZH,
                ranking=(
                    RankedTopic(
                        topic=wrong.get(one.text, right[one.text]), probability=0.5, signals=()
                    ),
                ),
                band=Band.ASK_BACK,
            )
            for one in asked
        ]

    return understand


def families_of(wrong: Mapping[str, Topic]) -> tuple[Family, ...]:
    return find_families(build_content(), understands(wrong))


@pytest.mark.parametrize(
    ("crossings", "families"),
    [
        ({(PAY, CLEAR): 1}, ()),
        ({(PAY, CLEAR): 2}, ({PAY, CLEAR},)),
        ({(PAY, CLEAR): 1, (CLEAR, PAY): 1}, ({PAY, CLEAR},)),
        ({(PAY, CLEAR): 1, (CLEAR, FREEZE): 1, (FREEZE, PAY): 1}, ()),
        ({(PAY, CLEAR): 2, (FREEZE, CLEAR): 3}, ({PAY, CLEAR, FREEZE},)),
        ({(PAY, CLEAR): 2, (FREEZE, GREET): 2}, ({PAY, CLEAR}, {FREEZE, GREET})),
    ],
    ids=["one-line", "twice", "both-ways", "round-about", "by-a-third", "two-families"],
)
def test_pairs_that_cross_twice_or_both_ways_make_a_family(
    crossings: Crossings, families: tuple[set[Topic], ...]
) -> None:
    assert group(crossings) == families


def test_a_family_says_who_lost_how_many_lines_to_whom() -> None:
    (family,) = families_of({"把款还掉": CLEAR, "想还一点": CLEAR, "一次了结": PAY})
    clear, pay = family.members
    assert (family.language, family.lost, family.asked) == (Language.ZH, 3, 7)
    assert (clear.topic, clear.asked) == (CLEAR, 3)
    assert [(lost.to, lost.lines) for lost in clear.lost] == [(PAY, 1)]
    assert (pay.topic, pay.asked) == (PAY, 4)
    assert [(lost.to, lost.lines) for lost in pay.lost] == [(CLEAR, 2)]


def test_the_family_that_lost_most_lines_comes_first() -> None:
    found = families_of(
        {"全还掉": FREEZE, "一次了结": FREEZE, "还到一分不剩": FREEZE, "我来还钱": PAY}
    )
    assert [family.lost for family in found] == [3]


def test_small_talk_is_nobodys_twin() -> None:
    assert families_of({"你好呀": PAY, "在不在": PAY}) == ()
    assert families_of({"我来还钱": GREET, "想还一点": GREET}) == ()


def test_all_right_means_no_family() -> None:
    assert families_of({}) == ()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in HELD_OUT:
        file = tmp_path / f"intents/zh/{name.replace('.', '/')}.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"intent: {name}\nexamples: |\n  还款\n", encoding="utf-8")
    return tmp_path


def test_staff_are_told_file_line_title_and_remedy_but_no_line_of_the_exam(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    families = families_of({"把款还掉": CLEAR, "想还一点": CLEAR})
    print_twins(families, build_content(), folder)
    told = capsys.readouterr().out
    assert "Chinese: these 2 win each other's questions, 2 of 7 lines:" in told
    assert (
        "intents/zh/a/pay.yaml:2: [twins] '还一期' loses 2 of its 4 lines: 2 to '全部还清'." in told
    )
    assert "intents/zh/a/clear.yaml:2: [twins] '全部还清' wins others' lines." in told
    assert "What to do" in told
    assert "把款还掉" not in told


def test_programs_get_the_same(folder: Path) -> None:
    families = families_of({"把款还掉": CLEAR, "想还一点": CLEAR})
    (family,) = twins_as_json(families, build_content(), folder)
    assert (family["language"], family["lost"], family["asked"]) == ("zh", 2, 7)
    assert family["members"][1] == {
        "id": "a.pay",
        "title": "还一期",
        "path": "intents/zh/a/pay.yaml",
        "line": 2,
        "asked": 4,
        "lost": [{"to": "a.clear", "lines": 2}],
    }


def test_without_a_family_that_is_said(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    print_twins((), build_content(), folder)
    assert capsys.readouterr().out == "No families of twins.\n"
