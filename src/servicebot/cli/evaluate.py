"""`servicebot evaluate`: measures on any labelled files, and plays conversation files."""

import asyncio
import dataclasses
import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import track
from rich.table import Table

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.app.stage import open_stage
from servicebot.app.understander import build_understander
from servicebot.cli.environment import content_now, settings_now
from servicebot.cli.print_json import print_json
from servicebot.domain.understanding import Language
from servicebot.evaluation.acts import evaluate_acts
from servicebot.evaluation.context.evaluate import evaluate_context
from servicebot.evaluation.conversations.play import Played, play
from servicebot.evaluation.conversations.read_script import find_scripts, read_script
from servicebot.evaluation.conversations.script import Script
from servicebot.evaluation.few_shot import LINES_A_LABEL, evaluate_few_shot
from servicebot.evaluation.gates import SETS, evaluate_gates
from servicebot.evaluation.intents import KEPT_IN_SCOPE, evaluate_intents
from servicebot.evaluation.pairs import evaluate_pairs
from servicebot.evaluation.retrieval import evaluate_retrieval
from servicebot.telemetry.logs import set_up_logs
from servicebot.training.fit import fit_understander
from servicebot.training.pair_classifier import load_pair_classifier

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
_LANG = click.option(
    "--lang",
    "language",
    type=click.Choice([one.value for one in Language]),
    default=None,
    help="Only these lines.",
)


@click.group()
def evaluate() -> None:
    """Measure, on any labelled files, in any language."""


@evaluate.command()
@click.option("--train", "train_csv", type=_FILE, required=True)
@click.option("--test", "test_csv", type=_FILE, required=True)
@click.option("--validation", "validation_csv", type=_FILE, help="Sets the threshold.")
@click.option(
    "--keep",
    "kept_in_scope",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=KEPT_IN_SCOPE,
    show_default=True,
    help="Share of lines in scope that the threshold keeps.",
)
@_LANG
@click.option("--json", "as_json", is_flag=True)
def intents(
    train_csv: Path,
    test_csv: Path,
    validation_csv: Path | None,
    kept_in_scope: float,
    language: str | None,
    as_json: bool,
) -> None:
    """Train on one file (text, label) and ask the other; label `oos` is out of scope."""
    report = evaluate_intents(
        train_csv,
        test_csv,
        encoder=open_encoder(settings_now().understanding.encoder),
        language=_forced(language),
        validation_csv=validation_csv,
        kept_in_scope=kept_in_scope,
    )
    _report(report, as_json=as_json)


