"""Reads the licensed corpora the shipped encoder is trained on; see the model card."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zlib import crc32

from servicebot.understanding.normalize import normalize

# Every fourth topic of the customers' phrasings is never trained on: the development set.
_DEVELOPMENT_EVERY: Final = 4

Groups = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPhrasings:
    """Phrasings of one topic in both languages, normalized."""

    topic: str
    zh: tuple[str, ...]
    en: tuple[str, ...]

    @property
    def is_development(self) -> bool:
        """Whether the topic is kept out of the training, decided by its name alone."""
        return crc32(self.topic.encode()) % _DEVELOPMENT_EVERY == 0


def read_phrasings(folder: Path) -> tuple[TopicPhrasings, ...]:
    """Reads `customer_phrasings/*.tsv`: topic, language, text."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: {"zh": [], "en": []})
    for path in sorted((folder / "customer_phrasings").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            topic, language, text = line.split("\t")
            found[topic][language].append(normalize(text))
    return tuple(
        TopicPhrasings(topic=topic, zh=tuple(texts["zh"]), en=tuple(texts["en"]))
        for topic, texts in sorted(found.items())
    )


def read_translations(folder: Path) -> tuple[tuple[str, str], ...]:
    """Reads Tatoeba's pairs: (Chinese, English)."""
    path = folder / "tatoeba_zh_en" / "cmn.txt"
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        english, chinese, _ = line.split("\t")
        pairs.append((normalize(chinese), normalize(english)))
    return tuple(pairs)


def read_intent_groups(folder: Path) -> tuple[Groups, ...]:
    """Reads the training lines of Banking77, CLINC150 and HWU64, by intent."""
    return tuple(_grouped(rows) for rows in (_banking77(folder), _clinc150(folder), _hwu64(folder)))


def group_same_translation(pairs: tuple[tuple[str, str], ...]) -> Groups:
    """Chinese sentences that share an English translation: paraphrases people wrote."""
    groups = _grouped((chinese, english) for chinese, english in pairs)
    return {english: texts for english, texts in groups.items() if len(texts) > 1}


def _grouped(rows: Iterator[tuple[str, str]]) -> Groups:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text, label in rows:
        found[label][text] = None
    return {label: tuple(texts) for label, texts in sorted(found.items())}


def _banking77(folder: Path) -> Iterator[tuple[str, str]]:
    with (folder / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield normalize(row["text"]), row["category"]


def _clinc150(folder: Path) -> Iterator[tuple[str, str]]:
    document = json.loads((folder / "clinc150" / "data_full.json").read_text("utf-8"))
    for text, label in document["train"]:
        yield normalize(text), label


def _hwu64(folder: Path) -> Iterator[tuple[str, str]]:
    train = folder / "hwu64" / "train"
    texts = (train / "seq.in").read_text("utf-8").splitlines()
    labels = (train / "label").read_text("utf-8").splitlines()
    for text, label in zip(texts, labels, strict=True):
        yield normalize(text), label


def read_glossary() -> tuple[tuple[str, str], ...]:
    """Reads the project's own list of bank words: (Chinese, English)."""
    text = (Path(__file__).parent / "glossary.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return tuple((normalize(chinese), normalize(english)) for chinese, english in pairs)
