"""The scores every phrase would have got, had it never been learnt."""

from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.ports.encoder import Encoder
from servicebot.training.foreign_texts import make_foreign_texts
from servicebot.training.known_rows import KnownRows
from servicebot.training.ridge_head import RidgeFit
from servicebot.understanding.features import cut_pieces
from servicebot.understanding.recognize import Recognizer

_BLOCK: Final = 256
# One text of nonsense for so many phrases.
FOREIGN_EVERY: Final = 20
_FEWEST_FOREIGN: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossFit:
    """Honest signals of every row.

    Attributes:
        known: float64 [rows, 4, topics]: the row's fold was not learnt.
        unknown: Likewise, but the row's whole topic was not learnt; the column of that topic means
            nothing and has to be left out by the caller.
        row_topics: int64 [rows].
        foreign: float64 [texts, 4, topics]: signals of texts that mean nothing here.
    """

    known: NDArray[np.float64]
    unknown: NDArray[np.float64]
    row_topics: NDArray[np.int64]
    foreign: NDArray[np.float64]


def cross_fit(
    rows: KnownRows, ridge: RidgeFit, recognizer: Recognizer, encoder: Encoder
) -> CrossFit:
    """Scores every row against the rows outside its fold, and some nonsense against all rows.

    Args:
        rows: All phrases of one language.
        ridge: The head fitted to them.
        recognizer: Searches them; its confidence is not used.
        encoder: Encodes the nonsense.
    """
    folds, starts = rows.folds, rows.topic_starts
    words, sounds = recognizer.search.words, recognizer.search.sounds
    known = np.empty((len(rows.texts), 4, len(rows.topics)))
    for begin in range(0, len(rows.texts), _BLOCK):
        cosines = rows.vectors[begin : begin + _BLOCK] @ rows.vectors.T
        for row, cosine in enumerate(cosines, start=begin):
            pieces = rows.pieces[row]
            scores = np.stack((cosine, words.score(pieces.grams), sounds.score(pieces.pinyin)))
            scores[:, folds == folds[row]] = 0.0
            known[row, :3] = np.maximum.reduceat(scores, starts, axis=1)
    known[:, 3] = ridge.without(folds)
    unknown = known.copy()
    unknown[:, 3] = ridge.without(rows.row_topics)
    return CrossFit(
        known=known,
        unknown=unknown,
        row_topics=rows.row_topics,
        foreign=_score_foreign(rows, recognizer, encoder),
    )


def _score_foreign(
    rows: KnownRows, recognizer: Recognizer, encoder: Encoder
) -> NDArray[np.float64]:
    texts = make_foreign_texts(rows.texts, max(_FEWEST_FOREIGN, len(rows.texts) // FOREIGN_EVERY))
    vectors = encoder.encode(texts)
    return np.stack(
        [
            recognizer.signals(vector, cut_pieces(text))
            for text, vector in zip(texts, vectors, strict=True)
        ]
    )
