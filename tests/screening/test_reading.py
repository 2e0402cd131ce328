"""A text is folded, and every sign knows where it came from."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.screening.reading import read, read_as_shown, visible


@given(st.text(max_size=200))
def test_every_folded_sign_stands_for_a_place_of_the_original(text: str) -> None:
    for reading in (read(text), read_as_shown(text)):
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
