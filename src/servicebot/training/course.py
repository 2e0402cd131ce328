"""The training loop: a loss per step, a rate that rises and falls, news every few steps."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import torch
from torch import nn

from servicebot.training.student import Student

WARM_UP: Final = 60
_LEAST_SHARE: Final = 0.01
_LONGEST_STEP: Final = 1.0
_DECAY: Final = 0.01
_HEAD_RATE: Final = 1e-3
_REPORT_EVERY: Final = 10
_MOST_THREADS: Final = 4

Report = Callable[[int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """How long and how fast to train.

    Attributes:
        steps: Batches.
        layer_rate: Highest learning rate of the layers.
        character_rate: Highest learning rate of characters and syllables.
        report: Called every ten steps with the step and the loss, or None.
    """

    steps: int
    layer_rate: float
    character_rate: float
    report: Report | None = None


def new_optimizer(
    student: Student, course: Course, *, head: nn.Module | None = None
) -> torch.optim.AdamW:
    """AdamW with the two rates of the course, and a third for a head that begins at nothing."""
    groups = [
        {"params": [student.characters, student.syllables], "lr": course.character_rate},
        {"params": list(student.layers.parameters()), "lr": course.layer_rate},
    ]
    if head is not None:
        groups.append({"params": list(head.parameters()), "lr": _HEAD_RATE})
    return torch.optim.AdamW(groups, weight_decay=_DECAY)


def run_course(
    model: nn.Module,
    course: Course,
    loss_of: Callable[[int], torch.Tensor],
    *,
    optimizer: torch.optim.AdamW,
    first: int = 0,
    after: Callable[[int], None] | None = None,
) -> None:
    """Trains in place, from step `first` on.

    Args:
        model: What is trained.
        course: How.
        loss_of: The loss of a step, called once for each in order.
        optimizer: From `new_optimizer`; its rates are the highest of the run.
        first: The first step that is still to be made.
        after: Called when a step is done, with the number of steps made.
    """
    torch.set_num_threads(training_threads())
    rates = [group["lr"] for group in optimizer.param_groups]
    model.train()
    for step in range(first, course.steps):
        for group, rate in zip(optimizer.param_groups, rates, strict=True):
            group["lr"] = rate * _share(step, course.steps)
        loss = loss_of(step)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch leaves it unannotated
        torch.nn.utils.clip_grad_norm_(model.parameters(), _LONGEST_STEP)
        optimizer.step()
        if course.report and (step % _REPORT_EVERY == 0 or step + 1 == course.steps):
            course.report(step + 1, float(loss.detach()))
        if after:
            after(step + 1)
    model.eval()


def training_threads() -> int:
    """As many as there are cores, at most four: more were never tried."""
    return min(_MOST_THREADS, os.cpu_count() or 1)


def _share(step: int, steps: int) -> float:
    """Up within the first steps, then down to almost nothing in a straight line."""
    warm_up = min(WARM_UP, steps // 5 + 1)
    return min(1.0, (step + 1) / warm_up) * (1 - step / steps) + _LEAST_SHARE
