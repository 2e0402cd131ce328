"""What a process of the studio does: it holds editions of the content and asks them questions.

A folder of an edition never changes, so what was loaded from it is kept.
"""

import os
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from servicebot.app.run_apart import end_with_parent
from servicebot.app.understander import build_understander, encoder_of
from servicebot.content.load import load_content
from servicebot.settings import Settings
from servicebot.studio.effect import PastQuestion
from servicebot.studio.judge import Judge, Judgement, Question, hears_alike
from servicebot.studio.miss_groups import MissGroup, group_misses
from servicebot.studio.remembering_encoder import RememberingEncoder
from servicebot.studio.why import Reason, explain

_POLITE: Final = 10  # customers are served first
_MOST_EDITIONS: Final = 3
_judges: OrderedDict[Path, Judge] = OrderedDict()
_encoders: list[RememberingEncoder] = []


def begin() -> None:
    """Once, in the new process."""
    os.nice(_POLITE)
    end_with_parent()


def be_there() -> None:
    """Nothing: whoever asks for it wants the process to have begun."""


def prepare(settings: Settings, folder: Path) -> str:
    """Loads an edition, fitting it where that is needed; the hash of its model.

    Raises:
        ContentError: It cannot be used.
    """
    return _judge(settings, folder).understander.model_hash


def judge(
    settings: Settings, folder: Path, questions: Sequence[Question], now: datetime
) -> tuple[Judgement, ...]:
    """What an edition makes of questions.

    Raises:
        ContentError: It cannot be used.
    """
    return _judge(settings, folder).judge(questions, now)


def why(settings: Settings, folder: Path, question: Question, now: datetime) -> tuple[Reason, ...]:
    """What speaks for each topic that a question may mean.

    Raises:
        ContentError: The edition cannot be used.
    """
    asked = _judge(settings, folder)
    (heard,) = asked.hear((question,), now)
    return explain(heard, asked.content, _encoder(settings))


def compare(
    settings: Settings, folders: tuple[Path, Path], questions: Sequence[Question], now: datetime
) -> tuple[tuple[Judgement, Judgement], ...]:
    """What two editions make of the same questions, the live one first.

    Raises:
        ContentError: One of them cannot be used.
    """
    live, draft = (_judge(settings, folder) for folder in folders)
    heard = live.hear(questions, now)
    same = live.understander.model_hash == draft.understander.model_hash
    alike = same and hears_alike(live.content, draft.content)
    again = heard if alike else draft.hear(questions, now)
    return tuple(
        (live.answer(one, now), draft.answer(other, now))
        for one, other in zip(heard, again, strict=True)
    )


def group(
    settings: Settings, folder: Path, misses: Sequence[PastQuestion], now: datetime
) -> tuple[MissGroup, ...]:
    """Questions that were missed, those that mean the same together, each with suggested homes.

    Raises:
        ContentError: The edition cannot be used.
    """
    asked = _judge(settings, folder)
    heard = asked.hear([Question(text=one.text, language=one.language) for one in misses], now)
    return group_misses(misses, heard, asked.content, _encoder(settings))


def _judge(settings: Settings, folder: Path) -> Judge:
    if folder not in _judges:
        content = load_content(folder)
        fitted = build_understander(settings, content, encoder=_encoder(settings))
        _judges[folder] = Judge(content, fitted)
        if len(_judges) > _MOST_EDITIONS:
            _judges.popitem(last=False)
    _judges.move_to_end(folder)
    return _judges[folder]


def _encoder(settings: Settings) -> RememberingEncoder:
    """One for all editions: a question is encoded once."""
    if not _encoders:
        _encoders.append(RememberingEncoder(encoder_of(settings)))
    return _encoders[0]
