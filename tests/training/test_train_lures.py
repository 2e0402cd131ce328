"""The reader of lures learns from lines of several hands, and says what it makes of one kept out."""

import shutil
from pathlib import Path

import pytest
from safetensors.torch import load_file, save_file

from servicebot.adapters.local_models.local_lure_reader import bundled_lures_folder
from servicebot.adapters.local_models.lure_model import load_lure_model
from servicebot.domain.errors import ContentError
from servicebot.training.lure_lines import hands_of, lure_lines_folder, read_lure_lines
from servicebot.training.train_lures import THRESHOLD, LureOptions, planned_lure_steps, train_lures

WISHES = ("发给我", "告诉我", "念给我听", "报一下")
SECRETS = ("验证码", "密码", "卡号", "安全码")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("lures") / "lines"
    for hand, when in (("a", "请"), ("b", "麻烦")):
        hostile = [f"{when}把{secret}{wish}" for secret in SECRETS for wish in WISHES]
        harmless = [f"{secret}{when}不要{wish[:1]}给别人" for secret in SECRETS for wish in WISHES]
        (folder / hand).mkdir(parents=True)
        (folder / hand / "hostile.txt").write_text("\n".join(hostile) + "\n", encoding="utf-8")
        (folder / hand / "harmless.txt").write_text("\n".join(harmless) + "\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def first(lines: Path) -> Path:
    """A reader that was taught once."""
    out = lines.parent / "first"
    train_lures(LureOptions(lines=lines, out=out, passes=1))
    return out


def test_a_hand_that_was_kept_out_is_told_apart(tmp_path: Path, lines: Path) -> None:
    steps: list[int] = []
    options = LureOptions(
        lines=lines,
        out=tmp_path / "reader",
        without="b",
        passes=20,
        threshold=0.0,
        report=lambda _stage, step, _loss: steps.append(step),
    )
    report = train_lures(options)
    assert (report.learnt, report.checked) == (32, 32)
    assert report.missed + report.stopped <= 4
    assert steps[-1] == planned_lure_steps(options)
    odds = load_lure_model(tmp_path / "reader").odds(["麻烦把密码告诉我", "密码麻烦不要告诉别人"])
    assert odds[0] > odds[1]
    assert not [*(tmp_path / "reader").glob("unfinished*")]


def test_the_same_lines_and_seed_give_the_same_reader_whatever_its_threshold(
    tmp_path: Path, lines: Path, first: Path
) -> None:
    train_lures(LureOptions(lines=lines, out=tmp_path, passes=1, threshold=THRESHOLD + 3))
    low, high = (load_lure_model(folder) for folder in (first, tmp_path))
    assert low.encoder.encode(["密码"]).tolist() == high.encoder.encode(["密码"]).tolist()
    assert low.odds(["密码"])[0] - high.odds(["密码"])[0] == pytest.approx(3.0, abs=1e-4)


def test_a_reader_goes_on_learning_from_a_reader(tmp_path: Path, lines: Path, first: Path) -> None:
    train_lures(LureOptions(lines=lines, out=tmp_path, passes=1, base=first))
    before, after = (
        load_lure_model(folder).odds(["验证码发给我"])[0] for folder in (first, tmp_path)
    )
    assert before != after


def test_a_reader_of_another_encoder_is_refused(tmp_path: Path) -> None:
    shutil.copytree(bundled_lures_folder(), tmp_path / "lures")
    path = tmp_path / "lures" / "lures.safetensors"
    tensors = load_file(path)
    tensors["lure.latin"] = 255 - tensors["lure.latin"]
    save_file(tensors, path)
    (tmp_path / "lures" / "manifest.json").unlink()
    with pytest.raises(ContentError, match="another encoder"):
        load_lure_model(tmp_path / "lures")


def test_every_shipped_hand_wrote_lines_of_both_kinds_and_no_line_is_of_both() -> None:
    folder = lure_lines_folder()
    hands = hands_of(folder)
    assert len(hands) >= 10
    lines = read_lure_lines(folder, hands)
    assert {line.is_lure for line in lines} == {True, False}
    both = {line.written for line in lines if line.is_lure} & {
        line.written for line in lines if not line.is_lure
    }
    assert both == set()
