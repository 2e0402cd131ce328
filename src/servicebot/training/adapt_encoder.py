"""Adapts an encoder to a bank's own logs: labelled pairs in, a folder out; can be interrupted."""

import hashlib
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from scipy.stats import spearmanr
from torch.nn.functional import binary_cross_entropy_with_logits

from servicebot.adapters.local_models.bundled_encoder import (
    WEIGHTS_NAME,
    bundled_encoder_folder,
    load_bundled_encoder,
)
from servicebot.adapters.local_models.manifest import sha256_of, write_manifest
from servicebot.training.contrast import contrast, ranking
from servicebot.training.course import Course, new_optimizer
from servicebot.training.labelled_pairs import LabelledPair, part_pairs, read_pairs
from servicebot.training.model_card import write_adapted_card
from servicebot.training.pair_classifier import (
    CLASSIFIER_NAME,
    PairClassifier,
    save_pair_classifier,
)
from servicebot.training.save_encoder import calibration_sample, load_student, save_encoder
from servicebot.training.stage import Stage, StageReport, open_stage, train_stage
from servicebot.training.student import Student

BATCH: Final = 64
# Worth a point or two more than one and a half, see benchmarks/understanding/EXPERIMENTS.md.
_PASSES: Final = 2
_FEWEST_STEPS: Final = 100
_LAYER_RATE: Final = 8e-5
_CHARACTER_RATE: Final = 3e-4
_CONTRAST_WEIGHT: Final = 0.5
# Fewer of either kind teach a classifier nothing, and fewer put aside say nothing.
_LEAST_OF_A_KIND: Final = 50
_EVEN: Final = 0.5
STAGES: Final = ("adapting", "classifying")


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptOptions:
    """What to adapt to and where to write it.

    Attributes:
        pairs: `text<TAB>text[<TAB>0/1]` of the bank's own logs.
        out: Folder of the new encoder; a run that stopped there goes on.
        base: Encoder folder that is adapted; None is the bundled one.
        steps: Batches of 64 pairs for each stage; None is two passes over the pairs, at least 100
            steps.
        seed: Of everything that is drawn.
        report: Called with the stage, the step and the loss.
    """

    pairs: Path
    out: Path
    base: Path | None = None
    steps: int | None = None
    seed: int = 7
    report: StageReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedEncoder:
    """What came out.

    Attributes:
        out: The folder it was written to.
        learnt: Pairs it was adapted to.
        checked: Pairs put aside, which the figures below are about.
        resumed_at: Steps an earlier run had made, of both stages.
        steps: Steps of each stage.
        seconds: How long this run took.
        spearman_before: Of the base's cosines with the labels; None where too few were put aside.
        spearman_after: The same of the new encoder.
        classifier_accuracy: Share of pairs put aside that the pair classifier tells right; None where
            the pairs were too few to train one, or to check it.
    """

    out: Path
    learnt: int
    checked: int
    resumed_at: int
    steps: int
    seconds: float
    spearman_before: float | None
    spearman_after: float | None
    classifier_accuracy: float | None


def adapt_encoder(options: AdaptOptions) -> AdaptedEncoder:
    """Adapts and saves, or goes on with what an earlier run left in `out`.

    The encoder comes first; the pair classifier starts from it.

    Raises:
        ContentError: The pairs or the base cannot be used.
    """
    begun = perf_counter()
    learnt, checked = part_pairs(read_pairs(options.pairs))
    learnt = learnt or checked
    base = options.base or bundled_encoder_folder()
    student = load_student(base, seed=options.seed)
    steps = planned_steps(options, len(learnt))
    stages = [_stage(options, name, base, steps) for name in STAGES]
    resumed_at = _adapt(student, learnt, stages[0])
    card = write_adapted_card(pairs=len(learnt), steps=steps, seed=options.seed)
    texts = calibration_sample(text for pair in learnt for text in (pair.left, pair.right))
    save_encoder(options.out, student, card=card, calibration=texts)
    classifier = None
    (options.out / CLASSIFIER_NAME).unlink(missing_ok=True)  # of other pairs, adapted to before
    if _both_kinds(learnt):
        torch.manual_seed(options.seed)
        classifier = PairClassifier(student)
        resumed_at += _classify(classifier, learnt, stages[1])
        save_pair_classifier(options.out, classifier)
    for stage in stages:
        stage.unfinished.forget()
    write_manifest(options.out)
    before, after = (_spearman(folder, checked) for folder in (base, options.out))
    return AdaptedEncoder(
        out=options.out,
        learnt=len(learnt),
        checked=len(checked),
        resumed_at=resumed_at,
        steps=steps,
        seconds=perf_counter() - begun,
        spearman_before=before,
        spearman_after=after,
        classifier_accuracy=_accuracy(classifier, checked),
    )


