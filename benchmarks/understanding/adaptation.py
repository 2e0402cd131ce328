"""What adapting to labelled pairs gains: before, after, and the pair classifier.

Run: `.venv/bin/python benchmarks/understanding/adaptation.py banking77 [--pairs 20000] [--data FOLDER] [--out FOLDER]`.

- `banking77`: pairs made from its labels, of which the shipped encoder has read none. Training pairs from `train.csv`,
  test pairs from `test.csv`, so no text stands in both. Half of the pairs have two texts of an intent; the
  unlike ones are among the twenty nearest by characters that have another intent.
- `customers`: the same, in Chinese, over the topics that the shipped encoder never learnt; half of their
  phrasings make the training pairs, the other half the test pairs. Few texts: some 450 in each half.
- `paws_x_zh`: its own pairs, which differ by order and names, not by what a customer wants.
"""

import argparse
import csv
import os
import random
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.evaluation.pairs import evaluate_pairs
from servicebot.training.adapt_encoder import AdaptOptions, adapt_encoder
from servicebot.training.pair_classifier import load_pair_classifier
from servicebot.training.training_texts import part_phrasings, read_phrasings

SEED = 7
NEAR = 20
TEST_PAIRS = 10_000

Line: TypeAlias = tuple[str, str, str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("SERVICEBOT_DATA", "../shared/data")
    parser.add_argument("name", choices=SETS)
    parser.add_argument("--pairs", type=int, default=20_000)
    parser.add_argument("--data", type=Path, default=Path(data))
    parser.add_argument("--out", type=Path, default=Path("var/adapted"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    train, test = chosen.out / "train.tsv", chosen.out / "test.tsv"
    for path, lines in zip(
        (train, test), SETS[chosen.name](chosen.data, chosen.pairs), strict=True
    ):
        path.write_text("".join("\t".join(line) + "\n" for line in lines), "utf-8")
    before = evaluate_pairs(test, encoder=open_encoder())
    adapted = adapt_encoder(AdaptOptions(pairs=train, out=chosen.out / "encoder"))
    after = evaluate_pairs(
        test,
        encoder=open_encoder(str(adapted.out)),
        classifier=load_pair_classifier(adapted.out),
    )
    print(f"{adapted.learnt:,} pairs learnt in {adapted.seconds:.0f} s, {after.n:,} asked")
    print("| | Spearman | AUROC | best accuracy | classifier |\n|---|---|---|---|---|")
    for name, found in (("shipped", before), ("adapted", after)):
        told = "-" if found.classifier_accuracy is None else f"{found.classifier_accuracy:.1%}"
        print(
            f"| {name} | {found.spearman:.3f} | {found.auroc:.3f} | {found.best_accuracy:.1%} | {told} |"
        )


def banking77(data: Path, pairs: int) -> tuple[list[Line], list[Line]]:
    """Pairs of the training texts and pairs of the test texts."""
    groups = [_by_intent(data / "banking77" / name) for name in ("train.csv", "test.csv")]
    return _make_pairs(groups[0], pairs), _make_pairs(groups[1], TEST_PAIRS)


def customers(data: Path, pairs: int) -> tuple[list[Line], list[Line]]:
    """Pairs of either half of the phrasings of the topics that were kept out."""
    dice = random.Random(SEED)
    halves: tuple[list[list[str]], list[list[str]]] = ([], [])
    for topic in part_phrasings(read_phrasings(data))[1]:
        mixed = sorted(set(topic.zh))
        dice.shuffle(mixed)
        halves[0].append(mixed[::2])
        halves[1].append(mixed[1::2])
    return _make_pairs(halves[0], pairs), _make_pairs(halves[1], TEST_PAIRS)


def paws_x_zh(data: Path, pairs: int) -> tuple[list[Line], list[Line]]:
    """The first training pairs of a shuffle, and its test pairs."""
    folder = data / "paws_x_zh"
    train = _read_paws(folder / "train_reconstructed.tsv", columns=slice(0, 3))
    random.Random(SEED).shuffle(train)
    return train[:pairs], _read_paws(folder / "test.tsv", columns=slice(1, 4))


SETS: dict[str, Callable[[Path, int], tuple[list[Line], list[Line]]]] = {
    "banking77": banking77,
    "customers": customers,
    "paws_x_zh": paws_x_zh,
}


def _by_intent(path: Path) -> list[list[str]]:
    groups: dict[str, list[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups.setdefault(row["category"], []).append(" ".join(row["text"].split()))
    return list(groups.values())


def _read_paws(path: Path, *, columns: slice) -> list[Line]:
    rows = [line.split("\t")[columns] for line in path.read_text("utf-8").splitlines()]
    return [(left, right, label) for left, right, label in rows if label in {"0", "1"}]


def _make_pairs(groups: Sequence[Sequence[str]], count: int) -> list[Line]:
    """As many alike as not or a few more, no pair twice; at most `count`, where there are so many."""
    dice = random.Random(SEED)
    texts = [text for group in groups for text in group]
    owners = np.array([number for number, group in enumerate(groups) for _ in group])
    vectors = TfidfVectorizer(
        analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True
    ).fit_transform(texts)
    near = []
    for place in range(len(texts)):
        products = (vectors[place] @ vectors.T).toarray()[0]
        products[owners == owners[place]] = -1.0
        near.append(np.argsort(-products, kind="stable")[:NEAR].tolist())
    lines: dict[Line, None] = {}
    for _ in range(count // 2):
        place = dice.randrange(len(texts))
        partner = dice.choice([text for text in groups[owners[place]] if text != texts[place]])
        if (texts[place], partner, "1") not in lines:
            lines[texts[place], partner, "1"] = None
            lines[texts[place], texts[dice.choice(near[place])], "0"] = None
    mixed = list(lines)
    dice.shuffle(mixed)
    return mixed


if __name__ == "__main__":
    main()
