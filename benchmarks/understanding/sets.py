"""The public sets as lines of (text, label), read from the folder of licensed data."""

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from servicebot.training.training_texts import part_phrasings, read_phrasings

Lines = list[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelledSet:
    """A set with its training and its test lines; the label `oos` is out of scope.

    Validation lines set the threshold, where a set has some.
    """

    name: str
    train: Lines
    test: Lines
    validation: Lines | None = None


def read_sets(data: Path) -> list[LabelledSet]:
    """Every labelled set of the table, full and with ten lines per intent."""
    banking_test = _csv(data / "banking77" / "test.csv")
    hwu_train, hwu_test = _parts(data / "hwu64" / "train"), _parts(data / "hwu64" / "test")
    ten = _parts(data / "banking77" / "train_10shot")
    banking = _csv(data / "banking77" / "train.csv")
    return [
        LabelledSet(name="Banking77", train=banking, test=banking_test),
        LabelledSet(name="Banking77, 10 per intent", train=ten, test=banking_test),
        LabelledSet(name="HWU64, 10 per intent", train=first_ten(hwu_train), test=hwu_test),
        _clinc150(data),
        _customers(data),
    ]


def first_ten(lines: Lines) -> Lines:
    """The first ten lines of every label."""
    found: dict[str, Lines] = defaultdict(list)
    for text, label in lines:
        if len(found[label]) < 10:
            found[label].append((text, label))
    return [line for lines in found.values() for line in lines]


def _csv(path: Path) -> Lines:
    with path.open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["category"]) for row in csv.DictReader(file)]


def _parts(folder: Path) -> Lines:
    texts = (folder / "seq.in").read_text("utf-8").splitlines()
    return list(zip(texts, (folder / "label").read_text("utf-8").splitlines(), strict=True))


def _clinc150(data: Path) -> LabelledSet:
    document = json.loads((data / "clinc150" / "data_full.json").read_text("utf-8"))
    train = [(text, label) for text, label in document["train"]]
    test = [(text, label) for text, label in (*document["test"], *document["oos_test"])]
    validation = [(text, label) for text, label in document["val"]]
    name = "CLINC150 with out-of-scope test lines"
    return LabelledSet(name=name, train=train, test=test, validation=validation)


def _customers(data: Path) -> LabelledSet:
    """Six phrasings of each topic known; the others asked of topics the encoder never learnt."""
    topics = read_phrasings(data)
    kept_out = {topic.topic for topic in part_phrasings(topics)[1]}
    mixed = {topic.topic: sorted(topic.zh, key=_mixed) for topic in topics}
    return LabelledSet(
        name="customer phrasings (zh), 6 per topic",
        train=[(text, topic) for topic, texts in mixed.items() for text in texts[:6]],
        test=[(text, topic) for topic in sorted(kept_out) for text in mixed[topic][6:]],
    )


def _mixed(text: str) -> str:
    """An order that says nothing about who wrote a line."""
    return text[::-1]
