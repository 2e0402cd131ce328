"""`servicebot content`: for content staff and their CI."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from servicebot.adapters.system_clock import SystemClock
from servicebot.cli.content_studio import diff, misses, publish, rollback, test_questions
from servicebot.cli.content_tables import export_tables, import_tables
from servicebot.cli.environment import language_now
from servicebot.cli.print_faults import faults_as_json, print_faults, print_warnings
from servicebot.cli.print_json import print_json
from servicebot.content.check import advise_content, check_content
from servicebot.content.complaint import say
from servicebot.content.content import Content
from servicebot.content.content_files import ContentFiles, read_folder
from servicebot.content.load import load_content
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.understanding import Language


@click.group()
def content() -> None:
    """The bank's approved words."""


for twin in (diff, test_questions, misses, publish, rollback, export_tables, import_tables):
    content.add_command(twin)


@content.command()
@click.argument(
    "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default="."
)
@click.option(
    "--language",
    type=click.Choice([one.value for one in Language]),
    help="Of what is told; that of the environment where it is not given.",
)
@click.option("--warnings", "with_warnings", is_flag=True, help="Show each warning.")
@click.option(
    "--deep",
    is_flag=True,
    help="Also name phrases nearer to another topic than to their own: a minute.",
)
@click.option(
    "--twins",
    "with_twins",
    is_flag=True,
    help="Also name articles that win each other's held-out lines. Fits the content: minutes.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def check(
    folder: Path,
    language: str | None,
    with_warnings: bool,
    deep: bool,
    with_twins: bool,
    as_json: bool,
) -> None:
    """Check every file below FOLDER: file, line, rule, what to write instead.

    What must be mended ends with exit code 1. Warnings and twins are advice and change no exit code;
    while there are faults they are not looked for.
    """
    reader = Language(language) if language else language_now()
    files = read_folder(folder)
    loaded, faults = _checked(files)
    if loaded is None:
        _tell_faults(faults, reader, as_json=as_json)
        click.get_current_context().exit(1)
    warnings = _advice(loaded, files, deep=deep)
    if as_json:
        told = {"ok": True, "faults": [], "warnings": faults_as_json(warnings, reader)}
        print_json(told | _twins_as_json(loaded, files) if with_twins else told)
        return
    counts = {"articles": len(loaded.articles), "intents": len(loaded.intents)}
    click.echo(say("all_well", reader, **counts, replies=len(loaded.replies)))
    print_warnings(warnings, reader, each=with_warnings)
    if with_twins:
        _print_twins(loaded, files, reader)


def _checked(files: ContentFiles) -> tuple[Content | None, tuple[ContentFault, ...]]:
    """The content where it has no fault, else the faults."""
    try:
        loaded = load_content(files)
    except ContentError as error:
        return None, error.faults
    faults = check_content(loaded, files, frozenset(FLOWS))
    return (None, faults) if faults else (loaded, ())


def _advice(loaded: Content, files: ContentFiles, *, deep: bool) -> tuple[ContentFault, ...]:
    """The warnings, with the slower ones where they are wanted."""
    today = SystemClock().now().astimezone(BANK_ZONE).date()
    found = advise_content(loaded, files, today)
    if not deep:
        return found
    from servicebot.cli.slow_checks import strays  # noqa: PLC0415  a second of imports

    return (*found, *strays(loaded, files))


def _tell_faults(faults: Sequence[ContentFault], reader: Language, *, as_json: bool) -> None:
    if as_json:
        print_json({"ok": False, "faults": faults_as_json(faults, reader)})
    else:
        print_faults(faults, reader)


def _print_twins(loaded: Content, files: ContentFiles, reader: Language) -> None:
    from servicebot.cli.print_twins import print_twins  # noqa: PLC0415
    from servicebot.cli.slow_checks import families  # noqa: PLC0415

    print_twins(families(loaded), loaded, files, reader)


def _twins_as_json(loaded: Content, files: ContentFiles) -> dict[str, Any]:
    from servicebot.cli.print_twins import twins_as_json  # noqa: PLC0415
    from servicebot.cli.slow_checks import families  # noqa: PLC0415

    return {"twins": twins_as_json(families(loaded), loaded, files)}
