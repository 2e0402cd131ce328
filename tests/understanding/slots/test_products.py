"""Product names are found in both languages, misspelled too."""

from pathlib import Path

import pytest

from servicebot.content.load import load_content
from servicebot.understanding.normalize import build_product_names, normalize
from servicebot.understanding.slots.products import find_products

NAMED = build_product_names(load_content(Path(__file__).parents[3]))


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
    assert [span.value for span in find_products(normalize(text), NAMED)] == [expected]


def test_the_longest_name_wins() -> None:
    assert [span.value for span in find_products("wealth loan", NAMED)] == ["caifudai"]


def test_parts_of_words_are_no_products() -> None:
    assert find_products("commonwealth", NAMED) == ()
