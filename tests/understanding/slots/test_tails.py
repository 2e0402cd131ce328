"""The last digits of a card are read where somebody says that they are."""

import pytest

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.tails import find_tails


@pytest.mark.parametrize(
    "text",
    [
        *("尾号1234", "尾号是1234", "后四位 1234", "末四位1234", "1234那张卡", "尾號１２３４"),
        *("ending 1234", "card ending in 1234", "last four digits 1234", "last 4: 1234", "*1234"),
    ],
)
def test_a_tail_is_read(text: str) -> None:
    assert [span.value for span in find_tails(normalize(text))] == ["1234"]


@pytest.mark.parametrize("text", ["1234", "尾号12345", "借1234", "2026"])
def test_other_numbers_are_no_tails(text: str) -> None:
    assert find_tails(normalize(text)) == ()
