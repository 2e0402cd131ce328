"""Product names are found in both languages, misspelled too."""

import pytest

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.products import find_products


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("微粒贷怎么还", "weilidai"),
        ("微粒货", "weilidai"),
        ("微粒貸", "weilidai"),
        ("WeiLiDai limit", "weilidai"),
        ("微业贷", "weiyedai"),
        ("my business loan", "weiyedai"),
        ("微车贷", "weichedai"),
        ("car loans", "weichedai"),
        ("微路贷", "weiludai"),
        ("微装贷", "weizhuangdai"),
        ("财富贷", "caifudai"),
        ("我的理财", "wealth"),
    ],
)
def test_a_product_is_found(text: str, expected: str) -> None:
    assert [span.value for span in find_products(normalize(text))] == [expected]


def test_the_longest_name_wins() -> None:
    assert [span.value for span in find_products("wealth loan")] == ["caifudai"]


def test_parts_of_words_are_no_products() -> None:
    assert find_products("commonwealth") == ()
