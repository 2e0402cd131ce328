"""Nonsense is made in the script of the content, the same every time."""

from servicebot.domain.understanding import Language
from servicebot.training.foreign_texts import make_foreign_texts
from servicebot.understanding.language import detect_language


def test_nonsense_is_in_the_content_s_script() -> None:
    assert {detect_language(text) for text in make_foreign_texts(("还款", "a"), 50)} == {
        Language.ZH
    }
    assert all(text.isascii() for text in make_foreign_texts(("repay",), 50))


def test_nonsense_is_always_the_same() -> None:
    assert make_foreign_texts(("还款",), 20) == make_foreign_texts(("锁卡",), 20)
    assert len(set(make_foreign_texts(("还款",), 20))) == 20
