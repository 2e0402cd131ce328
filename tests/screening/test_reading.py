"""A text is folded, and every sign knows where it came from."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.screening.reading import (
    read,
    read_as_shown,
    read_by_case,
    read_with_pictures,
    visible,
    with_spoken_digits,
)


@given(st.text(max_size=200))
def test_every_folded_sign_stands_for_a_place_of_the_original(text: str) -> None:
    readings = (read(text), read_as_shown(text), read_with_pictures(text), read_by_case(text))
    for reading in filter(None, readings):
        assert len(reading.text) == len(reading.starts) == len(reading.ends)
        assert all(
            0 <= at < end <= len(text) for at, end in zip(reading.starts, reading.ends, strict=True)
        )


def test_width_script_capitals_and_what_nobody_sees_are_folded() -> None:
    assert read("驗證碼\u200b：ＡＢ１２③٤").text == "验证码:ab1234"


def test_a_turned_text_is_read_as_it_is_shown() -> None:
    assert read_as_shown("打\u202e321\u202c吧").text == "打123吧"


def test_emoji_stay_joined_and_direction_marks_go() -> None:
    assert visible("👨\u200d👩\u202e好") == "👨\u200d👩好"


def test_pictures_are_read_as_the_words_they_stand_for_and_as_the_letters_they_frame() -> None:
    assert read_with_pictures("加🐧 🅥🅧 🎈").text == "加企鹅 vx ♥"


def test_a_word_in_two_cases_is_parted_where_the_case_changes() -> None:
    parted = read_by_case("QQlisa88 TelegramID Bank")
    assert parted is not None
    assert parted.text == "qq lisa88 telegram id bank"
    assert parted.place(3, 9) == (2, 8)
    assert read_by_case("Bank of China") is None


def test_a_digit_is_read_as_often_as_it_is_said() -> None:
    said = with_spoken_digits(read("one double zero three, 一三八三个零"))
    assert said is not None
    assert "".join(sign for sign in said.text if sign.isdigit()) == "1003" + "138000"
