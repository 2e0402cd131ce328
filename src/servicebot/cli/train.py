"""`servicebot train`: trains models; nothing here runs in a turn."""

import dataclasses
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import Progress, TaskID

from servicebot.cli.environment import content_now, settings_now
from servicebot.training.adapt_encoder import STAGES, AdaptOptions, adapt_encoder, planned_steps
from servicebot.training.labelled_pairs import part_pairs, read_pairs
from servicebot.training.lure_lines import hands_of, lure_lines_folder
from servicebot.training.stage import StageReport
from servicebot.training.train_encoder import (
    READING_STEPS,
    SETTLING_STEPS,
    TOPIC_STEPS,
    EncoderOptions,
    train_encoder,
)
from servicebot.training.train_lures import (
    STAGE,
    THRESHOLD,
    LureOptions,
    planned_lure_steps,
    train_lures,
)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def train() -> None:
    """Train the encoder, or the reader of lures."""


@train.command()
@click.option("--pairs", type=_FILE, default=None, help="`text<TAB>text[<TAB>0/1]` of your logs.")
@click.option("--corpora", type=_FOLDER, default=None, help="Licensed corpora, to start anew.")
@click.option("--base", type=_FOLDER, default=None, help="The encoder to adapt; the bundled one.")
@click.option("--out", type=_FOLDER, required=True, help="Where the new encoder goes.")
@click.option("--steps", type=click.IntRange(1), default=None)
@click.option("--seed", default=7, show_default=True)
def encoder(
    pairs: Path | None,
    corpora: Path | None,
    base: Path | None,
    out: Path,
    steps: int | None,
    seed: int,
) -> None:
    """Adapt the encoder to the bank's own logs, or train it anew from content and corpora.

    Either can be interrupted: the same command goes on where it stopped.
    """
    if (pairs is None) == (corpora is None):
        raise click.UsageError("Give either --pairs or --corpora.")
    if pairs is not None:
        _tell(_adapt(AdaptOptions(pairs=pairs, base=base, out=out, steps=steps, seed=seed)))
    elif corpora is not None:
        _tell(_anew(corpora, out, steps or TOPIC_STEPS, seed))


@train.command()
@click.option("--lines", type=_FOLDER, default=None, help="A folder for each hand; the shipped.")
@click.option("--out", type=_FOLDER, required=True, help="Where the new reader goes.")
@click.option("--base", type=_FOLDER, default=None, help="A reader that goes on learning.")
@click.option("--passes", type=click.IntRange(1), default=5, show_default=True)
@click.option("--without", default="", help="A hand that is kept out, to measure with.")
@click.option("--threshold", default=THRESHOLD, show_default=True, help="Log odds of a lure.")
@click.option("--seed", default=7, show_default=True)
def lures(  # noqa: PLR0913, PLR0917 - one for each option
    lines: Path | None,
    out: Path,
    base: Path | None,
    passes: int,
    without: str,
    threshold: float,
    seed: int,
) -> None:
    """Train the reader of lures: what leads customers out of the bank or asks for secrets."""
    folder = lines or lure_lines_folder()
    if not hands_of(folder) or (without and without not in hands_of(folder)):
        raise click.UsageError(f"{folder} has no such hand: it needs folders with hostile.txt.")
    if not math.isfinite(threshold):
        raise click.UsageError("--threshold must be a finite number.")
    options = LureOptions(
        lines=folder,
        out=out,
        base=base,
        passes=passes,
        without=without,
        threshold=threshold,
        seed=seed,
    )
    with Progress(console=Console(stderr=True)) as progress:
        report = _bars(progress, {STAGE: planned_lure_steps(options)})
        _tell(train_lures(dataclasses.replace(options, report=report)))


def _adapt(options: AdaptOptions) -> Any:  # noqa: ANN401 - a report dataclass
    learnt, checked = part_pairs(read_pairs(options.pairs))
    total = planned_steps(options, len(learnt or checked))
    with Progress(console=Console(stderr=True)) as progress:
        report = _bars(progress, dict.fromkeys(STAGES, total))
        return adapt_encoder(dataclasses.replace(options, report=report))


def _anew(corpora: Path, out: Path, steps: int, seed: int) -> Any:  # noqa: ANN401 - a report dataclass
    with Progress(console=Console(stderr=True)) as progress:
        totals = {"reading": READING_STEPS, "topics": steps, "settling": SETTLING_STEPS}
        report = _bars(progress, totals)
        content = content_now(settings_now())
        return train_encoder(
            EncoderOptions(
                out=out,
                corpora=corpora,
                content=content,
                topic_steps=steps,
                seed=seed,
                report=report,
            )
        )


def _bars(progress: Progress, totals: Mapping[str, int]) -> StageReport:
    """A bar for each stage, shown when it begins."""
    bars: dict[str, TaskID] = {}

    def report(stage: str, done: int, loss: float) -> None:
        if stage not in bars:
            bars[stage] = progress.add_task(stage, total=totals.get(stage))
        shown = f"{stage}, loss {loss:.3f}" if loss else stage
        progress.update(bars[stage], completed=done, description=shown)

    return report


def _tell(result: Any) -> None:  # noqa: ANN401 - a report dataclass
    for name, value in dataclasses.asdict(result).items():
        click.echo(f"{name}: {value}")
