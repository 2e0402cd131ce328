"""The studio's twins on the command line: what an edit changes, tests, what was missed, going back."""

import asyncio
import getpass
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import click

from servicebot.adapters.in_git.working_copy import GitWorkingCopy
from servicebot.adapters.system_clock import SystemClock
from servicebot.app.past_reader import PastReader
from servicebot.app.seal import open_seal
from servicebot.app.stores import open_records
from servicebot.app.studio_minds import StudioMinds
from servicebot.cli.environment import settings_now
from servicebot.cli.print_json import print_json
from servicebot.content.check import check_content
from servicebot.content.load import load_content
from servicebot.dialogue.registry import FLOWS
from servicebot.domain.batch_runs import BatchRow
from servicebot.domain.content_path import is_content_path
from servicebot.domain.errors import ContentError
from servicebot.domain.file_hash import file_hash
from servicebot.ports.working_copy import Publication
from servicebot.settings import Settings
from servicebot.studio.batch_test import as_chat_hears, batch_rows, name_expected, questions_of
from servicebot.studio.draft_folder import write_draft_folder
from servicebot.studio.effect import FlipGroup, PastQuestion, flips, group_flips
from servicebot.studio.judge import Question
from servicebot.studio.tables.question_table import QuestionRow, read_question_table
from servicebot.studio.undo import undo

