"""Reads lures with a copy of the encoder that was trained to tell them; opened when it is needed."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from servicebot.screening.allow_list import Allowed
from servicebot.screening.lure_text import as_learnt, lure_sentences

_logger = logging.getLogger(__name__)

Odds = Callable[[Sequence[str]], NDArray[np.float32]]


class LocalLureReader:
    """Opens a folder of `servicebot.training.train_lures` at the first text, in a thread.

    Where its files are damaged or missing it says so once in the log and finds nothing: the rules
    of `servicebot.screening.gate` hold all the same.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or bundled_lures_folder()
        self._odds: Odds | None = None
        # One thread of its own: long texts of many agents keep nothing else waiting.
        self._pool = ThreadPoolExecutor(1, "lures")

    async def lures_in(self, texts: Sequence[str], allowed: Allowed) -> tuple[str, ...]:
        """See `servicebot.ports.lure_reader.LureReader.lures_in`."""
        sentences = [sentence for text in texts for sentence in lure_sentences(text)]
        if not sentences:
            return ()
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._lures, sentences, allowed)

    def _lures(self, sentences: Sequence[str], allowed: Allowed) -> tuple[str, ...]:
        if self._odds is None:
            self._odds = _open(self._folder)
        odds = self._odds([as_learnt(sentence, allowed) for sentence in sentences])
        return tuple(sentence for sentence, one in zip(sentences, odds, strict=True) if one > 0)


def bundled_lures_folder() -> Path:
    """The folder of the reader shipped with the package."""
    return Path(__file__).parents[2] / "models" / "lures"


def _open(folder: Path) -> Odds:
    # Seconds of imports, and only for processes in which somebody writes to customers.
    from servicebot.adapters.local_models.lure_model import load_lure_model  # noqa: PLC0415

    try:
        return load_lure_model(folder).odds
    except Exception as error:  # whatever is wrong with the files, the rules hold
        _logger.exception("lures_not_read", extra={"why": str(error)})
        return lambda texts: np.zeros(len(texts), np.float32)