@evaluate.command("few-shot")
@click.option("--train", "train_csv", type=_FILE, required=True)
@click.option("--test", "test_csv", type=_FILE, required=True)
@click.option("--lines", "lines_a_label", type=click.IntRange(min=1), default=LINES_A_LABEL)
@click.option("--encoder", "encoder_name", default=None, help="A folder or hub name.")
@_LANG
@click.option("--json", "as_json", is_flag=True)
def few_shot(
    train_csv: Path,
    test_csv: Path,
    lines_a_label: int,
    encoder_name: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Learn a few lines of each label (8, ten draws, as MTEB does) and ask the other file."""
    report = evaluate_few_shot(
        train_csv,
        test_csv,
        encoder=open_encoder(encoder_name or settings_now().understanding.encoder),
        language=_forced(language),
        lines_a_label=lines_a_label,
    )
    _report(report, as_json=as_json)


@evaluate.command()
@click.option("--articles", type=_FILE, required=True)
@click.option("--queries", type=_FILE, required=True)
@_LANG
@click.option("--json", "as_json", is_flag=True)
def retrieval(articles: Path, queries: Path, language: str | None, as_json: bool) -> None:
    """Learn `id,text` rows and find the article of each query."""
    encoder = open_encoder(settings_now().understanding.encoder)
    _report(
        evaluate_retrieval(articles, queries, encoder=encoder, language=_forced(language)),
        as_json=as_json,
    )


@evaluate.command()
@click.option("--pairs", "pairs_tsv", type=_FILE, required=True)
@click.option("--encoder", "encoder_name", default=None, help="A folder or hub name.")
@_LANG
@click.option("--json", "as_json", is_flag=True)
def pairs(pairs_tsv: Path, encoder_name: str | None, language: str | None, as_json: bool) -> None:
    """Score `text, text, 0/1` lines by the encoder's cosine and its pair classifier, if it has one."""
    name = encoder_name or settings_now().understanding.encoder
    _report(
        evaluate_pairs(
            pairs_tsv,
            encoder=open_encoder(name),
            language=_forced(language),
            classifier=load_pair_classifier(Path(name)),
        ),
        as_json=as_json,
    )


@evaluate.command()
@click.argument(
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("tests/context"),
)
@click.option("--wrong", "show_wrong", is_flag=True, help="List every case that is not right.")
@click.option("--json", "as_json", is_flag=True)
def context(folder: Path, show_wrong: bool, as_json: bool) -> None:
    """Follow-ups, several wishes, negation and corrections: how many are understood."""
    settings = settings_now()
    content = content_now(settings)
    understander = build_understander(settings, content)
    reports = evaluate_context(folder, content=content, understander=understander)
    if as_json:
        print_json({report.name: dataclasses.asdict(report) for report in reports})
        return
    table = Table("set", "cases", "right", "rate", "within a tap", "rate of traps")
    for report in reports:
        traps = "" if report.trap_rate is None else f"{report.trap_rate:.4f}"
        rates = (f"{report.rate:.4f}", f"{report.rate_within_a_tap:.4f}")
        table.add_row(report.name, str(report.cases), str(report.right), *rates, traps)
    Console().print(table)
    for line in (line for report in reports for line in report.wrong if show_wrong):
        click.echo(line)


@evaluate.command()
@click.option("--wrong", "show_wrong", is_flag=True, help="List every line that was misheard.")
@click.option("--json", "as_json", is_flag=True)
def acts(show_wrong: bool, as_json: bool) -> None:
    """What customers do with words: how many held-out lines of each act are heard."""
    settings = settings_now()
    content = content_now(settings)
    reports = evaluate_acts(content, understander=build_understander(settings, content))
    if as_json:
        print_json({f"{one.language}.{one.name}": dataclasses.asdict(one) for one in reports})
        return
    table = Table("language", "act", "lines", "recall", "heard", "precision", "false alarms")
    for one in reports:
        rates = (f"{one.precision:.4f}", f"{one.false_alarms:.4f}")
        counts = (str(one.lines), f"{one.recall:.4f}", str(one.heard))
        table.add_row(one.language, one.name, *counts, *rates)
    Console().print(table)
    for one in reports if show_wrong else ():
        for line in one.missed:
            click.echo(f"{one.language} {one.name} missed: {line}")
        for line in one.wrong:
            click.echo(f"{one.language} {one.name} wrong: {line}")


@evaluate.command()
@click.option("--sets", type=click.IntRange(1, SETS), default=3, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def gates(sets: int, as_json: bool) -> None:
    """What is answered, asked back and refused, of what was taught and of what was not.

    So many SETS of topics are taken out in turn, each every twelfth question; minutes for each.
    """
    settings = settings_now()
    fit = partial(
        fit_understander,
        encoder=open_encoder(settings.understanding.encoder),
        cache_folder=settings.store.fitted_dir,
        wrong_answer_rate=settings.understanding.wrong_answer_rate,
        costs=settings.understanding.costs,
        tell=lambda step: click.echo(f"  {step}", err=True),
    )
    reports = evaluate_gates(content_now(settings), fit, sets=sets)
    if as_json:
        print_json({report.language.value: dataclasses.asdict(report) for report in reports})
        return
    table = Table("measure", *(report.language for report in reports))
    figures = [dataclasses.asdict(report) for report in reports]
    for name, value in figures[0].items():
        if isinstance(value, int | float):
            table.add_row(name, *(f"{one[name]:.4g}" for one in figures))
    Console().print(table)


@evaluate.command()
@click.argument(
    "place", type=click.Path(exists=True, path_type=Path), default=Path("tests/conversations")
)
@click.option("--json", "as_json", is_flag=True)
def conversations(place: Path, as_json: bool) -> None:
    """Play conversation files against the real turn and a real sandbox bank."""
    set_up_logs("ERROR")
    scripts = [read_script(file) for file in find_scripts(place)]
    played = asyncio.run(_play(scripts, quiet=as_json))
    failed = [one for one in played if not one.passed]
    if as_json:
        told = [{"name": one.script.name, "failures": list(one.failures)} for one in failed]
        print_json({"played": len(played), "passed": len(played) - len(failed), "failed": told})
    else:
        for one in failed:
            known = f" (must_fail: {one.script.must_fail})" if one.script.must_fail else ""
            click.echo(f"FAILED {one.script.name}{known}")
            for line in one.failures or ("passes now: take `must_fail` out",):
                click.echo(f"    {line}")
        click.echo(f"{len(played) - len(failed)} of {len(played)} conversations passed")
    if failed or not played:
        click.get_current_context().exit(1)


async def _play(scripts: list[Script], *, quiet: bool) -> list[Played]:
    settings = settings_now()
    content = content_now(settings)
    understander = build_understander(settings, content)
    shown: Iterable[Script] = scripts
    if not quiet:
        shown = track(scripts, "Playing", console=Console(stderr=True))
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(settings, content, understander, Path(folder)) as stage:
            return [await play(script, stage) for script in shown]


def _forced(language: str | None) -> Language | None:
    return Language(language) if language is not None else None


def _report(report: Any, *, as_json: bool) -> None:  # noqa: ANN401  any of the report dataclasses
    values = dataclasses.asdict(report)
    if as_json:
        print_json(values)
        return
    table = Table("measure", "value")
    for name, value in values.items():
        table.add_row(name, f"{value:.4f}" if isinstance(value, float) else str(value))
    Console().print(table)
