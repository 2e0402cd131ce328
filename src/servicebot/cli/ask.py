"""`servicebot ask` and `servicebot explain`: one question, its answer, and why."""

from typing import Any

import click
from rich.console import Console
from rich.table import Table

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.understander import build_understander
from servicebot.cli.environment import content_now, settings_now
from servicebot.cli.print_json import print_json
from servicebot.content.content import Content
from servicebot.dialogue.print_figure import BANK_ZONE
from servicebot.domain.understanding import TopicKind, Understanding
from servicebot.studio.judge import Judge, Question
from servicebot.understanding.confidence import ARTICLE_FROM

_SHOWN = 8
_LEAST = 0.01


@click.command()
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def ask(text: str, as_json: bool) -> None:
    """Ask one question: intent, article, probability, band and reply."""
    settings = settings_now()
    content = content_now(settings)
    now = SystemClock().now()
    judge = Judge(content, build_understander(settings, content))
    (heard,) = judge.hear((Question(text=text),), now)
    answer = _answer(heard.whole, content)
    answer["reply"] = judge.answer(heard, now).reply
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
    now = SystemClock().now()
    explanation = understander.explain(text, today=now.astimezone(BANK_ZONE).date())
    found = explanation.understanding
    (heard,) = Judge(content, understander).hear((Question(text=text),), now)
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
    for name, acts in (("act", found.acts), ("signal", found.signals)):
        likely = [f"{one.act} {one.probability:.3f}" for one in acts if one.probability >= _LEAST]
        console.print(f"{name}: {', '.join(likely) or 'none'}")
    console.print(f"heard: person {heard.wants_person}, danger {heard.danger}, act {heard.act}")
    console.print(f"marks: {', '.join(sorted(found.marks)) or 'none'}")
    console.print(f"costs:    {explanation.costs}")
    console.print(f"answer:   {explanation.answer}")
    console.print(f"article:  from {ARTICLE_FROM[found.language]}")
    console.print(f"ask back: {explanation.ask_back}")
    console.print(f"model:    {explanation.model_hash}")


def _answer(understanding: Understanding, content: Content) -> dict[str, Any]:
    """The best topic of each kind; `probability` is that of the best of all.

    Under an article the intent is the task it offers; a topic that is out of the question is None.
    """
    best = understanding.best
    article = _likely(understanding, TopicKind.ARTICLE)
    intent = _likely(understanding, TopicKind.INTENT)
    found = content.articles.get((article or "", understanding.language))
    if intent is None and found is not None:
        intent = found.task
    return {
        "language": understanding.language.value,
        "band": understanding.band.value,
        "intent": intent,
        "article": article,
        "probability": round(best.probability, 4) if best is not None else 0.0,
    }


def _likely(understanding: Understanding, kind: TopicKind) -> str | None:
    found = (r for r in understanding.ranking if r.topic.kind is kind)
    return next((r.topic.id for r in found if r.probability >= _LEAST), None)
