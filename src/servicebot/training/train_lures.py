"""Trains the reader of lures: a copy of the encoder learns to tell them from a bank's proper words.

Fine-tuning of a sentence encoder with one linear layer over its vector (Devlin et al. 2019). Lines of
one hand can be kept out, to say what the reader makes of words by a hand that it does not know.
"""

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Final

import numpy as np
import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits
from typing_extensions import override

from servicebot.adapters.local_models.bundled_encoder import WEIGHTS_NAME, bundled_encoder_folder
from servicebot.adapters.local_models.lure_model import (
    LURES_NAME,
    load_lure_model,
    lure_tensors,
    save_lure_model,
)
from servicebot.adapters.local_models.manifest import sha256_of
from servicebot.screening.lure_text import is_short
from servicebot.training.course import Course, new_optimizer
from servicebot.training.lure_lines import LureLine, count_lure_lines, hands_of, read_lure_lines
from servicebot.training.model_card import lure_card
from servicebot.training.save_encoder import (
    calibration_sample,
    input_ranges,
    load_student,
    narrow_tensors,
    student_of,
)
from servicebot.training.stage import StageReport, open_stage, train_stage
from servicebot.training.student import Student

STAGE: Final = "lures"
# By two sets of lines that nothing else was made with: from 2.5 to 3 no lure passed and no proper line
# was stopped.
THRESHOLD: Final = 2.5
_BATCH: Final = 32
_LAYER_RATE: Final = 1e-4
_CHARACTER_RATE: Final = 1e-4
_FIRST_SCALE: Final = 20.0  # vectors of length 1 lie close together
_SURE: Final = 0.98  # a line may have been judged wrongly
_JOINED: Final = 0.3  # share of lines with a harmless one before or behind them
_DROPPED: Final = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class LureOptions:
    """What to learn from and where to write it.

    Attributes:
        lines: A folder for each hand.
        out: Folder of the new reader; a run that stopped there goes on.
        base: Folder of a reader that goes on learning; None begins with the bundled encoder.
        without: The hand that is kept out; empty for none.
        passes: How often each line is learnt.
        threshold: Log odds from which a text is a lure.
        seed: Of everything that is drawn.
        report: Called with the stage, the step and the loss.
    """

    lines: Path
    out: Path
    base: Path | None = None
    without: str = ""
    passes: int = 5
    threshold: float = THRESHOLD
    seed: int = 7
    report: StageReport | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LureReport:
    """What came out.

    Attributes:
        learnt: Lines that were learnt.
        seconds: How long it took.
        checked: Lines of the hand that was kept out; the figures below are about them.
        missed: Lures among them that were not told.
        stopped: Harmless ones among them that were taken for lures.
    """

    learnt: int
    seconds: float
    checked: int
    missed: int
    stopped: int


class _LureStudent(nn.Module):
    """An encoder and a plane through its vectors."""

    def __init__(self, student: Student) -> None:
        super().__init__()
        self.student = student
        self.head = nn.Linear(int(student.latin.shape[1]), 1)
        self.dropout = nn.Dropout(_DROPPED)
        with torch.no_grad():
            self.head.weight.mul_(_FIRST_SCALE)

    @override
    def forward(self, texts: Sequence[str]) -> torch.Tensor:
        """Log odds that each text is a lure, float32 [texts]."""
        return torch.as_tensor(self.head(self.dropout(self.student(texts)))[:, 0])


def planned_lure_steps(options: LureOptions) -> int:
    """How many batches a run takes."""
    lines = count_lure_lines(options.lines, _learnt_hands(options))
    return max(1, lines * options.passes // _BATCH)


def train_lures(options: LureOptions) -> LureReport:
    """Trains and saves, or goes on with what an earlier run left in `out`.

    Raises:
        ContentError: The base cannot be used.
    """
    begun = perf_counter()
    hands = _learnt_hands(options)
    lines = read_lure_lines(options.lines, hands)
    checked = read_lure_lines(options.lines, [options.without] if options.without else [])
    model = _begin(options)
    _train(model, lines, options)
    ranges = input_ranges(model.student, calibration_sample(line.text for line in lines))
    options.out.mkdir(parents=True, exist_ok=True)
    card = lure_card(lines=len(lines), seed=options.seed, hands=hands)
    (options.out / "README.md").write_text(card, "utf-8")
    save_lure_model(
        options.out,
        narrow_tensors(model.student) | ranges,
        len(model.student.latin),
        model.head.weight.detach().numpy()[0],
        float(model.head.bias.item()) - options.threshold,
    )
    told = load_lure_model(options.out).odds([line.text for line in checked]) > 0
    lures = np.array([line.is_lure for line in checked], dtype=bool)
    return LureReport(
        learnt=len(lines),
        seconds=perf_counter() - begun,
        checked=len(checked),
        missed=int((lures & ~told).sum()),
        stopped=int((~lures & told).sum()),
    )


def _learnt_hands(options: LureOptions) -> list[str]:
    return [hand for hand in hands_of(options.lines) if hand != options.without]


def _begin(options: LureOptions) -> _LureStudent:
    torch.manual_seed(options.seed)
    folder = bundled_encoder_folder()
    if options.base is None:
        return _LureStudent(load_student(folder, seed=options.seed))
    known = load_lure_model(options.base)
    student = student_of(folder, lure_tensors(options.base), seed=options.seed)
    model = _LureStudent(student)
    with torch.no_grad():
        model.head.weight.copy_(torch.from_numpy(known.weight)[None])
        model.head.bias.fill_(known.bias + options.threshold)
    return model


def _train(model: _LureStudent, lines: Sequence[LureLine], options: LureOptions) -> None:
    texts = "\n".join(f"{line.text}\t{line.is_lure}" for line in lines)
    steps = planned_lure_steps(options)
    begun_with = (
        bundled_encoder_folder() / WEIGHTS_NAME
        if options.base is None
        else options.base / LURES_NAME
    )
    named = f"{texts} {sha256_of(begun_with)} {options.seed} {steps}"
    stage = open_stage(
        STAGE,
        out=options.out,
        run=hashlib.sha256(named.encode()).hexdigest(),
        seed=options.seed,
        course=Course(steps=steps, layer_rate=_LAYER_RATE, character_rate=_CHARACTER_RATE),
        report=options.report,
    )

    def loss_of(step: int) -> torch.Tensor:
        batch = _batch(lines, step, stage.seed)
        targets = torch.tensor([_SURE if is_lure else 1 - _SURE for _, is_lure in batch])
        return binary_cross_entropy_with_logits(model([text for text, _ in batch]), targets)

    optimizer = new_optimizer(model.student, stage.course, head=model.head)
    train_stage(model, stage, loss_of, optimizer)
    stage.unfinished.forget()


def _batch(lines: Sequence[LureLine], step: int, seed: int) -> list[tuple[str, bool]]:
    """The texts of a step, some of them beside a harmless one, as sentences of a message stand."""
    per_pass = max(1, len(lines) // _BATCH)
    order = list(range(len(lines)))
    random.Random(f"{seed}/{step // per_pass}").shuffle(order)  # noqa: S311 - reproducible draws
    begin = step % per_pass * _BATCH
    dice = random.Random(f"{seed}:{step}")  # noqa: S311 - reproducible draws
    batch = []
    for place in order[begin : begin + _BATCH]:
        text, is_lure = lines[place].text, lines[place].is_lure
        other = lines[dice.randrange(len(lines))]
        if dice.random() < _JOINED and not other.is_lure:
            both = dice.sample((text, other.text), 2)
            text = " ".join(both) if is_short(" ".join(both)) else text
        batch.append((text, is_lure))
    return batch
