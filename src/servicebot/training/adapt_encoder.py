"""Adapts an encoder to a bank's own logs: labelled pairs in, a folder out; can be interrupted."""

import hashlib
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import torch

from servicebot.adapters.local_models.bundled_encoder import (
    WEIGHTS_NAME,
    bundled_encoder_folder,
    load_bundled_encoder,
)
from servicebot.adapters.local_models.manifest import sha256_of, write_manifest
from servicebot.training.contrast import contrast, ranking
from servicebot.training.course import Course, Report, new_optimizer, run_course
from servicebot.training.labelled_pairs import LabelledPair, part_pairs, read_pairs
from servicebot.training.model_card import write_adapted_card
from servicebot.training.pair_head import fit_pair_head, save_pair_head
from servicebot.training.save_encoder import calibration_sample, load_student, save_encoder
from servicebot.training.student import Student
from servicebot.training.unfinished import Unfinished

BATCH: Final = 64
EPOCHS: Final = 2
_FEWEST_STEPS: Final = 100
_LAYER_RATE: Final = 8e-5
_CHARACTER_RATE: Final = 3e-4
_KEEP_EVERY: Final = 200
_CONTRAST_WEIGHT: Final = 0.5
# Fewer checked pairs teach a classifier nothing.
_LEAST_CHECKED: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptOptions:
    """What to adapt to and where to write it.

    Attributes:
        pairs: `text<TAB>text[<TAB>0/1]` of the bank's own logs.
        out: Folder of the new encoder; a run that stopped there goes on.
        base: Encoder folder that is adapted; None is the bundled one.
        steps: Batches of 64 pairs; None is two passes over the pairs, at least 100 steps.
        seed: Of everything that is drawn.
        report: Called with the step and the loss.
    """

    pairs: Path
    out: Path
    base: Path | None = None
    steps: int | None = None
    seed: int = 7
    report: Report | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdaptedEncoder:
    """What came out.

    Attributes:
        out: The folder it was written to.
        learnt: Pairs it was adapted to.
        checked: Pairs put aside, with which the classifier of pairs was fitted.
        resumed_at: Steps an earlier run had made.
        steps: Steps in all.
        seconds: How long this run took.
    """

    out: Path
    learnt: int
    checked: int
    resumed_at: int
    steps: int
    seconds: float


def adapt_encoder(options: AdaptOptions) -> AdaptedEncoder:
    """Adapts and saves, or goes on with what an earlier run left in `out`.

    Raises:
        ContentError: The pairs or the base cannot be used.
    """
    begun = perf_counter()
    learnt, checked = part_pairs(read_pairs(options.pairs))
    learnt = learnt or checked
    base = options.base or bundled_encoder_folder()
    student = load_student(base, seed=options.seed)
    course = _course(options, len(learnt))
    resumed_at = _train(student, learnt, course, options, _run_name(options, base, course))
    card = write_adapted_card(pairs=len(learnt), steps=course.steps, seed=options.seed)
    texts = calibration_sample(text for pair in learnt for text in (pair.left, pair.right))
    save_encoder(options.out, student, card=card, calibration=texts)
    if len(checked) >= _LEAST_CHECKED:
        head = fit_pair_head(load_bundled_encoder(options.out), checked, seed=options.seed)
        save_pair_head(options.out, head)
        write_manifest(options.out)
    return AdaptedEncoder(
        out=options.out,
        learnt=len(learnt),
        checked=len(checked),
        resumed_at=resumed_at,
        steps=course.steps,
        seconds=perf_counter() - begun,
    )


def planned_steps(options: AdaptOptions, pairs: int) -> int:
    """How many batches a run over so many pairs takes."""
    return options.steps or max(_FEWEST_STEPS, math.ceil(pairs * EPOCHS / BATCH))


def _course(options: AdaptOptions, pairs: int) -> Course:
    return Course(
        steps=planned_steps(options, pairs),
        layer_rate=_LAYER_RATE,
        character_rate=_CHARACTER_RATE,
        report=options.report,
    )


def _train(
    student: Student,
    pairs: Sequence[LabelledPair],
    course: Course,
    options: AdaptOptions,
    run: str,
) -> int:
    optimizer = new_optimizer(student, course)
    unfinished = Unfinished(options.out, run)
    first = unfinished.take_up(student, optimizer)

    def loss_of(step: int) -> torch.Tensor:
        torch.manual_seed(options.seed + step)  # a run that was resumed drops the same units
        return _loss(student, _batch(pairs, step, options.seed))

    def after(done: int) -> None:
        if done % _KEEP_EVERY == 0:
            unfinished.keep(student, optimizer, done)

    run_course(student, course, loss_of, optimizer=optimizer, first=first, after=after)
    unfinished.forget()
    return first


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


def _run_name(options: AdaptOptions, base: Path, course: Course) -> str:
    named = f"{sha256_of(options.pairs)} {sha256_of(base / WEIGHTS_NAME)} {options.seed}"
    return hashlib.sha256(f"{named} {course.steps}".encode()).hexdigest()
