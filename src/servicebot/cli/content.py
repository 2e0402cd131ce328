"""`servicebot content`: for content staff and their CI."""

from pathlib import Path

import click

from servicebot.cli.print_json import print_json
from servicebot.content.check import check_content
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError


@click.group()
def content() -> None:
    """The bank's approved words."""


@content.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(folder: Path, as_json: bool) -> None:
    """Check every file below FOLDER: file, line, rule, what to write instead."""
    try:
        loaded = load_content(folder)
        faults = check_content(loaded, folder, frozenset(FLOWS))
    except ContentError as error:
        faults, loaded = error.faults, None
    if as_json:
        told = [
            {"path": f.path, "line": f.line, "rule": f.rule, "message": f.message} for f in faults
        ]
        print_json({"ok": not faults, "faults": told})
    else:
        for fault in faults:
            click.echo(fault.text)
        if loaded is not None and not faults:
            counted = f"{len(loaded.articles)} articles, {len(loaded.intents)} intents"
            click.echo(f"All well: {counted}, {len(loaded.replies)} replies.")
    if faults:
        click.get_current_context().exit(1)
