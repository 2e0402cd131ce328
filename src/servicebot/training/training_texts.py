"""Reads the licensed corpora the shipped encoder is trained on; see the model card."""

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from servicebot.content.content import Content
from servicebot.domain.understanding import Language
from servicebot.understanding.normalize import normalize
from servicebot.understanding.phrasings import collect_phrasings

_KEPT_OUT_OF: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicPhrasings:
    """Phrasings of one topic in both languages, normalized."""

    topic: str
    zh: tuple[str, ...]
    en: tuple[str, ...]


def taught_topics(content: Content) -> tuple[TopicPhrasings, ...]:
    """Every topic of the content with the phrases it teaches; none of those held out."""
    found: dict[str, dict[Language, list[str]]] = defaultdict(lambda: {one: [] for one in Language})
    for phrasing in collect_phrasings(content):
        found[phrasing.topic.id][phrasing.language].append(phrasing.text)
    return _topics({topic: (v[Language.ZH], v[Language.EN]) for topic, v in found.items()})


def read_phrasings(folder: Path) -> tuple[TopicPhrasings, ...]:
    """Reads `customer_phrasings/*.tsv` (topic, language, text)."""
    found: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for path in sorted((folder / "customer_phrasings").glob("*.tsv")):
        for line in path.read_text("utf-8").splitlines():
            topic, language, text = line.split("\t")
            found[topic][0 if language == "zh" else 1].append(normalize(text))
    return _topics(found)


def part_phrasings(
    phrasings: Sequence[TopicPhrasings],
) -> tuple[tuple[TopicPhrasings, ...], tuple[TopicPhrasings, ...]]:
    """Whole topics for training, and about every fourth, by the hash of its name, to measure with."""
    taught: list[TopicPhrasings] = []
    kept_out: list[TopicPhrasings] = []
    for one in phrasings:
        first = hashlib.sha256(one.topic.encode()).digest()[0]
        (taught if first % _KEPT_OUT_OF else kept_out).append(one)
    return tuple(taught), tuple(kept_out)


def read_translations(folder: Path) -> tuple[tuple[str, str], ...]:
    """Reads Tatoeba's pairs: (Chinese, English)."""
    path = folder / "tatoeba_zh_en" / "cmn.txt"
    pairs = []
    for line in path.read_text("utf-8").splitlines():
        english, chinese, _ = line.split("\t")
        pairs.append((normalize(chinese), normalize(english)))
    return tuple(pairs)


def read_glossary() -> tuple[tuple[str, str], ...]:
    """Reads the project's own list of bank words: (Chinese, English)."""
    text = (Path(__file__).parent / "glossary.tsv").read_text("utf-8")
    pairs = (line.split("\t") for line in text.splitlines())
    return tuple((normalize(chinese), normalize(english)) for chinese, english in pairs)


def read_clinc150(folder: Path) -> Mapping[str, tuple[str, ...]]:
    """Reads the training lines of CLINC150 by intent, without those out of scope."""
    document = json.loads((folder / "clinc150" / "data_full.json").read_text("utf-8"))
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text, label in document["train"]:
        found[label][normalize(text)] = None
    return {label: tuple(texts) for label, texts in sorted(found.items())}


def read_unlabelled(folder: Path) -> tuple[str, ...]:
    """The training texts of Banking77 and HWU64, without their labels."""
    with (folder / "banking77" / "train.csv").open(encoding="utf-8", newline="") as file:
        texts = {normalize(row["text"]) for row in csv.DictReader(file)}
    lines = (folder / "hwu64" / "train" / "seq.in").read_text("utf-8").splitlines()
    return tuple(sorted(texts | {normalize(line) for line in lines}))


def _topics(
    found: Mapping[str, tuple[Sequence[str], Sequence[str]]],
) -> tuple[TopicPhrasings, ...]:
    return tuple(
        TopicPhrasings(topic=topic, zh=tuple(zh), en=tuple(en))
        for topic, (zh, en) in sorted(found.items())
    )
