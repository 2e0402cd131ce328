"""A phrase that lies among those of another topic is named, with the one it lies beside."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from servicebot.content.content_files import ContentFiles
from servicebot.content.load import load_content
from servicebot.evaluation.stray_phrases import stray_phrases

CARDS = ("卡丢了怎么办", "我的卡丢了怎么办", "卡丢了该怎么办", "银行卡丢了怎么办")
RATES = ("利率是多少", "贷款利率是多少", "利率现在是多少", "年利率是多少")
DIMENSION = 512


class PairEncoder:
    """Texts that share pairs of characters lie close together."""

    dimension = DIMENSION
    fingerprint = "pairs"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        rows = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for one, other in pairwise(text):
                row[(ord(one) * 31 + ord(other)) % DIMENSION] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        unit: NDArray[np.float32] = rows / np.maximum(lengths, np.float32(1e-9))
        return unit


def files(cards: Sequence[str], rates: Sequence[str]) -> ContentFiles:
    return ContentFiles(
        files={
            f"intents/zh/a/{name}.yaml": (
                f"intent: a.{name}\nmeans: x\nexamples: |\n  " + "\n  ".join(lines) + "\n"
            ).encode()
            for name, lines in (("cards", cards), ("rates", rates))
        }
    )


def strays(cards: Sequence[str], rates: Sequence[str]) -> list[tuple[str, int, str]]:
    content = files(cards, rates)
    found = stray_phrases(load_content(content), content, PairEncoder())
    return [(fault.path, fault.line, dict(fault.args)["other"]) for fault in found]


def test_a_phrase_in_the_wrong_file_is_named_at_its_line() -> None:
    found = strays((*CARDS, "现在年利率是多少"), RATES)
    assert found == [("intents/zh/a/cards.yaml", 8, "a.rates")]


def test_phrases_in_their_own_files_are_not() -> None:
    assert strays(CARDS, RATES) == []


def test_a_phrase_between_two_topics_is_no_stray() -> None:
    assert strays((*CARDS, "卡丢了怎么办，利率是多少"), RATES) == []
