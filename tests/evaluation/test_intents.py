"""Intents are evaluated with the bot's own parts, in any language, with out of scope."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.evaluation.intents import evaluate_intents
from servicebot.ports.encoder import Encoder

WriteTable = Callable[[str, Sequence[str]], Path]

TRAIN = [
    "text,category",
    *(f"{text},repay" for text in ("我要还款", "帮我还清", "提前还款", "把钱还了", "还清借款")),
    *(
        f"{text},freeze"
        for text in ("冻结我的卡", "锁卡", "卡丢了先冻结", "停用这张卡", "把卡冻结")
    ),
    *(f"{text},hello" for text in ("你好", "您好", "早上好", "在吗", "你好呀")),
]
TEST = ["text,category", "我想还款,repay", "帮我冻结卡,freeze", "你好啊,hello", "how are trees,oos"]


def test_every_key_is_measured(write_table: WriteTable, encoder: Encoder) -> None:
    report = evaluate_intents(
        write_table("train.csv", TRAIN), write_table("test.csv", TEST), encoder=encoder
    )
    assert (report.n_train, report.n_test) == (15, 4)
    assert report.accuracy == report.macro_f1 == 1.0
    assert report.oos_auroc is not None
    assert 0.0 <= report.threshold <= 1.0
    assert report.ms_per_message_p50 <= report.ms_per_message_p99
    assert set(asdict(report)) == {
        *("n_train", "n_test", "accuracy", "macro_f1", "oos_recall", "oos_auroc"),
        *("accuracy_at_threshold", "threshold", "fit_s"),
        *("ms_per_message_p50", "ms_per_message_p99"),
    }


def test_without_out_of_scope_lines_its_measures_are_none(
    write_table: WriteTable, encoder: Encoder
) -> None:
    report = evaluate_intents(
        write_table("train.csv", TRAIN), write_table("test.csv", TEST[:-1]), encoder=encoder
    )
    assert report.oos_recall is None
    assert report.oos_auroc is None


def test_the_test_file_changes_no_threshold(write_table: WriteTable, encoder: Encoder) -> None:
    train = write_table("train.csv", [*TRAIN, "天气如何,oos", "写首诗,oos"])
    one = evaluate_intents(train, write_table("a.csv", TEST), encoder=encoder)
    other = evaluate_intents(train, write_table("b.csv", TEST[:2]), encoder=encoder)
    assert one.threshold == other.threshold


def test_the_threshold_keeps_the_asked_share_of_the_validation_lines(
    write_table: WriteTable, encoder: Encoder
) -> None:
    train, test = write_table("train.csv", TRAIN), write_table("test.csv", TEST)
    validation = write_table("validation.csv", [*TEST[:-1], "钱什么时候扣,repay", "嗨,hello"])
    strict, lenient = (
        evaluate_intents(
            train, test, encoder=encoder, validation_csv=validation, kept_in_scope=kept
        ).threshold
        for kept in (0.2, 0.99)
    )
    assert lenient < strict


def test_validation_lines_that_are_all_out_of_scope_are_refused(
    write_table: WriteTable, encoder: Encoder
) -> None:
    train, test = write_table("train.csv", TRAIN), write_table("test.csv", TEST)
    nothing = write_table("validation.csv", ["t,l", "how are trees,oos"])
    with pytest.raises(ContentError, match=r"validation\.csv"):
        evaluate_intents(train, test, encoder=encoder, validation_csv=nothing)


@pytest.mark.parametrize("lines", [["t,l", "a,one"], ["t,l", "a,one", "b,oos"]])
def test_a_training_file_without_a_choice_is_refused(
    write_table: WriteTable, encoder: Encoder, lines: list[str]
) -> None:
    with pytest.raises(ContentError, match="two labels"):
        evaluate_intents(
            write_table("train.csv", lines), write_table("test.csv", TEST), encoder=encoder
        )


@pytest.mark.model
def test_banking77_ten_shots_are_learnt(
    data_folder: Path, write_table: WriteTable, encoder: Encoder
) -> None:
    folder = data_folder / "banking77" / "train_10shot"
    texts = (folder / "seq.in").read_text("utf-8").splitlines()
    labels = (folder / "label").read_text("utf-8").splitlines()
    rows = ['"{}",{}'.format(t.replace('"', '""'), n) for t, n in zip(texts, labels, strict=True)]
    train = write_table("train.csv", ["text,label", *rows])
    report = evaluate_intents(train, data_folder / "banking77" / "test.csv", encoder=encoder)
    assert report.n_train == 770
    assert report.accuracy > 0.75
