"""The shipped marks, compiled."""

import pytest

from servicebot.content.content import Content
from servicebot.understanding.lexicon import Lexicon


@pytest.fixture(scope="session")
def lexicon(content: Content) -> Lexicon:
    """What the listener reads marks with."""
    return Lexicon(content.marks)
