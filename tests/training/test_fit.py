"""An understander is fitted once and read from the cache afterwards, unless it is damaged."""

import json
from dataclasses import replace
from datetime import date
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
from servicebot.understanding.understand import Utterance


class CountsTexts(Encoder, Protocol):
    """An encoder that counts what it is asked."""

    asked: int


def build_content(language: Language = Language.ZH, /, **examples: str) -> Content:
    intents = {
        (f"a.{name}", language): Intent(
            id=f"a.{name}",
            language=language,
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
    (document,) = tmp_path.glob("*.json")
    path = document.with_suffix(suffix)
    whole = path.read_bytes()
    path.write_bytes(damage)
    second = fit_understander(CONTENT, encoder=encoder, cache_folder=tmp_path)
    assert second.thresholds() == first.thresholds()
    assert path.read_bytes() == whole
    assert load_fitted(tmp_path, document.stem) is not None


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


def test_a_language_that_nobody_touched_is_not_fitted_again(
    tmp_path: Path, counting_encoder: CountsTexts
) -> None:
    english = build_content(Language.EN, pay="pay|pay back|settle", hello="hi|hello|hey")
    fit_understander(joined(CONTENT, english), encoder=counting_encoder, cache_folder=tmp_path)
    kept = set(tmp_path.glob("*.json"))
    changed = build_content(Language.EN, pay="pay|pay back|settle", hello="hi|hello|howdy")
    both = joined(CONTENT, changed)
    before = counting_encoder.asked
    fit_understander(both, encoder=counting_encoder, cache_folder=tmp_path)
    (new,) = set(tmp_path.glob("*.json")) - kept
    assert json.loads(new.read_text("utf-8"))["kind"].split("|")[1] == "en"
    assert counting_encoder.asked - before <= 1 + 4  # the new phrase and nonsense


def test_few_changed_phrases_begin_from_the_end_of_the_fit_before(
    tmp_path: Path, encoder: Encoder
) -> None:
    known = many_phrases()
    first = fit_understander(build_content(**known), encoder=encoder, cache_folder=tmp_path)
    edited = build_content(**(known | {"t0": known["t0"] + "|全新的说法"}))
    second = fit_understander(edited, encoder=encoder, cache_folder=tmp_path)
    again = fit_understander(edited, encoder=encoder, cache_folder=tmp_path)
    assert starts(tmp_path) == [False, True]
    assert len({first.model_hash, second.model_hash}) == 2
    assert again.model_hash == second.model_hash
    asked = Utterance(text="全新的说法", language_hint=Language.ZH, today=date(2026, 11, 29))
    assert second.understand((asked,))[0].ranking[0].topic.id == "a.t0"


def test_a_topic_that_is_new_or_gone_finds_its_column(tmp_path: Path, encoder: Encoder) -> None:
    known = many_phrases()
    fit_understander(build_content(**known), encoder=encoder, cache_folder=tmp_path)
    gone = {name: texts for name, texts in known.items() if name != "t1"}
    changed = build_content(**(gone | {"aaa": "新来的一句|又来一句新的"}))
    warm = fit_understander(changed, encoder=encoder, cache_folder=tmp_path)
    assert starts(tmp_path) == [False, True]
    for text, topic in (("新来的一句", "a.aaa"), (known["t7"].split("|")[0], "a.t7")):
        asked = Utterance(text=text, language_hint=Language.ZH, today=date(2026, 11, 29))
        assert warm.understand((asked,))[0].ranking[0].topic.id == topic


def test_many_changed_phrases_are_fitted_from_nothing(tmp_path: Path, encoder: Encoder) -> None:
    known = many_phrases()
    fit_understander(build_content(**known), encoder=encoder, cache_folder=tmp_path)
    other = {name: "|".join(f"{text}呀" for text in known[name].split("|")) for name in known}
    fit_understander(build_content(**other), encoder=encoder, cache_folder=tmp_path)
    assert starts(tmp_path) == [False, False]


def many_phrases() -> dict[str, str]:
    """Forty topics of four phrases each."""
    digits = "零一二三四五六七八九"
    numbers = [f"{digits[n // 10]}{digits[n % 10]}" for n in range(40)]
    return {
        f"t{n}": f"怎么办{name}号业务|{name}号怎么弄|想办{name}号|{name}号在哪里办"
        for n, name in enumerate(numbers)
    }


def starts(folder: Path) -> list[bool]:
    """Of each fit in the order in which they were made, whether it began from another."""
    files = sorted(folder.glob("*.safetensors"), key=lambda file: file.stat().st_mtime_ns)
    documents = [file.with_suffix(".json") for file in files]
    return [bool(json.loads(d.read_text("utf-8"))["start"]) for d in documents if d.exists()]


def joined(one: Content, other: Content) -> Content:
    return replace(one, intents={**one.intents, **other.intents})


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