_MOST_TURNS = 50_000
_MOST_QUESTIONS = 10_000
_MOST_MISSES = 2_000
_SHOWN = 5
_COUNTED = ((True, False), (True,))  # expected, and as expected
T = TypeVar("T")
_file = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.option("--since", default="HEAD", show_default=True, help="The commit to compare with.")
@click.option("--questions", type=_file, help="A table of questions instead of the records.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def diff(since: str, questions: Path | None, as_json: bool) -> None:
    """Which past questions the content answers otherwise than at a commit.

    Ends with exit code 1 where there are any.
    """
    settings = settings_now()

    async def compare(minds: StudioMinds) -> tuple[FlipGroup, ...]:
        asked = await _asked(settings, questions)
        with tempfile.TemporaryDirectory(prefix="content-diff-") as name:
            before, now = Path(name) / "before", Path(name) / "now"
            await asyncio.to_thread(_write_commit, settings.content_dir, since, before)
            await asyncio.to_thread(write_draft_folder, settings.content_dir, {}, now)
            told = [Question(text=one.text, language=one.language) for one in asked]
            pairs = await minds.compare(before, now, told, lambda _: None)
        click.echo(f"{len(asked)} different questions were compared.", err=True)
        return group_flips(flips(asked, pairs))

    groups = _with_minds(settings, compare)
    if as_json:
        print_json({"groups": [_group_json(group) for group in groups]})
    for group in () if as_json else groups:
        summary = group.summary()
        click.echo(
            f"{group.was} -> {group.becomes}: {summary.questions} questions,"
            f" asked {summary.asked} times,"
            f" rated solved {summary.solved}, not solved {summary.unsolved}"
        )
        for flip in group.flips[:_SHOWN]:
            click.echo(f"    {flip.question.text}")
    click.get_current_context().exit(1 if groups else 0)


@click.command("test")
@click.argument("file", type=_file)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def test_questions(file: Path, as_json: bool) -> None:
    """Ask every question of FILE (CSV or Excel with `text` and `expected`).

    Ends with exit code 1 where a question is not answered by the topic that is expected.
    """
    settings = settings_now()
    content = load_content(settings.content_dir)
    table = read_question_table(file.name, file.read_bytes())
    rows = name_expected(as_chat_hears(table, SystemClock().now()), content)

    async def run(minds: StudioMinds) -> tuple[BatchRow, ...]:
        with tempfile.TemporaryDirectory(prefix="content-test-") as name:
            folder = Path(name) / "now"
            await asyncio.to_thread(write_draft_folder, settings.content_dir, {}, folder)
            return batch_rows(rows, await minds.judge(folder, questions_of(rows)), content)

    tested = _with_minds(settings, run)
    failed = [one for one in tested if one.passed is False]
    expected, passed = (sum(one.passed in kinds for one in tested) for kinds in _COUNTED)
    if as_json:
        print_json(
            {
                "expected": expected,
                "passed": passed,
                "rows": [
                    {
                        "row": one.number,
                        "text": one.text,
                        "expected": one.expected,
                        "answer": one.answer,
                        "probability": one.probability,
                    }
                    for one in tested
                ],
            }
        )
    else:
        for one in failed:
            click.echo(
                f"row {one.number}: {one.text}\n    expected {one.expected}, answers {one.answer}"
            )
        click.echo(f"{passed} of {expected} as expected; {len(rows)} questions.")
    click.get_current_context().exit(1 if failed else 0)


@click.command()
@click.option("--most", default=30, show_default=True, help="How many groups are shown.")
def misses(most: int) -> None:
    """Questions of the records that were missed, grouped, with suggested homes."""
    settings = settings_now()

    async def group(minds: StudioMinds) -> None:
        past = await _past(settings)
        with tempfile.TemporaryDirectory(prefix="content-misses-") as name:
            folder = Path(name) / "now"
            await asyncio.to_thread(write_draft_folder, settings.content_dir, {}, folder)
            groups = await minds.group(folder, past[1][:_MOST_MISSES])
        for one in groups[:most]:
            homes = ", ".join(f"{home.topic} {home.chance:.2f}" for home in one.homes)
            click.echo(
                f"{one.asked:4}  {one.phrase}\n      not understood {one.unanswered}, asked back in"
                f" vain {one.asked_back}, not solved {one.unsolved}, handed over {one.handed_over}"
                f"\n      {homes}"
            )
        click.echo(f"{len(groups)} groups of {len(past[1])} missed questions.", err=True)

    _with_minds(settings, group)


@click.command()
@click.argument("commit")
def rollback(commit: str) -> None:
    """Make the files of COMMIT as they were before it, in a commit of its own."""
    settings = settings_now()
    copy = GitWorkingCopy(settings.content_dir)
    made = undo(copy, commit, getpass.getuser(), SystemClock().now())
    copy.close()
    click.echo(f"Rolled back in {made[:12]}; running servers take it up by themselves.")


@click.command()
@click.option("--title", required=True, help="What it is for.")
@click.option("--approver", required=True, help="The second person who has looked at it.")
def publish(title: str, approver: str) -> None:
    """Commit what is changed in the content folder, as the studio does: only content, checked."""
    settings = settings_now()
    if approver == getpass.getuser():
        raise click.UsageError("The approver must be a second person.")
    _require_sound(settings)
    copy = GitWorkingCopy(settings.content_dir)
    before = copy.files_at("HEAD") if copy.history(1) else {}
    now = {path: copy.read(path) for path in {*before, *copy.paths()}}
    changed = {path: data for path, data in now.items() if data != before.get(path)}
    if not changed:
        click.echo("Nothing is changed.")
        return
    made = copy.publish(
        Publication(
            files=changed,
            before={path: file_hash(data) for path, data in changed.items()},
            title=title,
            editor=getpass.getuser(),
            approver=approver,
            at=SystemClock().now(),
        )
    )
    copy.close()
    click.echo(f"Published {len(changed)} files in {made[:12]}.")


def _require_sound(settings: Settings) -> None:
    content = load_content(settings.content_dir)
    if faults := check_content(content, settings.content_dir, frozenset(FLOWS)):
        raise ContentError(faults)


def _with_minds(settings: Settings, work: Callable[[StudioMinds], Awaitable[T]]) -> T:
    async def run() -> T:
        minds = StudioMinds(settings, SystemClock())
        try:
            return await work(minds)
        finally:
            await minds.close()

    return asyncio.run(run())


async def _asked(settings: Settings, file: Path | None) -> tuple[PastQuestion, ...]:
    if file is None:
        return (await _past(settings))[0][:_MOST_QUESTIONS]
    data = await asyncio.to_thread(file.read_bytes)
    rows: tuple[QuestionRow, ...] = read_question_table(file.name, data)
    return tuple(PastQuestion(text=row.text, asked=row.asked) for row in rows)


async def _past(settings: Settings) -> tuple[tuple[PastQuestion, ...], tuple[PastQuestion, ...]]:
    async with open_records(settings, open_seal(settings.store, SystemClock())) as records:
        past = await PastReader(records).newest(_MOST_TURNS)
    return past.questions, past.misses


def _write_commit(content_dir: Path, commit: str, target: Path) -> None:
    copy = GitWorkingCopy(content_dir)
    files = copy.files_at(commit)
    copy.close()
    for path, data in files.items():
        assert is_content_path(path)  # noqa: S101  of the working copy
        place = target / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)


def _group_json(group: FlipGroup) -> dict[str, object]:
    summary = group.summary()
    return {
        "was": group.was,
        "becomes": group.becomes,
        "questions": summary.questions,
        "asked": summary.asked,
        "solved": summary.solved,
        "unsolved": summary.unsolved,
        "texts": [flip.question.text for flip in group.flips],
    }
