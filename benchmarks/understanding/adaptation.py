"""What adapting to labelled pairs gains, on pairs that were made from the customer phrasings.

Run: `.venv/bin/python benchmarks/understanding/adaptation.py [--data FOLDER] [--out FOLDER]`. Of the topics that
the shipped encoder never learnt, half of the phrasings make the training pairs, the other half the
test pairs, so no text stands in both. A pair that means the same has two phrasings of a topic; for
each there is one that does not, with a phrasing of another topic that is among the ten nearest by
characters.
"""

import argparse
import os
import random
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.evaluation.pairs import evaluate_pairs
from servicebot.training.adapt_encoder import AdaptOptions, adapt_encoder
from servicebot.training.pair_classifier import load_pair_classifier
from servicebot.training.training_texts import TopicPhrasings, part_phrasings, read_phrasings

SEED = 7
PAIRS_PER_TOPIC = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("SERVICEBOT_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data))
    parser.add_argument("--out", type=Path, default=Path("var/adapted"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    train, test = chosen.out / "train.tsv", chosen.out / "test.tsv"
    halves = part_texts(part_phrasings(read_phrasings(chosen.data))[1])
    for path, half in zip((train, test), halves, strict=True):
        path.write_text("\n".join(make_pairs(half)) + "\n", "utf-8")
    adapted = adapt_encoder(AdaptOptions(pairs=train, out=chosen.out / "encoder"))
    before = evaluate_pairs(test, encoder=open_encoder())
    after = evaluate_pairs(
        test, encoder=open_encoder(str(adapted.out)), classifier=load_pair_classifier(adapted.out)
    )
    print(f"{adapted.learnt:,} pairs learnt in {adapted.seconds:.0f} s, {after.n:,} asked")
    print("| | Spearman | AUROC | best accuracy | classifier |\n|---|---|---|---|---|")
    for name, found in (("shipped", before), ("adapted", after)):
        told = "-" if found.classifier_accuracy is None else f"{found.classifier_accuracy:.1%}"
        print(
            f"| {name} | {found.spearman:.3f} | {found.auroc:.3f} | {found.best_accuracy:.1%} | {told} |"
        )


def part_texts(topics: Sequence[TopicPhrasings]) -> tuple[list[list[str]], list[list[str]]]:
    """The Chinese phrasings of each topic, parted into two halves by chance."""
    halves: tuple[list[list[str]], list[list[str]]] = ([], [])
    dice = random.Random(SEED)
    for topic in topics:
        mixed = sorted(set(topic.zh))
        dice.shuffle(mixed)
        halves[0].append(mixed[::2])
        halves[1].append(mixed[1::2])
    return halves


def make_pairs(groups: Sequence[Sequence[str]]) -> list[str]:
    """Lines of `text, text, 1 or 0`, as many of the one as of the other."""
    dice = random.Random(SEED)
    texts = [text for group in groups for text in group]
    owners = np.array([number for number, group in enumerate(groups) for _ in group])
    vectors = TfidfVectorizer(analyzer="char", ngram_range=(1, 2)).fit_transform(texts)
    products = (vectors @ vectors.T).toarray()
    lines = []
    for group in groups:
        pairs = list(combinations(group, 2))
        for left, right in dice.sample(pairs, min(PAIRS_PER_TOPIC, len(pairs))):
            place = texts.index(left)
            others = [n for n in np.argsort(-products[place])[:60] if owners[n] != owners[place]]
            lines.append(f"{left}\t{right}\t1")
            lines.append(f"{left}\t{texts[dice.choice(others[:10])]}\t0")
    return lines


if __name__ == "__main__":
    main()
