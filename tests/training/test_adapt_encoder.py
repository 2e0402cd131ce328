"""Adapting the encoder to a bank's own pairs moves those pairs together and keeps it loadable."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from servicebot.adapters.local_models.manifest import sha256_of
from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.errors import ContentError
from servicebot.training.adapt_encoder import AdaptOptions, adapt_encoder, planned_steps
from servicebot.training.pair_classifier import load_pair_classifier

PAIRS = (
    ("咱这账单啥时候清", "还款日是哪天"),
    ("那个借呗一样的东西", "微粒贷是什么"),
    ("钱啥时候落袋", "多久到账"),
    ("卡给我锁喽", "冻结银行卡"),
)


def write(folder: Path) -> Path:
    file = folder / "pairs.tsv"
    lines = [f"{left}\t{right}\t1" for left, right in PAIRS] * 4
    file.write_text("\n".join([*lines, "苹果\t银行\t0"]) + "\n", encoding="utf-8")
    return file


def closeness(name: str) -> float:
    encoder = open_encoder(name)
    left = encoder.encode([pair[0] for pair in PAIRS])
    right = encoder.encode([pair[1] for pair in PAIRS])
    return float(np.mean(np.sum(left * right, axis=1)))


def test_pairs_come_closer_and_the_folder_loads(tmp_path: Path) -> None:
    out = tmp_path / "adapted"
    adapt_encoder(AdaptOptions(out=out, pairs=write(tmp_path), steps=30))
    assert closeness(str(out)) > closeness("bundled") + 0.05


def test_the_same_seed_gives_the_same_weights(tmp_path: Path) -> None:
    pairs = write(tmp_path)
    for name in ("one", "two"):
        adapt_encoder(AdaptOptions(out=tmp_path / name, pairs=pairs, steps=5))
    assert open_encoder(str(tmp_path / "one")).fingerprint == (
        open_encoder(str(tmp_path / "two")).fingerprint
    )


def test_a_file_without_pairs_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "empty.tsv"
    file.write_text("", encoding="utf-8")
    with pytest.raises(ContentError):
        adapt_encoder(AdaptOptions(out=tmp_path / "x", pairs=file, steps=5))


class StoppedError(Exception):
    """The machine went down."""


def test_a_run_that_was_stopped_goes_on_to_the_same_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicebot.training.stage.KEEP_EVERY", 3)
    pairs = write(tmp_path)
    whole = AdaptOptions(out=tmp_path / "whole", pairs=pairs, steps=6)
    adapt_encoder(whole)

    def stop(stage: str, step: int, loss: float) -> None:  # noqa: ARG001 - the report's signature
        if (tmp_path / "parted" / "unfinished_adapting.safetensors").exists():
            raise StoppedError

    parted = AdaptOptions(out=tmp_path / "parted", pairs=pairs, steps=6, report=stop)
    with pytest.raises(StoppedError):
        adapt_encoder(parted)
    result = adapt_encoder(AdaptOptions(out=tmp_path / "parted", pairs=pairs, steps=6))
    assert result.resumed_at == 3
    assert open_encoder(str(tmp_path / "parted")).fingerprint == (
        open_encoder(str(tmp_path / "whole")).fingerprint
    )


def labelled(folder: Path) -> Path:
    """Either of two wishes in many words; a pair is alike where both wish the same."""
    wishes = (
        [f"{when}想{word}" for when in "今明后早晚" for word in ("还款", "还钱", "把钱还了")],
        [f"{when}想{word}" for when in "今明后早晚" for word in ("借款", "借钱", "再借一笔")],
    )
    texts = [(text, owner) for owner, group in enumerate(wishes) for text in group]
    lines = [f"{a}\t{b}\t{int(m == n)}" for a, m in texts for b, n in texts if a < b]
    file = folder / "labelled.tsv"
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def test_pairs_of_both_kinds_bring_a_classifier_that_reads_both_texts(tmp_path: Path) -> None:
    out = tmp_path / "adapted"
    result = adapt_encoder(AdaptOptions(out=out, pairs=labelled(tmp_path), steps=20))
    classifier = load_pair_classifier(out)
    assert classifier is not None
    one, other = ["早想还款", "早想还款"], ["晚想把钱还了", "晚想再借一笔"]
    chances = classifier.chances(one, other)
    assert chances[0] > 0.5 > chances[1]
    assert np.allclose(chances, classifier.chances(other, one))
    assert result.resumed_at == 0


def test_a_run_stopped_while_the_classifier_learnt_keeps_the_encoder_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("servicebot.training.stage.KEEP_EVERY", 2)
    pairs = labelled(tmp_path)
    adapt_encoder(AdaptOptions(out=tmp_path / "whole", pairs=pairs, steps=4))

    def stop(stage: str, step: int, loss: float) -> None:  # noqa: ARG001 - the report's signature
        if (tmp_path / "parted" / "unfinished_classifying.safetensors").exists():
            raise StoppedError

    parted = AdaptOptions(out=tmp_path / "parted", pairs=pairs, steps=4)
    with pytest.raises(StoppedError):
        adapt_encoder(dataclasses.replace(parted, report=stop))
    assert adapt_encoder(parted).resumed_at == 4 + 2
    for name in ("model.safetensors", "pair_classifier.safetensors"):
        assert sha256_of(tmp_path / "whole" / name) == sha256_of(tmp_path / "parted" / name)


def test_pairs_of_one_kind_bring_no_classifier_and_leave_none(tmp_path: Path) -> None:
    out = tmp_path / "adapted"
    out.mkdir()
    (out / "pair_classifier.safetensors").write_bytes(b"of other pairs")
    result = adapt_encoder(AdaptOptions(out=out, pairs=write(tmp_path), steps=2))
    assert result.classifier_accuracy is None
    assert load_pair_classifier(out) is None


def test_a_damaged_classifier_is_refused_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "pair_classifier.safetensors").write_bytes(b"broken")
    with pytest.raises(ContentError, match=r"pair_classifier\.safetensors"):
        load_pair_classifier(tmp_path)


@pytest.mark.parametrize(("pairs", "steps"), [(10, 100), (6_400, 200), (90_001, 2_813)])
def test_a_stage_is_two_passes_and_never_too_short(pairs: int, steps: int, tmp_path: Path) -> None:
    options = AdaptOptions(pairs=tmp_path / "pairs.tsv", out=tmp_path)
    assert planned_steps(options, pairs) == steps
