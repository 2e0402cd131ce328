"""An understander is fitted once and read from the cache afterwards, unless it is damaged."""

from pathlib import Path
from typing import Protocol

import pytest

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, RequiredLevel
from servicebot.domain.errors import ContentError
from servicebot.domain.understanding import Language
from servicebot.ports.encoder import Encoder
from servicebot.training.fit import fit_understander
from servicebot.training.fitted_files import load_fitted
from servicebot.training.remembered_vectors import RememberedVectors


class CountsTexts(Encoder, Protocol):
    """An encoder that counts what it is asked."""

    asked: int


def build_content(**examples: str) -> Content:
    intents = {
        (f"a.{name}", Language.ZH): Intent(
            id=f"a.{name}",
            language=Language.ZH,
            means="",
            flow=None,
            identity=RequiredLevel.L0,
            examples=tuple(texts.split("|")),
            close_but_other=(),
            held_out=(),
            path="",
        )
        for name, texts in examples.items()
    }
    return Content(articles={}, intents=intents, replies={}, values={}, synonyms=(), version="abc")


CONTENT = build_content(pay="还款|我要还款|还清", freeze="冻结|锁卡|停用卡", hello="你好|您好")


def test_the_second_start_encodes_nothing(tmp_path: Path, counting_encoder: CountsTexts) -> None:
    first = fit_understander(CONTENT, encoder=counting_encoder, cache_folder=tmp_path)
    asked = counting_encoder.asked
    second = fit_understander(CONTENT, encoder=counting_encoder, cache_folder=tmp_path)
    assert counting_encoder.asked == asked == 8 + 4  # phrases and nonsense
    assert first.model_hash == second.model_hash
    assert first.thresholds() == second.thresholds()


@pytest.mark.parametrize("suffix", [".safetensors", ".json"])
@pytest.mark.parametrize("damage", [b"", b"{}", b"\x00" * 64])
def test_a_damaged_cache_is_fitted_anew(
    tmp_path: Path, encoder: Encoder, suffix: str, damage: bytes
) -> None:
    first = fit_understander(CONTENT, encoder=encoder, cache_folder=tmp_path)
    path = tmp_path / f"{first.model_hash}{suffix}"
    whole = path.read_bytes()
    path.write_bytes(damage)
    second = fit_understander(CONTENT, encoder=encoder, cache_folder=tmp_path)
    assert second.thresholds() == first.thresholds()
    assert path.read_bytes() == whole
    assert load_fitted(tmp_path, first.model_hash) is not None


def test_nothing_half_written_is_left(tmp_path: Path, encoder: Encoder) -> None:
    fit_understander(CONTENT, encoder=encoder, cache_folder=tmp_path)
    assert {path.suffix for path in tmp_path.iterdir()} == {".json", ".safetensors"}


def test_a_changed_phrase_is_the_only_one_that_is_read_anew(
    tmp_path: Path, counting_encoder: CountsTexts
) -> None:
    fit_understander(CONTENT, encoder=counting_encoder, cache_folder=tmp_path)
    before = counting_encoder.asked
    fresh = counting_encoder.encode(["还款"])
    again = RememberedVectors(counting_encoder, tmp_path).encode(["还款", "一句新话"])
    assert (again[0] == fresh[0]).all()
    assert counting_encoder.asked == before + 2


def test_the_key_follows_content_encoder_and_rate(encoder: Encoder) -> None:
    hashes = {
        fit_understander(
            CONTENT, encoder=encoder, cache_folder=None, wrong_answer_rate=rate
        ).model_hash
        for rate in (0.02, 0.05)
    }
    assert len(hashes) == 2


def test_content_without_a_phrase_is_refused(encoder: Encoder) -> None:
    with pytest.raises(ContentError, match="no-phrases"):
        fit_understander(build_content(), encoder=encoder, cache_folder=None)


def test_a_single_topic_can_be_fitted(encoder: Encoder) -> None:
    fit_understander(build_content(only="还款|还清"), encoder=encoder, cache_folder=None)
