"""A process that serves from the cache maps the fit and imports nothing that only fits."""

import json
import mmap
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from servicebot.content.load import load_content
from servicebot.ports.encoder import Encoder
from servicebot.settings import load_settings
from servicebot.training.fit import fit_understander
from servicebot.training.fitted_files import load_fitted
from servicebot.training.fitted_parts import FittedParts

PHRASES = {
    "loan.repay": "我要还款|帮我还清|一次性还完|提前结清",
    "card.freeze": "冻结我的卡|把卡锁上|锁卡|停用卡",
    "talk.greet": "你好|您好|早上好|在吗",
}
ONLY_TO_FIT = {"scipy", "sklearn", "transformers", "sentence_transformers", "pypinyin", "pandas"}
# A serving process says what it heard, by which fit, and what it has imported.
SERVE = """
import json, sys
from datetime import date
from pathlib import Path
from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.settings import load_settings
from servicebot.understanding.understand import Utterance

bot = build_understander(load_settings({}, start=Path()), load_content(Path()))
said = Utterance(text="我要还款", language_hint=None, today=date(2026, 11, 24))
heard = bot.understand((said,))[0].ranking[0].topic.id
imported = sorted({name.partition(".")[0] for name in sys.modules})
print(json.dumps([heard, bot.model_hash, imported]))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small content."""
    for topic, phrases in PHRASES.items():
        lines = "".join(f"  {phrase}\n" for phrase in phrases.split("|"))
        path = tmp_path / "intents" / "zh" / topic.partition(".")[0] / f"{topic[5:]}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(f"intent: {topic}\nmeans: x\nidentity: L0\nexamples: |\n{lines}", "utf-8")
    return tmp_path


def test_serving_imports_nothing_that_only_fits(folder: Path, encoder: Encoder) -> None:
    content, cache = load_content(folder), folder / "var" / "fitted"
    rate = load_settings({}, start=folder).understanding.wrong_answer_rate
    fitted = fit_understander(content, encoder=encoder, cache_folder=cache, wrong_answer_rate=rate)
    served = subprocess.run(
        [sys.executable, "-c", SERVE], cwd=folder, check=True, capture_output=True, text=True
    )
    heard, model_hash, imported = json.loads(served.stdout)
    assert heard == "loan.repay"
    assert model_hash == fitted.model_hash
    assert not ONLY_TO_FIT.intersection(imported)


def test_every_array_of_a_fit_stays_in_its_file(folder: Path, encoder: Encoder) -> None:
    content = load_content(folder)
    fit_understander(content, encoder=encoder, cache_folder=folder)
    (document,) = folder.glob("*.json")
    part = load_fitted(folder, document.stem)
    assert part is not None
    found = list(arrays(part))
    assert len(found) > 15
    for array in found:
        assert isinstance(owner(array), mmap.mmap)
        assert not array.flags.writeable


def arrays(part: FittedParts | object) -> Iterator[NDArray[np.generic]]:
    """Every array inside, however deep."""
    if isinstance(part, np.ndarray):
        yield part
    elif is_dataclass(part):
        for field in fields(part):
            yield from arrays(getattr(part, field.name))


def owner(array: NDArray[np.generic]) -> object:
    """What the memory of an array belongs to."""
    base: object = array
    while isinstance(base, np.ndarray | memoryview):
        base = base.base if isinstance(base, np.ndarray) else base.obj
    return base
