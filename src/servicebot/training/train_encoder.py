"""Trains the shipped encoder from the licensed corpora, or adapts one to a bank's own logs."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from safetensors.numpy import load_file

from servicebot.adapters.local_models.bundled_encoder import (
    TABLE_NAME,
    WEIGHTS_NAME,
    PieceBagEncoder,
    bundled_encoder_folder,
    load_piece_bag,
)
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.training.batches import (
    Draw,
    draw_weighted,
    from_groups,
    from_pairs,
    from_teacher,
    from_topics,
)
from servicebot.training.contrast import Course, train_table
from servicebot.training.develop import DevelopmentReport, measure_development
from servicebot.training.model_card import write_adapted_card, write_card
from servicebot.training.piece_table import PieceTable, fresh_rows
from servicebot.training.save_encoder import save_encoder
from servicebot.training.teacher import Lessons, teach
from servicebot.training.training_pairs import (
    TopicPhrasings,
    group_same_translation,
    read_glossary,
    read_intent_groups,
    read_phrasings,
    read_translations,
)
from servicebot.understanding.normalize import normalize

ROWS: Final = 98_304
DIMENSION: Final = 256
STEPS: Final = 4000
ADAPT_STEPS: Final = 1000
_LEARNING_RATE: Final = 0.1
_ADAPT_LEARNING_RATE: Final = 0.02
_START_SCALE: Final = 1 / 256


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """What to train on and where to write it.

    Attributes:
        out: Folder of the new encoder.
        corpora: Folder with the licensed corpora, to train from nothing; or None.
        pairs: `text<TAB>text[<TAB>0/1]` of the bank's own logs, to adapt `base`; or None. Lines
            with 0 are passed over.
        base: Encoder folder that is adapted; None is the bundled one.
        steps: None is 4,000 from nothing and 1,000 to adapt.
        seed: Of everything that is drawn.
        report: Called with the step and the loss.
    """

    out: Path
    corpora: Path | None = None
    pairs: Path | None = None
    base: Path | None = None
    steps: int | None = None
    seed: int = 7
    report: Callable[[int, float], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedEncoder:
    """What came out.

    Attributes:
        out: The folder it was written to.
        seconds: How long it took.
        development: Figures on the development topics; None without the corpora.
    """

    out: Path
    seconds: float
    development: DevelopmentReport | None


def train_encoder(options: EncoderOptions) -> TrainedEncoder:
    """Trains from the corpora or adapts to pairs, exactly one of which has to be named.

    Raises:
        ContentError: Neither or both are named, or a file cannot be used.
    """
    if (options.corpora is None) == (options.pairs is None):
        raise _fault(
            options.out, 0, "name either the corpora to train from or the pairs to adapt to"
        )
    if options.pairs is not None:
        return _adapt(options, options.pairs)
    return _train(options, options.corpora or Path())


def _train(options: EncoderOptions, corpora: Path) -> TrainedEncoder:
    begun = perf_counter()
    topics = read_phrasings(corpora)
    sources, texts = _sources(corpora, topics)
    rows = fresh_rows(texts, row_count=ROWS, dimension=DIMENSION, seed=options.seed)
    table = PieceTable(rows, seed=options.seed)
    train_table(table, draw_weighted(sources), _course(options, STEPS, _LEARNING_RATE))
    numbers = table.quantized()
    report = measure_development(PieceBagEncoder(numbers, fingerprint=""), topics)
    seconds = perf_counter() - begun
    card = write_card(report, seed=options.seed, steps=options.steps or STEPS, seconds=seconds)
    save_encoder(options.out, numbers, card=card)
    return TrainedEncoder(out=options.out, seconds=seconds, development=report)


def _adapt(options: EncoderOptions, path: Path) -> TrainedEncoder:
    begun = perf_counter()
    pairs = read_pairs(path)
    base = options.base or bundled_encoder_folder()
    load_piece_bag(base)
    numbers = load_file(base / WEIGHTS_NAME)[TABLE_NAME]
    rows = torch.from_numpy(numbers.astype(np.float32) * np.float32(_START_SCALE))
    table = PieceTable(rows, seed=options.seed)
    course = _course(options, ADAPT_STEPS, _ADAPT_LEARNING_RATE)
    train_table(table, from_pairs(pairs, 256), course)
    card = write_adapted_card(pairs=len(pairs), steps=course.steps, seed=options.seed)
    save_encoder(options.out, table.quantized(), card=card)
    return TrainedEncoder(out=options.out, seconds=perf_counter() - begun, development=None)


def read_pairs(path: Path) -> tuple[tuple[str, str], ...]:
    """Reads the pairs of a bank's own logs that mean the same.

    Raises:
        ContentError: The file cannot be read, a line is not `text, text[, 0/1]`, or fewer than two
            lines say that both mean the same.
    """
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise _fault(path, 0, f"cannot be read as UTF-8 text: {error}") from error
    pairs = []
    for number, line in enumerate(lines, start=1):
        fields = line.split("\t")
        if not line.strip():
            continue
        if len(fields) not in {2, 3} or (len(fields) > 2 and fields[2] not in {"0", "1"}):  # noqa: PLR2004 - text, text, label
            raise _fault(path, number, "needs `text<TAB>text`, then optionally a tab and 0 or 1")
        if fields[-1] != "0":
            pairs.append((normalize(fields[0]), normalize(fields[1])))
    if len(pairs) < 2:  # noqa: PLR2004 - one pair has nothing to be told apart from
        raise _fault(path, 0, "needs at least two pairs that mean the same")
    return tuple(pairs)


def _sources(
    corpora: Path, topics: Sequence[TopicPhrasings]
) -> tuple[Mapping[str, tuple[Draw, int]], Sequence[str]]:
    """Every source with its weight, and the texts that show which pieces are rare."""
    trained = [topic for topic in topics if not topic.is_development]
    translations = read_translations(corpora)
    intents = read_intent_groups(corpora)
    glossary = read_glossary()
    sentences = {english for _, english in (*translations, *glossary)}
    sentences |= {text for groups in intents for texts in groups.values() for text in texts}
    sentences |= {text for topic in trained for text in topic.en}
    lessons = teach(sorted(sentences), dimension=DIMENSION)
    sources = {
        "phrasings": (from_topics(trained), 4),
        "translations": (from_pairs(translations, 256), 1),
        "same_translation": (from_groups(group_same_translation(translations), 256), 1),
        "glossary": (from_pairs(glossary, 256), 2),
        **{
            f"intents_{place}": (from_groups(groups, 192), 1)
            for place, groups in enumerate(intents)
        },
        **_lesson_sources(lessons, sorted(sentences), (*translations, *glossary)),
    }
    texts = [text for pair in translations for text in pair]
    texts += [text for topic in trained for text in (*topic.zh, *topic.en)]
    texts += [text for groups in intents for group in groups.values() for text in group]
    return sources, texts


def _lesson_sources(
    lessons: Lessons, sentences: Sequence[str], translations: Sequence[tuple[str, str]]
) -> Mapping[str, tuple[Draw, int]]:
    """The teacher's words and sentences, and the Chinese that translates its sentences."""

    def vectors(texts: Sequence[str]) -> torch.Tensor:
        return torch.from_numpy(np.stack([lessons.vectors[text] for text in texts]))

    chinese = [text for text, _ in translations]
    return {
        "words": (from_teacher(lessons.words, vectors(lessons.words), 384), 3),
        "sentences": (from_teacher(sentences, vectors(sentences), 256), 3),
        "chinese": (from_teacher(chinese, vectors([text for _, text in translations]), 256), 3),
    }


def _course(options: EncoderOptions, steps: int, learning_rate: float) -> Course:
    return Course(
        steps=options.steps or steps,
        learning_rate=learning_rate,
        seed=options.seed,
        report=options.report,
    )


def _fault(path: Path, line: int, message: str) -> ContentError:
    return ContentError(
        (ContentFault(path=str(path), line=line, rule="train-encoder", message=message),)
    )
