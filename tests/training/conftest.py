"""Labelled rows for the fits."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.domain.understanding import Topic, TopicKind
from servicebot.ports.encoder import Encoder
from servicebot.training.known_rows import KnownRows, gather_rows

PHRASES = {
    "loan.repay": "我要还款|帮我还清|一次性还完|提前结清|现在就还掉|全部还款|主动还款|还款结清",
    "loan.due": "这个月要还多少|下期还款金额|什么时候还款|还款日是哪天|这期账单|本月还款金额|下期还款日",
    "card.freeze": "冻结我的卡|把卡锁上|先停用这张卡|卡要冻结|锁卡|停用卡|冻结这张卡",
    "talk.greet": "你好|您好|早上好|在吗|你好啊|早上好啊",
}


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    """The bundled one."""
    return open_encoder()


@pytest.fixture(scope="session")
def rows(encoder: Encoder) -> KnownRows:
    """28 phrases of four topics."""
    labelled = [
        (text, Topic(kind=TopicKind.INTENT, id=topic))
        for topic, texts in PHRASES.items()
        for text in texts.split("|")
    ]
    return gather_rows(labelled, encoder)


class CountingEncoder:
    """An encoder that counts the texts it is asked for."""

    def __init__(self, inner: Encoder, fingerprint: str | None = None) -> None:
        self.asked = 0
        self._inner = inner
        self._fingerprint = fingerprint or inner.fingerprint

    @property
    def dimension(self) -> int:
        return self._inner.dimension

    @property
    def fingerprint(self) -> str:
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        return self._inner.encode(texts)


@pytest.fixture
def counting_encoder(encoder: Encoder) -> CountingEncoder:
    """The bundled one, counted."""
    return CountingEncoder(encoder)
