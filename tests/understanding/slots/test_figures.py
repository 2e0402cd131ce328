"""Every number of a text is found once, and ends before the next word."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.slots.figures import find_figures


@pytest.mark.parametrize(
    ("text", "values"),
    [
        *(
            ("还1.2k", [1200]),
            ("500还是1千", [500, 1000]),
            ("pay 2.5k or five hundred", [2500, 500]),
        ),
        *(("借一万五个月", [10_000]), ("借一万十二个月", [10_000]), ("借5万一年", [50_000])),
        *(
            ("between two hundred and three hundred", [200, 300]),
            ("一万五元", [15_000]),
            ("借一万二一年", [12_000]),
        ),
        *(("two hundred and five", [205]), ("还two thousand块", [2000]), ("二十五期", [25])),
    ],
)
def test_numbers_are_found_in_order(text: str, values: list[int]) -> None:
    assert [figure.value for figure in find_figures(text)] == values


@pytest.mark.parametrize(
    "text",
    [
        "两三百",
        "一两百",
        "三四百",
        "五六千",
        "三五千",
        "十二三",
        "一百二三",
        "三两百",
        "七八万",
        "五六",
    ],
)
def test_two_neighbours_at_once_are_vague(text: str) -> None:
    assert [(figure.vague, figure.spelled) for figure in find_figures(text)] == [(True, text)]


@pytest.mark.parametrize("text", ["一五零零", "三二", "二十三", "一二三四", "三千五", "两百三十"])
def test_rows_and_whole_numbers_are_not_vague(text: str) -> None:
    assert [figure.vague for figure in find_figures(text)] == [False]


@pytest.mark.parametrize(
    ("text", "scaled", "lead"),
    [
        *(("3百", False, 3), ("三千", True, 3), ("three hundred", True, 3), ("12k", True, 12)),
        *(("1.5w", True, Fraction(3, 2)), ("500", False, 500), ("five", False, 5)),
    ],
)
def test_scale_and_lead_are_told(text: str, scaled: bool, lead: Fraction) -> None:  # noqa: FBT001
    (figure,) = find_figures(text)
    assert (figure.is_scaled, figure.lead) == (scaled, lead)


@given(st.text(alphabet="0123456789.,点零一二两三五九十廿百千万kw参 -andhlfmotyersk", max_size=60))
def test_figures_never_overlap(text: str) -> None:
    end = 0
    for figure in find_figures(text):
        assert end <= figure.start < figure.end <= len(text)
        assert text[figure.start : figure.end] == figure.spelled
        end = figure.end