def planned_steps(options: AdaptOptions, pairs: int) -> int:
    """How many batches each stage of a run over so many pairs takes."""
    if options.steps:
        return options.steps
    return max(_FEWEST_STEPS, math.ceil(pairs * _PASSES / BATCH))


def _stage(options: AdaptOptions, name: str, base: Path, steps: int) -> Stage:
    named = f"{sha256_of(options.pairs)} {sha256_of(base / WEIGHTS_NAME)} {options.seed} {steps}"
    return open_stage(
        name,
        out=options.out,
        run=hashlib.sha256(f"{named} {name}".encode()).hexdigest(),
        seed=options.seed,
        course=Course(steps=steps, layer_rate=_LAYER_RATE, character_rate=_CHARACTER_RATE),
        report=options.report,
    )


def _adapt(student: Student, pairs: Sequence[LabelledPair], stage: Stage) -> int:
    def loss_of(step: int) -> torch.Tensor:
        return _loss(student, _batch(pairs, step, stage.seed))

    return train_stage(student, stage, loss_of, new_optimizer(student, stage.course))


def _classify(classifier: PairClassifier, pairs: Sequence[LabelledPair], stage: Stage) -> int:
    def loss_of(step: int) -> torch.Tensor:
        batch = _batch(pairs, step, stage.seed)
        half = len(batch) // 2  # in the order of the file, and turned round
        sides = [(pair.left, pair.right) for pair in batch[:half]]
        sides += [(pair.right, pair.left) for pair in batch[half:]]
        left, right = zip(*sides, strict=True)
        targets = torch.tensor([float(pair.alike) for pair in batch])
        return binary_cross_entropy_with_logits(classifier(left, right), targets)

    optimizer = new_optimizer(classifier.student, stage.course, head=classifier.head)
    return train_stage(classifier, stage, loss_of, optimizer)


def _batch(pairs: Sequence[LabelledPair], step: int, seed: int) -> list[LabelledPair]:
    """The pairs of a step: every pass has an order of its own, known from its number alone."""
    size = min(BATCH, len(pairs))
    per_pass = len(pairs) // size
    order = list(range(len(pairs)))
    random.Random(f"{seed}/{step // per_pass}").shuffle(order)  # noqa: S311 - reproducible draws
    begin = step % per_pass * size
    return [pairs[place] for place in order[begin : begin + size]]


def _loss(student: Student, batch: Sequence[LabelledPair]) -> torch.Tensor:
    """Alike before unlike, and alike ones apart from everybody else's partners."""
    vectors = student([*(pair.left for pair in batch), *(pair.right for pair in batch)])
    left, right = vectors[: len(batch)], vectors[len(batch) :]
    alike = torch.tensor([pair.alike for pair in batch])
    loss = ranking(left, right, alike)
    if int(alike.sum()) > 1:
        topics = _numbered([pair for pair in batch if pair.alike])
        loss = loss + _CONTRAST_WEIGHT * contrast(left[alike], right[alike], topics)
    return loss


def _numbered(pairs: Sequence[LabelledPair]) -> torch.Tensor:
    """Pairs that share a text share a number, so that they do not push each other apart."""
    numbers: dict[str, int] = {}
    found = []
    for place, pair in enumerate(pairs):
        number = numbers.get(pair.left, numbers.get(pair.right, place))
        numbers[pair.left] = numbers[pair.right] = number
        found.append(number)
    return torch.tensor(found)


def _both_kinds(pairs: Sequence[LabelledPair]) -> bool:
    alike = sum(pair.alike for pair in pairs)
    return min(alike, len(pairs) - alike) >= _LEAST_OF_A_KIND


def _spearman(folder: Path, pairs: Sequence[LabelledPair]) -> float | None:
    if not _both_kinds(pairs):
        return None
    encoder = load_bundled_encoder(folder)
    left = encoder.encode([pair.left for pair in pairs])
    right = encoder.encode([pair.right for pair in pairs])
    return float(spearmanr((left * right).sum(axis=1), [pair.alike for pair in pairs]).statistic)


def _accuracy(classifier: PairClassifier | None, pairs: Sequence[LabelledPair]) -> float | None:
    if classifier is None or not _both_kinds(pairs):
        return None
    chances = classifier.chances([one.left for one in pairs], [one.right for one in pairs])
    return float(((chances >= _EVEN) == np.array([one.alike for one in pairs])).mean())
