"""Trains the shipped encoder from the content and the licensed corpora."""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from servicebot.content.content import Content
from servicebot.training.contrast import contrast, distance
from servicebot.training.course import (
    Course,
    Report,
    new_optimizer,
    run_course,
    training_threads,
)
from servicebot.training.develop import DevelopmentReport, measure_development
from servicebot.training.model_card import write_card
from servicebot.training.save_encoder import calibration_sample, save_encoder
from servicebot.training.start_characters import start_characters
from servicebot.training.student import Student
from servicebot.training.teacher import new_student, teach
from servicebot.training.topic_batches import TopicBatches
from servicebot.training.training_texts import (
    TopicPhrasings,
    part_phrasings,
    read_clinc150,
    read_glossary,
    read_phrasings,
    read_translations,
    read_unlabelled,
    taught_topics,
)
from servicebot.training.typing_slips import slip

# Measured on the development set, see benchmarks/understanding/EXPERIMENTS.md.
READING_STEPS: Final = 400
TOPIC_STEPS: Final = 2200
_READING_RATES: Final = (1e-4, 1e-3)
_TOPIC_RATES: Final = (1.2e-4, 6e-4)
_READING_PAIRS: Final = 96
_READING_ENGLISH: Final = 16
_TOPIC_LESSONS: Final = 12
# Every so many batches one is drawn from the customer phrasings: about their share of all lines.
_CUSTOMERS_EVERY: Final = 8
_LESSON_WEIGHT: Final = 3.0
_READING_WEIGHT: Final = 5.0
_DROPPED: Final = 0.05
_LOOK_EVERY: Final = 250
# The glossary is short and all about banking; it is read as often as this many sentences.
_GLOSSARY_TIMES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """What to train on and where to write it.

    Attributes:
        out: Folder of the new encoder.
        corpora: Folder with the licensed corpora.
        content: Its taught phrases are learnt, those held out are not.
        topic_steps: Batches of topics, after 400 of translations.
        seed: Of everything that is drawn.
        report: Called with the stage, the step and the loss.
    """

    out: Path
    corpora: Path
    content: Content
    topic_steps: int = TOPIC_STEPS
    seed: int = 7
    report: Callable[[str, int, float], None] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedEncoder:
    """What came out.

    Attributes:
        out: The folder it was written to.
        seconds: How long it took.
        development: Figures on the development set.
    """

    out: Path
    seconds: float
    development: DevelopmentReport


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lessons:
    """Texts with the vectors the teacher gives their meaning: Chinese by its translation."""

    texts: tuple[str, ...]
    vectors: NDArray[np.float32]

    def draw(self, count: int, dice: random.Random) -> tuple[list[str], torch.Tensor]:
        places = dice.sample(range(len(self.texts)), count)
        return [self.texts[place] for place in places], torch.from_numpy(self.vectors[places])


def train_encoder(options: EncoderOptions) -> TrainedEncoder:
    """Trains and saves.

    Raises:
        ContentError: The teacher's package is not installed.
    """
    begun = perf_counter()
    torch.set_num_threads(training_threads())
    student = new_student(seed=options.seed)
    chinese, english = _lessons(student, options)
    customers, kept_out = part_phrasings(read_phrasings(options.corpora))
    _read(student, options, chinese, english)
    _learn_topics(student, options, customers, chinese, english)
    development = measure_development(student.encode, kept_out)
    seconds = perf_counter() - begun
    topics = taught_topics(options.content)
    card = write_card(
        development,
        topics=topics,
        customers=customers,
        seed=options.seed,
        steps=options.topic_steps,
        seconds=seconds,
    )
    phrases = calibration_sample(text for one in topics for text in (*one.zh, *one.en))
    save_encoder(options.out, student, card=card, calibration=phrases)
    return TrainedEncoder(out=options.out, seconds=seconds, development=development)


