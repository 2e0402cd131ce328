"""The language follows the script, then the hint, then Chinese."""

import time

import pytest

from servicebot.domain.understanding import Language
from servicebot.understanding.language import choose_language, detect_language

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("怎么还款", ZH),
        ("app 打不开", ZH),
        ("how do i repay", EN),
        ("1234", None),
        ("??", None),
        ("", None),
    ],
)
def test_the_script_tells_the_language(text: str, expected: Language | None) -> None:
    assert detect_language(text) is expected


@pytest.mark.parametrize(
    ("text", "hint", "expected"),
    [
        ("1234", EN, EN),
        ("1234", None, ZH),
        ("ok", ZH, ZH),
        ("weilidai", ZH, ZH),
        ("how do i repay", ZH, EN),
        ("hello", None, EN),
        ("还款", EN, ZH),
    ],
)
def test_the_hint_decides_where_the_text_does_not(
    text: str, hint: Language | None, expected: Language
) -> None:
    assert choose_language(text, hint) is expected


@pytest.mark.parametrize("text", ["123,456," * 250, "1." * 1000, "ab" * 1000, "密码" * 1000])
def test_two_thousand_characters_without_a_blank_are_told_at_once(text: str) -> None:
    """Amounts were looked for from every digit on: 50 ms."""
    began = time.thread_time()
    detect_language(text)
    assert time.thread_time() - began < 0.02
