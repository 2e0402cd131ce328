"""An encoder that two editions share: a question is encoded once for both."""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from servicebot.ports.encoder import Encoder

_MOST: Final = 60_000  # texts, a kilobyte each


class RememberingEncoder:
    """Gives the same bits as the encoder behind it; safe for any number of threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def fingerprint(self) -> str:
        """That of the encoder behind it."""
        return self._encoder.fingerprint

    @property
    def dimension(self) -> int:
        """That of the encoder behind it."""
        return self._encoder.dimension

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Unit vectors, float32 [texts, dimension]."""
        with self._lock:
            found = {text: self._known[text] for text in texts if text in self._known}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found |= dict(zip(new, self._encoder.encode(new), strict=True))
            with self._lock:
                self._known |= {text: found[text] for text in new}
                while len(self._known) > _MOST:
                    self._known.popitem(last=False)
        return np.stack([found[text] for text in texts]) if texts else self._encoder.encode(())
