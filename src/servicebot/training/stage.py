"""One stage of a training: it can be interrupted, and then goes on to the same weights."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import torch
from torch import nn

from servicebot.training.course import Course, Report, run_course
from servicebot.training.unfinished import Unfinished

KEEP_EVERY: Final = 200

StageReport = Callable[[str, int, float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Its course, the file that keeps it, and the seed of its draws."""

    course: Course
    unfinished: Unfinished
    seed: int


def open_stage(
    name: str,
    *,
    out: Path,
    run: str,
    seed: int,
    course: Course,
    report: StageReport | None,
) -> Stage:
    """A stage that is kept in the folder `out`.

    Args:
        name: Of the stage; shown, and part of the file's name.
        out: The folder of the new encoder.
        run: Names everything the training depends on.
        seed: Of everything that is drawn.
        course: How long and how fast.
        report: Called with the name, the step and the loss.
    """
    told: Report | None = None
    if report is not None:

        def told(step: int, loss: float) -> None:
            report(name, step, loss)

    unfinished = Unfinished(out / f"unfinished_{name}.safetensors", run)
    return Stage(course=replace(course, report=told), unfinished=unfinished, seed=seed)


def train_stage(
    model: nn.Module,
    stage: Stage,
    loss_of: Callable[[int], torch.Tensor],
    optimizer: torch.optim.AdamW,
) -> int:
    """Trains in place; returns the step at which an earlier run had stopped."""
    first = stage.unfinished.take_up(model, optimizer)

    def loss_of_step(step: int) -> torch.Tensor:
        torch.manual_seed(stage.seed + step)  # a run that was resumed drops the same units
        return loss_of(step)

    def after(done: int) -> None:
        if done % KEEP_EVERY == 0 or done == stage.course.steps:
            stage.unfinished.keep(model, optimizer, done)

    run_course(model, stage.course, loss_of_step, optimizer=optimizer, first=first, after=after)
    return first
