"""`servicebot content`: for content staff and their CI."""

from collections.abc import Sequence
from pathlib import Path

import click

from servicebot.app.understander import build_understander
from servicebot.cli.environment import settings_now
from servicebot.cli.print_json import print_json
from servicebot.cli.print_twins import print_twins, twins_as_json
from servicebot.content.check import check_content
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.evaluation.twins import Family, find_families


@click.group()
def content() -> None:
    """The bank's approved words."""


@content.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option(
    "--twins",
    "with_twins",
    is_flag=True,
    help="Also name articles that win each other's held-out lines. Fits the content: minutes.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(folder: Path, with_twins: bool, as_json: bool) -> None:
    """Check every file below FOLDER: file, line, rule, what to write instead.

    Twins are advice and change no exit code; while there are faults they are not looked for.
    """
    loaded, faults = _checked(folder)
    if loaded is None:
        _tell_faults(faults, as_json=as_json)
        click.get_current_context().exit(1)
    families = _families(loaded) if with_twins else None
    if as_json:
        twins = {} if families is None else {"twins": twins_as_json(families, loaded, folder)}
        print_json({"ok": True, "faults": []} | twins)
        return
    counted = f"{len(loaded.articles)} articles, {len(loaded.intents)} intents"
    click.echo(f"All well: {counted}, {len(loaded.replies)} replies.")
    if families is not None:
        print_twins(families, loaded, folder)


def _checked(folder: Path) -> tuple[Content | None, tuple[ContentFault, ...]]:
    """The content where it has no fault, else the faults."""
    try:
        loaded = load_content(folder)
    except ContentError as error:
        return None, error.faults
    faults = check_content(loaded, folder, frozenset(FLOWS))
    return (None, faults) if faults else (loaded, ())


def _tell_faults(faults: Sequence[ContentFault], *, as_json: bool) -> None:
    if as_json:
        told = [
            {"path": f.path, "line": f.line, "rule": f.rule, "message": f.message} for f in faults
        ]
        print_json({"ok": False, "faults": told})
        return
    for fault in faults:
        click.echo(fault.text)


def _families(loaded: Content) -> tuple[Family, ...]:
    return find_families(loaded, build_understander(settings_now(), loaded).understand)
