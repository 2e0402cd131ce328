"""English number words are read, and nonsense is refused."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.slots.english_numbers import NUMBER_WORDS, SMALL, parse_words

ONES = list(SMALL)[:20]
TENS = list(SMALL)[20:]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("two thousand", 2000), ("twenty-five", 25), ("one hundred and five", 105)),
        *(("half a million", 500_000), ("2.5k", 2500), ("a hundred", 100)),
        ("three million two hundred thousand", 3_200_000),
        *(
            ("twelve hundred", 1200),
            ("1.2k", 1200),
            ("12k", 12_000),
            ("twelve hundred and fifty", 1250),
        ),
        *(("five hundred and six", 506), ("two and a half thousand", 2500), ("a grand", 1000)),
        *(("one point five k", 1500), ("five hundred and six point five", Fraction(1013, 2))),
        *(("two thousand 500", 2500), ("1 thousand 2 hundred", 1200), ("2 thousand and 50", 2050)),
        *(
            ("half a thousand", 500),
            ("1.2 thousand", 1200),
            ("three point two five", Fraction(13, 4)),
        ),
        *(
            ("nineteen hundred", 1900),
            ("ninety-nine thousand nine hundred and ninety-nine", 99_999),
        ),
    ],
)
def test_a_number_is_read(text: str, value: Fraction | int) -> None:
    assert parse_words(text) == value
    found = NUMBER_WORDS.search(f"pay {text} yuan")
    assert found is not None
    assert found.group() == text or text.isdecimal()


@pytest.mark.parametrize(
    "text",
    [
        *(
            "five twenty",
            "five six",
            "twenty thirty",
            "two hundred three hundred",
            "hundred hundred",
        ),
        *("two thousand three thousand", "one two three", "point five", "two hundred and 300"),
        *("thousand million", "zero hundred", "", "and", "five hundred zero", "two point twelve"),
    ],
)
def test_nonsense_is_no_number(text: str) -> None:
    assert parse_words(text) is None


def spell(number: int, *, joined: str = " and ") -> str:
    """Spells a number below a million in words."""
    if number < 20:
        return ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return TENS[tens - 2] + (f"-{ONES[ones]}" if ones else "")
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    high, low = divmod(number, scale)
    between = joined if low < 100 else " "
    return f"{spell(high)} {name}" + (f"{between}{spell(low, joined=joined)}" if low else "")


@given(st.integers(0, 999_999), st.sampled_from([" ", " and "]))
def test_spelled_words_are_read_back(number: int, joined: str) -> None:
    text = spell(number, joined=joined)
    assert parse_words(text) == number
    found = NUMBER_WORDS.search(f"{text} yuan")
    assert found is not None
    assert found.group() == text


@given(st.lists(st.sampled_from([*SMALL, "hundred", "k", "half", "and", "point", "7", "2.5"])))
def test_no_words_break_the_reader(words: list[str]) -> None:
    value = parse_words(" ".join(words))
    assert value is None or value >= 0


def test_a_count_behind_is_no_part_of_the_number() -> None:
    found = NUMBER_WORDS.search("two thousand 12 months")
    assert found is not None
    assert found.group() == "two thousand"
