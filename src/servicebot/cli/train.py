"""`servicebot train`: trains models; nothing here runs in a turn."""

import dataclasses
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress

from servicebot.training.train_encoder import (
    ADAPT_STEPS,
    STEPS,
    EncoderOptions,
    train_encoder,
)

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def train() -> None:
    """Train the encoder."""


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
    """Adapt the encoder to the bank's own logs, or train it anew from corpora."""
    if (pairs is None) == (corpora is None):
        raise click.UsageError("Give either --pairs or --corpora.")
    total = steps or (STEPS if corpora is not None else ADAPT_STEPS)
    with Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("training", total=total)

        def report(step: int, loss: float) -> None:
            progress.update(bar, completed=step, description=f"training, loss {loss:.3f}")

        options = EncoderOptions(
            out=out,
            pairs=pairs,
            corpora=corpora,
            base=base,
            steps=steps,
            seed=seed,
            report=report,
        )
        result = train_encoder(options)
    for name, value in dataclasses.asdict(result).items():
        click.echo(f"{name}: {value}")
