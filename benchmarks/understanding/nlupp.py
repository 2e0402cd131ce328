"""NLU++ banking, 20 folds: several intents in one message, learnt from a twentieth of the lines.

Run: `.venv/bin/python benchmarks/understanding/nlupp.py [--data FOLDER]`. Each fold is learnt and the
other nineteen are asked; printed is the mean micro F1 over the folds. One logistic regression per
intent, over our vectors beside TF-IDF, and over TF-IDF alone as the baseline.
"""

import argparse
import json
import os
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.multiclass import OneVsRestClassifier
from sklearn.preprocessing import MultiLabelBinarizer

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.understanding.normalize import normalize

VECTOR_SHARE = 3.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("SERVICEBOT_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data))
    folder = parser.parse_args().data / "nlupp_banking" / "folds"
    folds = [json.loads((folder / f"fold{n}.json").read_text("utf-8")) for n in range(20)]
    texts = [normalize(line["text"]) for fold in folds for line in fold]
    intents = [line.get("intents", []) for fold in folds for line in fold]
    numbers = np.repeat(np.arange(20), [len(fold) for fold in folds])
    labels = MultiLabelBinarizer().fit_transform(intents)
    vectors = csr_matrix(open_encoder().encode(texts) * VECTOR_SHARE)
    scores = np.array([fold_scores(texts, labels, vectors, numbers == n) for n in range(20)])
    print(f"| NLU++ banking, 20 folds, {len(texts):,} lines | TF-IDF + LR | beside our vectors |")
    print(f"|---|---|---|\n| micro F1 | {scores[:, 0].mean():.1%} | {scores[:, 1].mean():.1%} |")


def fold_scores(texts: list[str], labels: Any, vectors: Any, learnt: Any) -> tuple[float, float]:
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(1, 4), sublinear_tf=True)
    words = vectorizer.fit([t for t, known in zip(texts, learnt, strict=True) if known]).transform(
        texts
    )
    both = hstack((words, vectors)).tocsr()
    return f1(words, labels, learnt), f1(both, labels, learnt)


def f1(inputs: Any, labels: Any, learnt: Any) -> float:
    used = labels[learnt].sum(axis=0) > 0
    model = OneVsRestClassifier(LogisticRegression(C=30, max_iter=300))
    found = np.zeros_like(labels[~learnt])
    found[:, used] = model.fit(inputs[learnt], labels[learnt][:, used]).predict(inputs[~learnt])
    return float(f1_score(labels[~learnt], found, average="micro"))


if __name__ == "__main__":
    main()
