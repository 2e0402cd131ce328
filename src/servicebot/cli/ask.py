"""`servicebot ask` and `servicebot explain`: one question, its answer, and why."""

from typing import Any

import click
from rich.console import Console
from rich.table import Table

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.understander import build_understander
from servicebot.cli.environment import content_now, settings_now
from servicebot.cli.print_json import print_json
from servicebot.cli.question import reply_to_one, understand_one
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.understanding import TopicKind, Understanding

_SHOWN = 8


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def ask(text: str, as_json: bool) -> None:
    """Ask one question: intent, article, probability, band and reply."""
    settings = settings_now()
    content = content_now(settings)
    now = SystemClock().now()
    understanding = understand_one(build_understander(settings, content), text, now)
    answer = _answer(understanding)
    answer["reply"] = reply_to_one(understanding, content, now)
    if as_json:
        print_json(answer)
        return
    for name, value in answer.items():
        click.echo(f"{name:12} {value}")


@click.command()
@click.argument("text")
def explain(text: str) -> None:
    """Say why: the top topics, the scores of each signal, the thresholds."""
    settings = settings_now()
    content = content_now(settings)
    understander = build_understander(settings, content)
    today = SystemClock().now().astimezone(BANK_ZONE).date()
    explanation = understander.explain(text, today=today)
    found = explanation.understanding
    console = Console()
    console.print(f"normalized: {found.text!r}  language: {found.language}  band: {found.band}")
    names = [name for name, _ in found.ranking[0].signals] if found.ranking else []
    table = Table("topic", "kind", "probability", *names)
    for ranked in found.ranking[:_SHOWN]:
        scores = [f"{score:.3f}" for _, score in ranked.signals]
        table.add_row(
            ranked.topic.id, ranked.topic.kind.value, f"{ranked.probability:.3f}", *scores
        )
    console.print(table)
    for slot in found.slots:
        console.print(f"slot {slot.kind}: {slot.text!r} = {slot.value}")
    console.print(f"answer:   {explanation.answer}")
    console.print(f"ask back: {explanation.ask_back}")
    console.print(f"model:    {explanation.model_hash}")


def _answer(understanding: Understanding) -> dict[str, Any]:
    """The best topic of each kind; `probability` is that of the best of all."""
    best = understanding.best
    return {
        "language": understanding.language.value,
        "band": understanding.band.value,
        "intent": _first(understanding, TopicKind.INTENT),
        "article": _first(understanding, TopicKind.ARTICLE),
        "probability": round(best.probability, 4) if best is not None else 0.0,
    }


def _first(understanding: Understanding, kind: TopicKind) -> str | None:
    return next((r.topic.id for r in understanding.ranking if r.topic.kind is kind), None)
