"""Few lines a label are drawn, learnt and asked; the same seed gives the same figures."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner

from servicebot.cli.evaluate import evaluate
from servicebot.domain.errors import ContentError
from servicebot.evaluation.few_shot import evaluate_few_shot
from servicebot.ports.encoder import Encoder

WriteTable = Callable[[str, Sequence[str]], Path]

LINES = {
    "balance": ("查余额", "我还有多少钱", "卡里剩多少", "看看余额", "余额多少"),
    "freeze": ("冻结银行卡", "帮我锁卡", "把卡停了", "卡先冻起来", "锁一下我的卡"),
    "weather": ("今天下雨吗", "天气怎么样", "外面冷不冷", "明天多少度", "会下雪吗"),
}


def table(write_table: WriteTable, name: str, *labels: str) -> Path:
    rows = [f"{text},{label}" for label in labels for text in LINES[label]]
    return write_table(name, ["text,label", *rows])


def test_lines_that_were_learnt_are_told_apart(write_table: WriteTable, encoder: Encoder) -> None:
    train, test = (table(write_table, f"{n}.csv", *LINES) for n in ("train", "test"))
    report = evaluate_few_shot(train, test, encoder=encoder, draws=2)
    assert (report.labels, report.lines_a_label, report.asked, report.draws) == (3, 8, 15, 2)
    assert (report.accuracy, report.spread) == (1.0, 0.0)


def test_one_line_a_label_tells_less_and_the_seed_decides_which(
    write_table: WriteTable, encoder: Encoder
) -> None:
    train, test = (table(write_table, f"{n}.csv", *LINES) for n in ("train", "test"))
    once, again = (
        evaluate_few_shot(train, test, encoder=encoder, lines_a_label=1, draws=4) for _ in range(2)
    )
    assert once == again
    assert 1 / 3 < once.lowest <= once.accuracy <= once.highest <= 1.0


def test_one_label_tells_nothing_apart(write_table: WriteTable, encoder: Encoder) -> None:
    one = table(write_table, "one.csv", "freeze")
    with pytest.raises(ContentError, match="at least two labels"):
        evaluate_few_shot(one, one, encoder=encoder)


def test_the_command_prints_the_keys(write_table: WriteTable) -> None:
    train = table(write_table, "train.csv", "balance", "weather")
    words = ["few-shot", "--train", str(train), "--test", str(train), "--json"]
    told = CliRunner().invoke(evaluate, words)
    assert told.exit_code == 0, told.output
    assert '"accuracy"' in told.output
