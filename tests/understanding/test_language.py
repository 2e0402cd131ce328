"""The language follows the script, then the hint, then Chinese."""

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
