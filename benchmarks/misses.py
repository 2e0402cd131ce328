"""How many missed questions the misses board mends with one edit, and what else those edits change.

    python benchmarks/misses.py [--misses 100] [--questions 10000] [--seed 1]

The misses are held-out phrases of articles that the content as it is does not answer from their
article. Each gets the board's edit, the phrase added to a suggested home: to the first one as a
person would who only clicks, and to the right one where it is among the suggestions, as a person
would who reads. All edits of one kind are made in one draft, a copy that nobody publishes, and what
that changes among past questions (taught phrases, each once) is counted for the topics it moves.
"""

import argparse
import asyncio
import os
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from servicebot.adapters.system_clock import SystemClock
from servicebot.app.studio_minds import StudioMinds
from servicebot.content.content import Content
from servicebot.content.load import load_content
from servicebot.domain.drafts import DraftFile
from servicebot.domain.understanding import Language
from servicebot.settings import Settings, load_settings
from servicebot.studio.add_phrase import add_phrase
from servicebot.studio.draft_folder import write_draft_folder
from servicebot.studio.effect import Flip, PastQuestion, flips
from servicebot.studio.judge import Question
from servicebot.studio.miss_groups import Home
from servicebot.understanding.phrasings import collect_phrasings


@dataclass(frozen=True, slots=True)
class HeldOut:
    """A held-out phrase, as it is written, and its article."""

    text: str
    language: Language
    topic: str
    path: str

    @property
    def question(self) -> Question:
        """The same, as a customer asks it."""
        return Question(text=self.text, language=self.language)


@dataclass(frozen=True, slots=True)
class Seed:
    """A missed question and where the board would put it."""

    phrase: HeldOut
    homes: tuple[Home, ...]

    @property
    def right(self) -> Home | None:
        """The home it belongs to, where the board names it."""
        return next((one for one in self.homes if one.topic == self.phrase.topic), None)


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--misses", type=int, default=100)
    parser.add_argument("--questions", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    settings = load_settings(os.environ)
    content = load_content(settings.content_dir)
    with tempfile.TemporaryDirectory() as name:
        asyncio.run(_measure(settings, content, Path(name), asked))


async def _measure(
    settings: Settings, content: Content, place: Path, asked: argparse.Namespace
) -> None:
    minds = StudioMinds(settings, SystemClock())
    live = place / "live"
    write_draft_folder(settings.content_dir, {}, live)
    try:
        seeds = await _seeds(minds, live, content, asked)
        past = _past(content, asked.questions)
        right = sum(one.right is not None for one in seeds)
        first = sum(one.homes[:1] == (one.right,) for one in seeds)
        print(f"{len(seeds)} misses; right home first {first}, among the suggestions {right}")
        for kind, homes in (
            ("first home", [one.homes[0] if one.homes else None for one in seeds]),
            ("right home where it is suggested", [one.right for one in seeds]),
        ):
            await _edited(minds, settings, live, place / kind, kind, seeds, homes, past)
    finally:
        await minds.close()


async def _seeds(
    minds: StudioMinds, live: Path, content: Content, asked: argparse.Namespace
) -> list[Seed]:
    held_out = [
        HeldOut(text, one.language, one.id, one.path)
        for one in content.articles.values()
        for text in one.held_out
    ]
    random.Random(asked.seed).shuffle(held_out)
    judged = await minds.judge(live, [one.question for one in held_out])
    missed = [
        phrase for phrase, one in zip(held_out, judged, strict=True) if one.answer != phrase.topic
    ]
    print(f"{len(missed)} of {len(held_out)} held-out phrases of articles are missed")
    seeds = []
    for phrase in missed[: asked.misses]:
        (group,) = await minds.group(
            live, [PastQuestion(text=phrase.text, language=phrase.language)]
        )
        seeds.append(Seed(phrase, group.homes))
    return seeds


def _past(content: Content, count: int) -> list[PastQuestion]:
    taught = [*{(p.text, p.language): None for p in collect_phrasings(content)}]
    step = max(1, len(taught) // count)
    return [PastQuestion(text=text, language=language) for text, language in taught[::step]][:count]


async def _edited(  # noqa: PLR0913, PLR0917  one row of the figures
    minds: StudioMinds,
    settings: Settings,
    live: Path,
    folder: Path,
    kind: str,
    seeds: Sequence[Seed],
    homes: Sequence[Home | None],
    past: Sequence[PastQuestion],
) -> None:
    write_draft_folder(settings.content_dir, _edits(settings.content_dir, seeds, homes), folder)
    made = [seed for seed, home in zip(seeds, homes, strict=True) if home is not None]
    answers = await _answers(minds, folder, made)
    mended = {s.phrase.text for s in made if answers[s.phrase.text] == s.phrase.topic}
    questions = [Question(text=one.text, language=one.language) for one in past]
    found = flips(past, await minds.compare(live, folder, questions, lambda _: None))
    moved = {topic for flip in found for topic in _topics(flip)}
    clean = [s for s in made if s.phrase.text in mended and s.phrase.topic not in moved]
    print(
        f"{kind}: {len(made)} edits, {len(mended)} mend their question;"
        f" of {len(past)} past questions {len(found)} come out otherwise;"
        f" {len(clean)} mend it and their topic moves nothing else"
    )
    for flip in found[:20]:
        print(f"  {flip.question.text}: {flip.was.answer} -> {flip.becomes.answer}")


async def _answers(minds: StudioMinds, folder: Path, seeds: Sequence[Seed]) -> dict[str, str]:
    judged = await minds.judge(folder, [one.phrase.question for one in seeds])
    return {seed.phrase.text: one.answer for seed, one in zip(seeds, judged, strict=True)}


def _edits(
    content: Path, seeds: Sequence[Seed], homes: Sequence[Home | None]
) -> Mapping[str, DraftFile]:
    made = [(seed, home) for seed, home in zip(seeds, homes, strict=True) if home is not None]
    paths = {path for seed, home in made for path in (home.path, seed.phrase.path)}
    texts = {path: (content / path).read_text(encoding="utf-8") for path in paths}
    for seed, home in made:  # what is taught is held out no longer
        phrase = seed.phrase
        lines = texts[phrase.path].splitlines(keepends=True)
        texts[phrase.path] = "".join(line for line in lines if line.strip() != phrase.text)
        texts[home.path] = add_phrase(texts[home.path], home.path, phrase.text)
    return {path: DraftFile(text=text, before=None) for path, text in texts.items()}


def _topics(flip: Flip) -> tuple[str, str]:
    return flip.was.answer, flip.becomes.answer


if __name__ == "__main__":
    main()
