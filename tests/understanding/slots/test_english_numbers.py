"""English number words are read, and nonsense is refused."""

import pytest

from servicebot.understanding.slots.english_numbers import parse_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("two thousand", 2000), ("twenty-five", 25), ("one hundred and five", 105)),
        *(("half a million", 500_000), ("2.5k", 2500), ("a hundred", 100)),
        ("three million two hundred thousand", 3_200_000),
    ],
)
def test_a_number_is_read(text: str, value: int) -> None:
    assert parse_words(text) == value


@pytest.mark.parametrize("text", ["five twenty", "five six", "twenty thirty"])
def test_nonsense_is_no_number(text: str) -> None:
    assert parse_words(text) is None
