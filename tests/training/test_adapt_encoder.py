"""Adapting the encoder to a bank's own pairs moves those pairs together and keeps it loadable."""

from pathlib import Path

import numpy as np
import pytest

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.errors import ContentError
from servicebot.training.adapt_encoder import AdaptOptions, adapt_encoder

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
    monkeypatch.setattr("servicebot.training.adapt_encoder._KEEP_EVERY", 3)
    pairs = write(tmp_path)
    whole = AdaptOptions(out=tmp_path / "whole", pairs=pairs, steps=6)
    adapt_encoder(whole)

    def stop(step: int, loss: float) -> None:  # noqa: ARG001 - the report's signature
        if (tmp_path / "parted" / "unfinished.safetensors").exists():
            raise StoppedError

    parted = AdaptOptions(out=tmp_path / "parted", pairs=pairs, steps=6, report=stop)
    with pytest.raises(StoppedError):
        adapt_encoder(parted)
    result = adapt_encoder(AdaptOptions(out=tmp_path / "parted", pairs=pairs, steps=6))
    assert result.resumed_at == 3
    assert open_encoder(str(tmp_path / "parted")).fingerprint == (
        open_encoder(str(tmp_path / "whole")).fingerprint
    )
