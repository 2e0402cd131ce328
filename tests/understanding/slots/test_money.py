"""Amounts are read to the fen, however they are spelled."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.english_numbers import SMALL
from servicebot.understanding.slots.money import find_lone_number, find_money

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("一万二", 1_200_000),
        ("两千五", 250_000),
        ("1w", 1_000_000),
        ("1w5", 1_500_000),
        ("1.5万", 1_500_000),
        ("一点五万", 1_500_000),
        ("12000.5元", 1_200_050),
        ("三百块", 30_000),
        ("五毛", 50),
        ("三块两毛五", 325),
        ("三块五", 350),
        ("两块半", 250),
        ("3元2角5分", 325),
        ("￥1,200", 120_000),
        ("壹万贰仟元", 1_200_000),
        ("一万零五百", 1_050_000),
        ("一百零五块", 10_500),
        ("一千万", 1_000_000_000),
        ("2万5千", 2_500_000),
        ("十五块", 1500),
        ("人民币300", 30_000),
        ("two thousand", 200_000),
        ("two thousand five hundred and fifty yuan", 255_000),
        ("twenty five hundred", 250_000),
        ("a thousand yuan", 100_000),
        ("2k", 200_000),
        ("2.5k rmb", 250_000),
        ("50 bucks", 5000),
        ("1,234.56 yuan", 123_456),
        *(("壹仟贰佰元伍角陆分", 120_056), ("壹仟贰佰元整", 120_000), ("叁拾圆正", 3000)),
        *(("參仟伍佰圓", 350_000), ("壹万零伍拾元零陆分", 1_005_006), ("人民币伍佰元整", 50_000)),
        *(("1200元5分", 120_005), ("1200块50", 120_050), ("1200块05", 120_005)),
        *(("100块零5毛", 10_050), ("100块零5分", 10_005), ("一百块零五毛", 10_050)),
        *(("三块二五", 325), ("3块钱5毛", 350), ("12块3毛5", 1235), ("五毛五", 55)),
        *(("五角六分", 56), ("两千块五毛", 200_050), ("1200元零6分", 120_006)),
        *(("三块零五", 305), ("800元整", 80_000), ("一百二十元五十六分", 12_056)),
        *(("3点5千", 350_000), ("三点五千块", 350_000), ("1点2万", 1_200_000)),
        *(("1.2w", 1_200_000), ("12k", 1_200_000), ("1.2k元", 120_000), ("2k5", 250_000)),
        *(("廿块", 2000), ("卅五元", 3500), ("一百廿五块", 12_500)),
        *(("还款1w", 1_000_000), ("提前还款500元", 50_000), ("提前还款200元", 20_000)),
        *(("500rmb可以吗", 50_000), ("RMB500", 50_000), ("¥ 12.5", 1250), ("500¥", 50_000)),
        *(("500元人民币", 50_000), ("$500元", 50_000), ("500 yuan renminbi", 50_000)),
        *(("借一万用五个月", 1_000_000), ("5000分20期", 500_000), ("借一万一年", 1_000_000)),
        *(("还500一共", 50_000), ("还五百块一起", 50_000), ("500块3个月", 50_000)),
        *(("1000块一分没有", 100_000), ("5000块20期", 500_000), ("500块2次", 50_000)),
        *(("1234567890元", 123_456_789_000), ("1.2k", 120_000), ("twelve hundred", 120_000)),
        *(("five hundred and six yuan fifty", 50_650), ("506 yuan 50 fen", 50_650)),
        *(("1200 yuan 5 fen", 120_005), ("1200 yuan and 5 jiao", 120_050)),
        *(("twelve yuan five jiao six fen", 1256), ("12 kuai 5", 1250), ("fifty fen", 50)),
        *(("three yuan twenty-five", 325), ("five jiao five fen", 55), ("1200 yuan 05", 120_005)),
        *(("one point five k", 150_000), ("two and a half thousand yuan", 250_000)),
        *(("five hundred and six point five yuan", 50_650), ("a grand", 100_000)),
        *(("500 yuan 20 days", 50_000), ("500 yuan two times", 50_000)),
        *(("500 yuan,please", 50_000), ("pay two thousand 500", 250_000)),
        *(("borrow 10k for 5 months", 1_000_000), ("5000 over 20 months", 500_000)),
        *(("repay 500", 50_000), ("500kuai", 50_000), ("50 cents", 50)),
    ],
)
def test_an_amount_is_read_exactly(text: str, fen: int) -> None:
    found = find_money(normalize(text))
    assert [(span.value, span.certain, span.doubt) for span in found] == [(fen, True, None)]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        *(
            ("还五百行不行", 50_000),
            ("五百下个月还", 50_000),
            ("500会收费吗", 50_000),
            ("500周五还", 50_000),
        ),
        *(
            ("500月底还", 50_000),
            ("500分两次还", 50_000),
            ("还五百本金", 50_000),
            ("欠五百 会怎样", 50_000),
        ),
        *(("欠一万二 会怎样", 1_200_000), ("总额两万只给一半", 2_000_000), ("三万qq", 3_000_000)),
        *(("借八千半年", 800_000), ("10k one month", 1_000_000), ("我要还。500", 50_000)),
        *(
            ("借一万一起还", 1_000_000),
            ("借一万二一年", 1_200_000),
            ("1 and a half thousand", 150_000),
        ),
    ],
)
def test_the_word_behind_an_amount_is_no_counter(text: str, fen: int) -> None:
    assert find_money(normalize(text))[0].value == fen


@pytest.mark.parametrize(
    "text",
    [
        *(
            ".5元",
            "还.5",
            "砍一刀",
            "全部加一块",
            "4s店",
            "24h",
            "2x",
            "卡尾8821",
            "打95384",
            "编号 a-88123",
        ),
        *("合同号88123", "合同号:88123", "我要提前还款,合同号是88123", "单号 5566", "编号2000"),
        *("订单编号：20231", "流水号1122", "卡号8821", "微信号500", "合同88123", "工单123"),
        *("no. 500", "no.500", "my id is 88123", "contract number 88123", "order id: 5566"),
        *("ref 2000", "contract no 88123", "ticket #500", "phone 95384", "wb88123", "88123a"),
        *("2026年", "1.2.3", "138-1234-5678", "0755-1234567", "88123-1", "2026-12", "3点50"),
        *("两三天", "3到5天", "3-5个工作日", "2 or 3 loans", "分5到10期", "五六个", "三四次"),
        *("一块还了吧", "3q", "5g", "千万别", "借3到5天", "feb 30", "上千", "几块"),
        *("分12期", "借了3个月", "我有两张卡", "第三方支付", "等一下", "万一还不上", "十"),
        *("13812345678", "6222021234567890123", "10:30", "5 days late", "3 loans", "step 2", "#2"),
        *("三天后", "一下子", "日利率0.02%", "error 500", "订单号12345", "one more thing"),
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert find_money(normalize(text)) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("500", "就500吧", "五百", "五千多", "2000", "1", "123456", "我要提前还款,2000"),
        *(
            "还0755",
            "微粒贷2000",
            "还有500呢",
            "0755",
            "还是500吧",
            "还清5000那笔",
            "还掉5000块那笔",
        ),
    ],
)
def test_a_bare_number_is_not_certain(text: str) -> None:
    found = find_money(normalize(text))
    assert [span.certain for span in found] == [False]
    assert find_money(normalize(text), bare=False) == ()


@pytest.mark.parametrize(
    "text",
    [
        *("还500", "借 500", "pay 500", "转500给他", "提前还款500", "还个500", "先还上500"),
        *(
            "还微粒贷500",
            "明天帮我还微粒贷第一笔500",
            "还第二笔的500",
            "还款:500",
            "还500到尾号1234",
        ),
        *("repay my loan 500", "pay back 500", "paying off 500", "repay the first loan 500"),
        *("amount: 500", "金额500", "本金是500", "帮我把500还了,还500"),
    ],
)
def test_a_verb_of_money_makes_a_bare_number_certain(text: str) -> None:
    found = find_money(normalize(text))
    assert (found[-1].value, found[-1].certain) == (50_000, True)


def spell(number: int) -> str:
    """Spells a number below a million in English words."""
    words = list(SMALL)
    if number <= 20:
        return words[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return words[18 + tens] + (f"-{words[ones]}" if ones else "")
    scale, name = (1000, "thousand") if number >= 1000 else (100, "hundred")
    high, low = divmod(number, scale)
    rest = "" if not low else (" and " if low < 100 else " ") + spell(low)
    return f"{spell(high)} {name}{rest}"


def spell_yuan(yuan: int) -> str:
    """Spells whole yuan below 100 million in Chinese numerals, the way people write them."""
    high, low = divmod(yuan, 10_000)
    if not high:
        return _section(low)
    if not low:
        return _section(high) + "万"
    return _section(high) + "万" + ("零" if low < 1000 else "") + _section(low)


def _section(number: int) -> str:
    spelled, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            spelled += ("零" if pending_zero and spelled else "") + DIGITS[digit] + name
            pending_zero = False
        elif spelled:
            pending_zero = True
    return spelled


@given(st.integers(1, 99_999_999))
def test_spelled_chinese_numerals_are_read_back(yuan: int) -> None:
    found = find_money(spell_yuan(yuan) + "元")
    assert [span.value for span in found] == [yuan * 100]


CAPITALS = str.maketrans(DIGITS + "十百千", "零壹贰叁肆伍陆柒捌玖拾佰仟")


def spell_change(fen: int, units: tuple[str, str]) -> str:
    """Spells jiao and fen: 五角六分, 零六分."""
    jiao, rest = divmod(fen, 10)
    spelled = f"{DIGITS[jiao]}{units[0]}" if jiao else ("零" if rest else "")
    return spelled + (f"{DIGITS[rest]}{units[1]}" if rest else "")


def han_spellings(yuan: int, fen: int) -> list[str]:
    whole = spell_yuan(yuan)
    spoken = whole.replace("二百", "两百").replace("二千", "两千")
    long = whole + "元" + spell_change(fen, ("角", "分"))
    return [
        *(long, long.translate(CAPITALS), long.translate(CAPITALS) + ("" if fen % 10 else "整")),
        *(f"{spoken}块{spell_change(fen, ('毛', '分'))}", f"人民币{long}"),
        *(f"{whole}块{DIGITS[fen // 10]}{DIGITS[fen % 10]}" if fen else f"{whole}块",),
    ]


def figure_spellings(yuan: int, fen: int) -> list[str]:
    jiao, rest = divmod(fen, 10)
    change = (f"{jiao}毛" if jiao else "") + (f"{rest}分" if rest else "")
    return [
        *(
            f"{yuan}.{fen:02d}元",
            f"{yuan:,}.{fen:02d}元",
            f"¥{yuan}.{fen:02d}",
            f"{yuan}块{fen:02d}",
        ),
        *(
            f"{yuan}元{change}",
            f"{yuan}块{change}",
            f"{yuan}元零{rest}分" if rest > jiao == 0 else "0",
        ),
        *(f"{yuan}.{fen:02d} yuan", f"cny {yuan}.{fen:02d}", f"{yuan} yuan {fen} fen"),
        *(f"还{yuan}.{fen:02d}", f"repay {yuan:,}.{fen:02d}", f"{yuan} kuai {jiao} mao {rest} fen"),
    ]


@given(st.integers(1, 99_999_999), st.integers(0, 99))
def test_an_amount_is_read_back_in_every_chinese_spelling(yuan: int, fen: int) -> None:
    for text in han_spellings(yuan, fen):
        found = find_money(normalize(text))
        assert [(span.value, span.certain) for span in found] == [(yuan * 100 + fen, True)], text
        assert found[0].end - found[0].start == len(normalize(text)), text


@given(st.integers(1, 999_999_999), st.integers(0, 99))
def test_an_amount_is_read_back_in_every_spelling_of_figures(yuan: int, fen: int) -> None:
    for text in figure_spellings(yuan, fen):
        if text != "0":
            found = find_money(normalize(text))
            assert [(one.value, one.certain) for one in found] == [(yuan * 100 + fen, True)], text


@given(st.integers(1, 999_999), st.integers(0, 99))
def test_an_amount_is_read_back_in_every_english_spelling(yuan: int, fen: int) -> None:
    change = [f" and {spell(fen)} fen", f" {spell(fen)} fen"] if fen else [""]
    change += [f" {spell(fen)}"] if fen >= 10 else []
    for behind in change:
        text = f"{spell(yuan)} yuan{behind}"
        found = find_money(normalize(text))
        assert [(one.value, one.certain) for one in found] == [(yuan * 100 + fen, True)], text


@given(
    st.integers(1, 99_999),
    st.sampled_from([("万", 10_000), ("w", 10_000), ("k", 1000), ("千", 1000)]),
)
def test_scaled_decimals_are_read_back(tenths: int, unit: tuple[str, int]) -> None:
    sign, scale = unit
    for point in (".", "点"):
        text = f"{tenths // 10}{point}{tenths % 10}{sign}"
        assert [span.value for span in find_money(f"{text}元")] == [tenths * scale * 10], text


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_written_yuan_and_fen_are_read_back(yuan: int, fen: int) -> None:
    found = find_money(f"{yuan:,}.{fen:02d}元")
    assert [span.value for span in found] == [yuan * 100 + fen]


@given(st.integers(1, 9_999), st.integers(1, 9))
def test_the_digit_behind_wan_counts_thousands(high: int, digit: int) -> None:
    expected = (high * 10_000 + digit * 1000) * 100
    assert [span.value for span in find_money(f"{high}万{digit}")] == [expected]
    assert [span.value for span in find_money(f"{high}w{digit}")] == [expected]
    assert [span.value for span in find_money(f"{_section(high)}万{DIGITS[digit]}")] == [expected]


@given(st.text(alphabet="0123456789.,一二两三十百千万亿元块毛角分半点kw零 $¥-几多第", max_size=40))
def test_any_heap_of_number_signs_is_survived(text: str) -> None:
    for span in find_money(text):
        assert isinstance(span.value, int)
        assert 0 <= span.start < span.end <= len(text)
        assert span.value >= 0


@pytest.mark.parametrize("text", ["说错了,800元", "打错了,八百", "no, 800", "ok.800"])
def test_an_amount_right_behind_a_comma_is_found(text: str) -> None:
    assert [span.value for span in find_money(text)] == [80_000]


def test_the_rest_of_a_grouped_number_is_no_amount_of_its_own() -> None:
    assert [span.value for span in find_money("还1,800元")] == [180_000]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        *(
            ("1", 100),
            ("3", 300),
            ("100", 10_000),
            ("123456", 12_345_600),
            ("三", 300),
            ("十", 1000),
        ),
        *(
            (" 3. ", 300),
            ("廿五", 2500),
            ("one", 100),
            ("2.5", 250),
            ('"5"', 500),
            ("1w", 1_000_000),
        ),
        *(("twenty-one", 2100), ("0755", 75_500)),
    ],
)
def test_a_text_that_is_only_a_number_is_one_uncertain_amount(text: str, fen: int) -> None:
    found = find_lone_number(text)
    assert found is not None
    assert (found.value, found.certain, found.doubt) == (fen, False, None)
    assert text[found.start : found.end] == text.strip(' ."')


@pytest.mark.parametrize(
    "text", ["", "13812345678", "两三", "1号", "第1", "1 2", "1.234", "-5", "万"]
)
def test_what_is_not_only_one_number_is_no_lone_number(text: str) -> None:
    assert find_lone_number(text) is None
