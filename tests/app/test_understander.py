"""An encoder that cannot be used is named in the log, and the bot goes on by words and sounds."""

import logging
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from servicebot.adapters.local_models.bundled_encoder import bundled_encoder_folder
from servicebot.app.understander import build_understander
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.settings import Settings
from servicebot.understanding.understand import Utterance

INTENT = """intent: loan.{name}
means: {name}
flow: {name}
identity: L1
examples: |
{examples}
"""
SAID = {
    "repay_early": "我要提前还款|帮我全部还清|一次性还完|提前结清|现在就还掉|把欠的全还了",
    "due": "这个月要还多少|下期还款金额|什么时候还款|还款日是哪天|这期账单多少",
}


@pytest.fixture
def small(tmp_path: Path) -> Content:
    folder = tmp_path / "intents" / "zh" / "loan"
    folder.mkdir(parents=True)
    for name, examples in SAID.items():
        lines = "\n".join(f"  {line}" for line in examples.split("|"))
        text = INTENT.format(name=name, examples=lines)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return load_content(tmp_path)


def damaged_settings(settings: Settings, folder: Path) -> Settings:
    shutil.copytree(bundled_encoder_folder(), folder / "encoder")
    weights = folder / "encoder" / "model.safetensors"
    body = bytearray(weights.read_bytes())
    body[-1] ^= 1
    weights.write_bytes(body)
    return replace(
        settings,
        understanding=replace(settings.understanding, encoder=str(folder / "encoder")),
        store=replace(settings.store, fitted_dir=folder / "fitted"),
    )


def test_a_damaged_encoder_is_named_and_words_still_find_the_topic(
    settings: Settings, small: Content, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        understander = build_understander(damaged_settings(settings, tmp_path), small)
    fault = next(record.__dict__["fault"] for record in caplog.records)
    assert "model.safetensors" in fault
    assert "SHA-256" in fault
    asked = Utterance(text="提前全部还清", language_hint=None, today=date(2026, 11, 24))
    best = understander.understand((asked,))[0].best
    assert best is not None
    assert best.topic.id == "loan.repay_early"


def test_fitting_leaves_its_memory_behind_in_another_process(
    settings: Settings, small: Content, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        pytest.fail("fitted in the serving process")

    monkeypatch.setattr("servicebot.training.fit_languages.fit_parts", refuse)
    fresh = replace(settings, store=replace(settings.store, fitted_dir=tmp_path / "fitted"))
    understander = build_understander(fresh, small)
    asked = Utterance(text="我要提前还款", language_hint=None, today=date(2026, 11, 24))
    best = understander.understand((asked,))[0].best
    assert best is not None
    assert best.topic.id == "loan.repay_early"
