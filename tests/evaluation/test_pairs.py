"""Pairs are scored by the cosine of the encoder."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.evaluation.pairs import evaluate_pairs
from servicebot.ports.encoder import Encoder

WriteTable = Callable[[str, Sequence[str]], Path]


def test_pairs_that_mean_the_same_score_higher(write_table: WriteTable, encoder: Encoder) -> None:
    lines = ["提前还款\t我要提前还款\t1", "锁卡\t冻结卡\t1", "提前还款\t天气\t0", "锁卡\t你好\t0"]
    report = evaluate_pairs(write_table("p.tsv", lines), encoder=encoder)
    assert report.n == 4
    assert report.auroc == report.best_accuracy == 1.0
    assert report.spearman is not None
    assert report.spearman > 0.8


def test_a_label_that_is_none_is_an_error(write_table: WriteTable, encoder: Encoder) -> None:
    with pytest.raises(ContentError, match=r"p\.tsv:2:.*not 0 or 1"):
        evaluate_pairs(write_table("p.tsv", ["a\tb\t1", "a\tb\t0.5"]), encoder=encoder)
