"""What a draft changes among 10,000 past questions: how long it takes, and whether it is exact.

    python benchmarks/studio.py [--questions 10000]

The questions are phrases of the content, each once. The draft adds words to one answer and a phrase
to one article; k is counted apart, by asking both editions one question after another.
"""

import argparse
import asyncio
import os
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.studio_minds import StudioMinds
from servicebot.app.understander import build_understander
from servicebot.content.load import load_content
from servicebot.domain.drafts import DraftFile
from servicebot.settings import Settings, load_settings
from servicebot.studio.add_phrase import add_phrase
from servicebot.studio.draft_folder import write_draft_folder
from servicebot.studio.effect import PastQuestion, flips
from servicebot.studio.judge import Judge, Judgement, Question
from servicebot.understanding.phrasings import collect_phrasings

ANSWERED = "knowledge_base/zh/weilidai/early-repayment.md"
TAUGHT = "knowledge_base/zh/weilidai/limit-zero.md"
PHRASE = "额度怎么突然没了呀"


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--questions", type=int, default=10_000)
    count = parser.parse_args().questions
    settings = load_settings(os.environ)
    content = load_content(settings.content_dir)
    texts = list(dict.fromkeys(phrase.text for phrase in collect_phrasings(content)))
    step = max(1, len(texts) // count)
    asked = [PastQuestion(text=text) for text in (PHRASE, *texts[::step])[:count]]
    with tempfile.TemporaryDirectory() as name:
        live, answer, phrase = (Path(name) / one for one in ("live", "answer", "phrase"))
        text = (settings.content_dir / ANSWERED).read_text("utf-8")
        head, _, rest = text.partition("\n---\n")
        answered = f"{head}\n---\n{rest.replace('。', '。请放心。', 1)}"
        taught = add_phrase((settings.content_dir / TAUGHT).read_text("utf-8"), TAUGHT, PHRASE)
        for folder, files in (
            (live, {}),
            (answer, {ANSWERED: DraftFile(text=answered, before=None)}),
            (phrase, {TAUGHT: DraftFile(text=taught, before=None)}),
        ):
            write_draft_folder(settings.content_dir, files, folder)
        for named, folder in (("a changed answer", answer), ("a new phrase", phrase)):
            asyncio.run(_measure(settings, named, live, folder, asked))


async def _measure(
    settings: Settings, named: str, live: Path, folder: Path, asked: Sequence[PastQuestion]
) -> None:
    minds = StudioMinds(settings, SystemClock())
    questions = [Question(text=one.text) for one in asked]
    begun = time.monotonic()
    await minds.prepare(folder)
    fitted = time.monotonic()
    pairs = await minds.compare(live, folder, questions, lambda _: None)
    ended = time.monotonic()
    await minds.close()
    found = flips(asked, pairs)
    print(
        f"{named}: {len(found)} of {len(asked)} questions come out otherwise;"
        f" loading and fitting {fitted - begun:.1f} s, comparing {ended - fitted:.1f} s"
    )
    now = datetime.now(UTC)
    alone = []
    for place in (live, folder):
        content = load_content(place)
        judge = Judge(content, build_understander(settings, content))
        alone.append(await asyncio.to_thread(_one_by_one, judge, questions[::10], now))
    apart = sum((a.answer, a.reply) != (b.answer, b.reply) for a, b in zip(*alone, strict=True))
    same = len(flips(asked[::10], pairs[::10]))
    print(f"  asked one by one, every tenth: {apart}; among the same in the comparison: {same}")


def _one_by_one(judge: Judge, questions: Sequence[Question], now: datetime) -> list[Judgement]:
    return [judge.judge([one], now)[0] for one in questions]


if __name__ == "__main__":
    main()