def _lessons(student: Student, options: EncoderOptions) -> tuple[_Lessons, _Lessons]:
    translations, glossary = read_translations(options.corpora), read_glossary()
    scopes = read_clinc150(options.corpora)
    sentences = {text for _, text in (*translations, *glossary)}
    plain = {*read_unlabelled(options.corpora), *(t for texts in scopes.values() for t in texts)}
    english = sorted(sentences | plain)
    vectors = teach(student, english, report=_told(options, "the teacher's lessons"))
    start_characters(student, (*translations, *glossary * 3))
    places = {text: place for place, text in enumerate(english)}
    pairs = (*translations, *glossary * _GLOSSARY_TIMES)
    chinese = _Lessons(
        texts=tuple(text for text, _ in pairs),
        vectors=vectors[[places[text] for _, text in pairs]],
    )
    return chinese, _Lessons(texts=tuple(english), vectors=vectors)


def _read(
    student: Student,
    options: EncoderOptions,
    chinese: _Lessons,
    english: _Lessons,
) -> None:
    """Chinese sentences learn to mean what their translations mean."""
    dice = _begin(options, student, dropout=0.0)

    def loss_of(step: int) -> torch.Tensor:  # noqa: ARG001 - every step draws anew
        texts, targets = chinese.draw(_READING_PAIRS, dice)
        kept, anchors = english.draw(_READING_ENGLISH, dice)
        vectors, others = student(texts), student(kept)
        alike = targets @ targets.T > 1 - 1e-3
        numbers = torch.argmax(alike.int(), dim=1)
        near = _READING_WEIGHT * (distance(vectors, targets) + distance(others, anchors))
        return contrast(vectors, targets, numbers) / 2 + near

    course = _course(options, "reading", READING_STEPS, _READING_RATES)
    run_course(student, course, loss_of, optimizer=new_optimizer(student, course))


def _learn_topics(
    student: Student,
    options: EncoderOptions,
    customers: Sequence[TopicPhrasings],
    chinese: _Lessons,
    english: _Lessons,
) -> None:
    """Phrasings of one topic come together, those of its neighbours apart."""
    dice = _begin(options, student, dropout=_DROPPED)
    topics, scopes = taught_topics(options.content), read_clinc150(options.corpora)
    # Apart, because both have topics that mean the same and must not push each other away.
    own, others = TopicBatches(topics, scopes, dice), TopicBatches(customers, scopes, dice)

    def loss_of(step: int) -> torch.Tensor:
        if step % _LOOK_EVERY == 0:
            own.look_around(student)
            others.look_around(student)
        batch = (own if (step + 1) % _CUSTOMERS_EVERY else others).draw()
        sides = [slip(text, dice) or text for text in (*batch.left, *batch.right)]
        lessons = [part.draw(_TOPIC_LESSONS, dice) for part in (chinese, english)]
        vectors = student([*sides, *lessons[0][0], *lessons[1][0]])
        count = len(batch.left)
        left, right, rest = vectors[:count], vectors[count : 2 * count], vectors[2 * count :]
        targets = torch.cat([found for _, found in lessons])
        kept = distance(rest, targets)
        return contrast(left, right, torch.tensor(batch.topics)) + _LESSON_WEIGHT * kept

    course = _course(options, "topics", options.topic_steps, _TOPIC_RATES)
    run_course(student, course, loss_of, optimizer=new_optimizer(student, course))


def _begin(options: EncoderOptions, student: Student, *, dropout: float) -> random.Random:
    """Each stage draws from the seed anew, so that it does not hang on what came before."""
    torch.manual_seed(options.seed)
    for part in student.modules():
        if isinstance(part, nn.Dropout):
            part.p = dropout
    return random.Random(options.seed)  # noqa: S311 - reproducible draws, no secret


def _course(options: EncoderOptions, stage: str, steps: int, rates: Sequence[float]) -> Course:
    layer_rate, character_rate = rates
    report = options.report
    told: Report | None = None
    if report is not None:

        def told(step: int, loss: float) -> None:
            report(stage, step, loss)

    return Course(steps=steps, layer_rate=layer_rate, character_rate=character_rate, report=told)


def _told(options: EncoderOptions, stage: str) -> Callable[[int], None] | None:
    report = options.report
    return None if report is None else lambda done: report(stage, done, 0.0)
