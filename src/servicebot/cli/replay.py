"""`servicebot records replay`: whether recorded turns are decided the same today."""

import asyncio
from dataclasses import asdict

import click

from servicebot.app.replay import replay_records
from servicebot.app.understander import build_understander
from servicebot.cli.environment import content_now, settings_now
from servicebot.cli.print_json import print_json
from servicebot.turns.replay import Difference
from servicebot.turns.replay_many import Tally


def replay_now(conversation: str, last: int | None, *, as_json: bool) -> int:
    """Replays and tells; the exit code."""
    settings = settings_now()
    content = content_now(settings)
    mind = (content, build_understander(settings, content))
    found: list[Difference] = []
    tell = found.append if as_json else _tell
    tally = asyncio.run(replay_records(settings, mind, tell, conversation=conversation, last=last))
    if as_json:
        print_json({**asdict(tally), "differences": [asdict(one) for one in found]})
    else:
        _tell_tally(tally)
    return 1 if tally.differing else 0


def _tell(one: Difference) -> None:
    click.echo(f"{one.turn_id}: {one.what}\n  then: {one.then}\n  now:  {one.now}")


def _tell_tally(tally: Tally) -> None:
    left = tally.older_edition + tally.given_up + tally.unreadable
    click.echo(
        f"{tally.decided_again} turns were decided again:"
        f" {tally.same_version} of this content and model, {tally.differing} came out differently;"
        f" {tally.other_version} of others, {tally.differing_other_version} came out differently."
    )
    if left:
        click.echo(
            f"{left} could not be: {tally.older_edition} of an older edition,"
            f" {tally.given_up} given up, {tally.unreadable} unreadable."
        )
