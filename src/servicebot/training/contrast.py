"""The training loop: partners of a batch are drawn together, everybody else apart."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Final

import torch

from servicebot.training.batches import Batch, Draw
from servicebot.training.piece_table import PieceTable

# Measured on the development topics, see benchmarks/understanding/EXPERIMENTS.md.
_TEMPERATURE: Final = 0.05
_DROPPED: Final = 0.1
_TEACHER_WEIGHT: Final = 5.0
_START_SUM: Final = 0.01
_LEAST_RATE: Final = 1e-4
THREADS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long and how fast to train.

    Attributes:
        steps: Batches.
        learning_rate: At the first step; falls to almost nothing in a straight line.
        seed: Of everything that is drawn.
        report: Called every 100 steps with the step and the loss, or None.
    """

    steps: int
    learning_rate: float
    seed: int
    report: Callable[[int, float], None] | None = None


_REPORT_EVERY: Final = 100


def train_table(table: PieceTable, draw: Draw, course: Course) -> None:
    """Trains the rows of `table` in place."""
    torch.set_num_threads(THREADS)
    dice = random.Random(course.seed)  # noqa: S311 - reproducible draws, no secret
    optimizer = torch.optim.Adagrad(
        [table.rows], lr=course.learning_rate, initial_accumulator_value=_START_SUM
    )
    for step in range(course.steps):
        left = 1 - step / course.steps
        optimizer.param_groups[0]["lr"] = course.learning_rate * left + _LEAST_RATE
        loss = _loss(table, draw(dice))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
        with _unchecked():
            optimizer.step()
        if course.report and (step % _REPORT_EVERY == 0 or step + 1 == course.steps):
            course.report(step + 1, float(loss.detach()))


def _unchecked() -> AbstractContextManager[None]:
    """Says that sparse gradients need no check, which torch would otherwise warn about."""
    return torch.sparse.check_sparse_tensor_invariants(enable=False)  # type: ignore[no-untyped-call] # torch leaves it unannotated


def _loss(table: PieceTable, batch: Batch) -> torch.Tensor:
    """InfoNCE both ways; towards a teacher's vectors also the plain distance."""
    left = table.encode(batch.left, dropped=_DROPPED)
    if batch.vectors is None:
        return _contrast(left, table.encode(batch.right, dropped=_DROPPED))
    distance = (1 - (left * batch.vectors).sum(dim=1)).mean()
    return _contrast(left, batch.vectors) + _TEACHER_WEIGHT * distance


def _contrast(left: torch.Tensor, right: torch.Tensor) -> torch.Tensor:
    products = left @ right.T / _TEMPERATURE
    places = torch.arange(len(products))
    forth = torch.nn.functional.cross_entropy(products, places)
    return forth + torch.nn.functional.cross_entropy(products.T, places)
