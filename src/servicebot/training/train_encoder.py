"""Trains the shipped encoder from the content and the licensed corpora."""

import hashlib
import random
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from servicebot.adapters.local_models.manifest import write_manifest
from servicebot.content.content import Content
from servicebot.training.contrast import contrast, distance
from servicebot.training.course import Course, new_optimizer, training_threads
from servicebot.training.develop import DevelopmentReport, measure_development
from servicebot.training.model_card import write_card
from servicebot.training.save_encoder import calibration_sample, save_encoder
from servicebot.training.stage import KEEP_EVERY, Stage, StageReport, open_stage, train_stage
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
SETTLING_STEPS: Final = 900
_READING_RATES: Final = (1e-4, 1e-3)
_TOPIC_RATES: Final = (1.2e-4, 6e-4)
_SETTLING_RATES: Final = (6e-5, 3e-4)
_READING_PAIRS: Final = 96
_READING_ENGLISH: Final = 16
_TOPIC_LESSONS: Final = 12
# Every so many batches one is drawn from the customer phrasings: about their share of all lines.
_CUSTOMERS_EVERY: Final = 8
_LESSON_WEIGHT: Final = 3.0
_READING_WEIGHT: Final = 5.0
_DROPPED: Final = 0.05
# The glossary is short and all about banking; it is read as often as this many sentences.
_GLOSSARY_TIMES: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """What to train on and where to write it.

    Attributes:
        out: Folder of the new encoder.
        corpora: Folder with the licensed corpora.
        content: Its taught phrases are learnt, those held out are not.
        topic_steps: Batches of topics, after 400 of translations; 900 at half the rate follow.
        seed: Of everything that is drawn.
        report: Called with the stage, the step and the loss.
    """

    out: Path
    corpora: Path
    content: Content
    topic_steps: int = TOPIC_STEPS
    seed: int = 7
    report: StageReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedEncoder:
    """What came out.

    Attributes:
        out: The folder it was written to.
        seconds: How long this run took.
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
    """Trains and saves, or goes on with what an earlier run over the same texts left in `out`.

    Raises:
        ContentError: The teacher's package is not installed.
    """
    begun = perf_counter()
    torch.set_num_threads(training_threads())
    student = new_student(seed=options.seed)
    chinese, english = _lessons(student, options)
    customers, kept_out = part_phrasings(read_phrasings(options.corpora))
    topics = taught_topics(options.content)
    taught = (text for one in (*topics, *customers) for text in (one.topic, *one.zh, *one.en))
    stages = _stages(options, (*chinese.texts, *english.texts, *taught))
    _read(student, stages[0], chinese, english)
    for stage in stages[1:]:
        _learn_topics(student, stage, (topics, customers), (chinese, english), options.corpora)
    development = measure_development(student.encode, kept_out)
    card = write_card(
        development,
        topics=topics,
        customers=customers,
        seed=options.seed,
        steps=options.topic_steps,
    )
    phrases = calibration_sample(text for one in topics for text in (*one.zh, *one.en))
    save_encoder(options.out, student, card=card, calibration=phrases)
    for stage in stages:
        stage.unfinished.forget()
    write_manifest(options.out)
    return TrainedEncoder(out=options.out, seconds=perf_counter() - begun, development=development)


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


def _read(student: Student, stage: Stage, chinese: _Lessons, english: _Lessons) -> None:
    """Chinese sentences learn to mean what their translations mean."""

    def loss_of(_step: int, dice: random.Random) -> torch.Tensor:
        texts, targets = chinese.draw(_READING_PAIRS, dice)
        kept, anchors = english.draw(_READING_ENGLISH, dice)
        vectors, others = student(texts), student(kept)
        alike = targets @ targets.T > 1 - 1e-3
        numbers = torch.argmax(alike.int(), dim=1)
        near = _READING_WEIGHT * (distance(vectors, targets) + distance(others, anchors))
        return contrast(vectors, targets, numbers) / 2 + near

    _set_dropout(student, 0.0)
    _train(student, stage, loss_of)


def _learn_topics(
    student: Student,
    stage: Stage,
    topics: tuple[Sequence[TopicPhrasings], Sequence[TopicPhrasings]],
    lessons: tuple[_Lessons, _Lessons],
    corpora: Path,
) -> None:
    """Phrasings of one topic come together, those of its neighbours apart."""
    scopes = read_clinc150(corpora)
    # Apart, because both have topics that mean the same and must not push each other away.
    own, others = (TopicBatches(group, scopes) for group in topics)

    def loss_of(step: int, dice: random.Random) -> torch.Tensor:
        if step % KEEP_EVERY == 0:  # also the first step of a run that was resumed
            own.look_around(student)
            others.look_around(student)
        batch = (own if (step + 1) % _CUSTOMERS_EVERY else others).draw(dice)
        sides = [slip(text, dice) or text for text in (*batch.left, *batch.right)]
        drawn = [part.draw(_TOPIC_LESSONS, dice) for part in lessons]
        vectors = student([*sides, *drawn[0][0], *drawn[1][0]])
        count = len(batch.left)
        left, right, rest = vectors[:count], vectors[count : 2 * count], vectors[2 * count :]
        targets = torch.cat([found for _, found in drawn])
        kept = distance(rest, targets)
        return contrast(left, right, torch.tensor(batch.topics)) + _LESSON_WEIGHT * kept

    _set_dropout(student, _DROPPED)
    _train(student, stage, loss_of)


def _train(
    student: Student, stage: Stage, loss_of: Callable[[int, random.Random], torch.Tensor]
) -> None:
    def loss_of_step(step: int) -> torch.Tensor:
        # Each step has dice of its own, so that it does not hang on an interruption before.
        return loss_of(step, random.Random(f"{stage.seed}/{step}"))  # noqa: S311 - reproducible draws

    train_stage(student, stage, loss_of_step, new_optimizer(student, stage.course))


def _set_dropout(student: Student, share: float) -> None:
    for part in student.modules():
        if isinstance(part, nn.Dropout):
            part.p = share


def _stages(options: EncoderOptions, texts: Iterable[str]) -> tuple[Stage, Stage, Stage]:
    """Every training; the texts are all that is learnt, they name the run."""
    named = hashlib.sha256(f"{options.seed} {options.topic_steps}".encode())
    for text in texts:
        named.update(f"\n{text}".encode())

    def stage(name: str, steps: int, rates: tuple[float, float], seed: int) -> Stage:
        layer_rate, character_rate = rates
        return open_stage(
            name,
            out=options.out,
            run=named.hexdigest(),
            seed=seed,
            course=Course(steps=steps, layer_rate=layer_rate, character_rate=character_rate),
            report=options.report,
        )

    return (
        stage("reading", READING_STEPS, _READING_RATES, options.seed),
        stage("topics", options.topic_steps, _TOPIC_RATES, options.seed),
        # Other draws, or it would read the very batches of before once more.
        stage("settling", SETTLING_STEPS, _SETTLING_RATES, options.seed + 1),
    )


def _told(options: EncoderOptions, stage: str) -> Callable[[int], None] | None:
    report = options.report
    return None if report is None else lambda done: report(stage, done, 0.0)
