"""What is no one exact figure of yuan is told apart, and is never certain."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.understanding import AmountDoubt
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.money import find_money

ABOUT, EITHER_OR, FOREIGN = AmountDoubt.ABOUT, AmountDoubt.EITHER_OR, AmountDoubt.FOREIGN
NEGATIVE, PERCENT, RANGE = AmountDoubt.NEGATIVE, AmountDoubt.PERCENT, AmountDoubt.RANGE


def doubts(text: str) -> list[tuple[object, AmountDoubt | None]]:
    found = find_money(normalize(text))
    assert not any(span.certain for span in found if span.doubt is not None)
    return [(span.value, span.doubt) for span in found]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "两三百",
            "三四百吧",
            "五六千",
            "一两百块",
            "三五千",
            "还两三百",
            "十二三块",
            "七八万",
            "一百二三",
        ),
        *(
            "500到800",
            "500-800",
            "500~800元",
            "500至800块",
            "五百到八百",
            "还500到800吧",
            "500元-800元",
        ),
        *(
            "2到3百",
            "两到三千",
            "3-5千",
            "2、3百",
            "两、三百",
            "1、2千块",
            "500和800之间",
            "在500与800之间",
        ),
        *(
            "几百块",
            "几千",
            "好几百",
            "十几万",
            "二十多万",
            "3千多万",
            "上千块",
            "数百元",
            "十几块",
        ),
        *("a couple of hundred", "a few hundred", "several thousand yuan", "couple hundred"),
        *("2 or 3 hundred", "two or three hundred", "2 to 3 thousand", "two to three hundred yuan"),
        *("between 500 and 800", "from 500 to 800", "500 to 800 yuan", "one or two thousand"),
        *("between two hundred and three hundred", "a hundred or two", "some hundreds", "5-6k"),
    ],
)
def test_a_range_is_no_amount(text: str) -> None:
    assert doubts(text) == [(0, RANGE)]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        *(("500还是1000", [50_000, 100_000]), ("500或者1000", [50_000, 100_000])),
        *(("还500还是还1000", [50_000, 100_000]), ("是五百,还是一千", [50_000, 100_000])),
        *(("500块还是1千块好", [50_000, 100_000]), ("还500划算还是1000划算", [50_000, 100_000])),
        *(("要么500要么1000", [50_000, 100_000]), ("500或1000或2000", [50_000, 100_000, 200_000])),
        *(("either 500 or 1000", [50_000, 100_000]), ("500, or maybe 1,000?", [50_000, 100_000])),
        *(
            ("five hundred or a thousand", [50_000, 100_000]),
            ("pay 500 or pay 800", [50_000, 80_000]),
        ),
        *(("500还是全部", [50_000]), ("500 or all of it", [50_000]), ("全部还是500", [50_000])),
        *(("500和1000哪个好", [50_000, 100_000]), ("500还是说1000", [50_000, 100_000])),
        *(("500? 还是600?", [50_000, 60_000]), ("500 / 1000", [50_000, 100_000])),
        *(("two hundred or three hundred", [20_000, 30_000]),),
    ],
)
def test_a_choice_keeps_its_amounts(text: str, fen: list[int]) -> None:
    assert doubts(text) == [(value, EITHER_OR) for value in fen]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "百分之五十",
            "50%",
            "五成",
            "一半",
            "还一半",
            "百分之零点五",
            "50 percent",
            "fifty percent",
        ),
        *(
            "三分之一",
            "half",
            "pay half",
            "half of it",
            "two thirds of it",
            "七成",
            "百分之20",
            "50％",
        ),
        *("先还一半吧", "还掉30%", "a quarter of it"),
    ],
)
def test_a_share_is_no_amount(text: str) -> None:
    assert doubts(text) == [(0, PERCENT)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "日利率0.02%",
            "年化14.6%",
            "利率是百分之五",
            "5% interest",
            "手续费3%",
            "我的另一半",
            "成功了",
        ),
        *(
            "half a year",
            "half an hour",
            "the second half",
            "一成不变",
            "统一成一个还款日",
            "100 percent yes",
            "百分之百确定",
            "装到一半",
            "rate of 5 percent",
        ),
    ],
)
def test_a_rate_and_other_halves_are_nothing(text: str) -> None:
    assert doubts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "500美元",
            "$500",
            "500 USD",
            "usd 500",
            "港币500",
            "500港币",
            "500块美金",
            "US$500",
            "€20",
        ),
        *("five hundred dollars", "500 us dollars", "300欧元", "HK$1,000", "一千日元", "还500美金"),
        *("500刀", "100英镑", "500台币", "20 euros", "500$", "usd500", "500到800美元"),
    ],
)
def test_another_currency_is_told(text: str) -> None:
    assert doubts(text) == [(0, FOREIGN)]


@pytest.mark.parametrize(
    "text",
    [
        *("-500", "负五百", "负500元", "minus 500", "negative 500", "还-500", "¥-500", "-¥500"),
        *("- 500".replace(" ", ""), "−500", "-1.5万", "还 -500 块"),
    ],
)
def test_an_amount_below_zero_is_told(text: str) -> None:
    assert doubts(text) == [(0, NEGATIVE)]


@pytest.mark.parametrize(
    "text",
    [
        *(
            "500左右",
            "大概500",
            "大约500块",
            "差不多五百",
            "500块上下",
            "500多",
            "500多块",
            "五百来块",
        ),
        *(
            "还大概500",
            "大概还500",
            "约500元",
            "500出头",
            "最多500",
            "至少还500",
            "500以内",
            "近500块",
        ),
        *("about 500", "around 500 yuan", "500 or so", "500ish", "roughly five hundred", "500+"),
        *(
            "at most 500",
            "up to 500",
            "500 at most",
            "approximately ¥500",
            "maybe 500",
            "500 yuan or so",
        ),
    ],
)
def test_a_guess_keeps_its_figure(text: str) -> None:
    assert doubts(text) == [(50_000, ABOUT)]


@pytest.mark.parametrize(
    "text",
    [
        *("还500到卡里", "还500到尾号8821", "转500到8821那张卡", "我还是还500吧", "how about 500"),
        *("what about 500", "还500,15号之前", "要不还500", "最近还500", "预约500", "500多少利息"),
        *("change it from 500", "提前还款——五百", "500还是算了"),
    ],
)
def test_one_figure_stays_one_figure(text: str) -> None:
    assert doubts(text) == [(50_000, None)]


def test_a_change_is_no_range() -> None:
    assert doubts("change it from 500 to 800") == [(50_000, None), (80_000, None)]
    assert doubts("不是500,是800") == [(50_000, None), (80_000, None)]


@given(st.integers(1, 9_999), st.integers(1, 9_999))
def test_two_figures_with_a_word_between_them_are_never_one_amount(one: int, other: int) -> None:
    low, high = sorted((one, other))
    for word in ("到", "至", " to ", "元到"):
        assert doubts(f"{low}{word}{high}元") == [(0, RANGE)]
    for word in ("还是", "或者", " or ", "元还是"):
        assert doubts(f"{one}{word}{other}元") == [(one * 100, EITHER_OR), (other * 100, EITHER_OR)]


@given(
    st.integers(1, 99_999), st.sampled_from(["美元", "美金", " usd", "港币", " dollars", "欧元"])
)
def test_any_figure_of_another_currency_is_told(number: int, currency: str) -> None:
    assert doubts(f"还{number}{currency}") == [(0, FOREIGN)]


PIECES = [
    *(
        "500",
        "两三百",
        "1.2w",
        "三千",
        "元",
        "块",
        "5毛",
        "角",
        "分",
        "到",
        "-",
        "还是",
        "或者",
        "or",
        " ",
    ),
    *(
        "百分之",
        "%",
        "成",
        "一半",
        "美元",
        "$",
        "¥",
        "负",
        "大概",
        "左右",
        "多",
        "几",
        "还",
        "合同号",
        "期",
        "个月",
    ),
    *(
        "two",
        "hundred",
        "thousand",
        "and",
        "yuan",
        "half",
        "about",
        "to",
        "k",
        ",",
        ".",
        "点",
        "零",
        "廿",
        "第",
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_heap_of_pieces_is_survived_and_keeps_the_rules(text: str) -> None:
    end = 0
    for span in find_money(text):
        assert end <= span.start < span.end <= len(text)
        assert isinstance(span.value, int)
        assert span.value >= 0
        if span.doubt not in {None, ABOUT, EITHER_OR}:
            assert span.value == 0
        assert span.doubt is None or not span.certain
        end = span.end


@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    find_money(text)
    find_money(normalize(text))


@pytest.mark.parametrize("piece", [*PIECES, "一", "1,", "1 or ", "五十", "2k ", "a ", "half a "])
def test_two_thousand_characters_take_linear_time(piece: str) -> None:
    text = (piece * 2000)[:2000]
    assert _best(text) < max(0.02, 8 * _best(text[:500]))


def _best(text: str) -> float:
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        find_money(text)
        times.append(time.perf_counter() - begun)
    return min(times)
