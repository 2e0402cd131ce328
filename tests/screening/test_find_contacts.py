"""Ids of messengers are known by name, sound, picture, wish and owner; codes of the bank pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban
from tests.screening.data_files import ALLOWED

from servicebot.screening.check_digits import has_iban_check
from servicebot.screening.gate import forbidden_in
from servicebot.screening.mask import mask_personal_numbers
from servicebot.screening.words import load_words

NAMES = (
    "V信",
    "绿泡泡",
    "企鹅号",
    "飞书",
    "秋秋",
    "抖音",
    "纸飞机",
    "Telegram",
    "WhatsApp",
    "LINE",
)
IDS = ("refund88", "kf_wang7", "738291546", "七三八二九一五四六")
FORMS = ("{0}{1}", "{0}：{1}", "加{0} {1}", "{0}号 {1}", "{1}（{0}）", "我{0}是{1}", "{0}搜{1}")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", FORMS)
def test_an_id_beside_a_messenger_does_not_leave(name: str, form: str) -> None:
    glued = form == "{0}{1}" and name.isascii()  # LINErefund88 is a word of its own
    texts = [form.format(name, one) for one in IDS if not glued or not one[0].isalpha()]
    assert [text for text in texts if not forbidden_in(text, ALLOWED)] == []


@pytest.mark.parametrize(
    "text",
    [
        "加我 REFUND88",
        "私聊我 refund88",
        "联系理赔专员 Refund_88",
        "张经理：refund88",
        "我的号 refund88",
        "refund88 加我",
        "请问 refund88",
        "复制 refund88 去添加",
        "🐧 738291546",
        "🅥🅧 refund88",
        "微亻言 refund88",
        "ѵx refund88",
        "TelegramID refund88",
        "wxrefund88",
        "君羊 738291546",
        "evil·com",
        "evil com（中间加点）",
        "wwwevilcom",
        "refund#qq.com（#换成@）",
        "138×0013×8000",
        "138空格0013空格8000",
        "账户 0200 0012 0920 0123 456",
        "372916045",
        "加微信 wx_1",
        "微信:wx20261128",
    ],
)
def test_these_ways_out_do_not_leave(text: str) -> None:
    assert forbidden_in(text, ALLOWED)


@pytest.mark.parametrize(
    "verb", ["查看", "搜索", "打开App搜索", "添加", "关注", "领取", "参加", "使用"]
)
@pytest.mark.parametrize(
    "code",
    [
        *("产品代码 FUND2026A", "WLD01A", "银行卡 BOC6688", "加息券 JX2026A", "活动 promo2026"),
        *("工单 A0391", "订单 20260315001", "网点 SZ-0012", "文件 bill_2026.pdf", "iPhone15"),
    ],
)
def test_codes_of_the_banks_business_leave(verb: str, code: str) -> None:
    assert forbidden_in(f"{verb}{code}", ALLOWED) == ()
    assert forbidden_in(f"{verb} {code}", ALLOWED) == ()


LENGTHS = load_words().tables["iban_lengths"]


@given(st.sampled_from(sorted(LENGTHS)), st.text("0123456789ABCXYZ", min_size=33, max_size=33))
def test_an_international_account_is_known_by_country_length_and_check(
    country: str, signs: str
) -> None:
    rest = signs[: int(LENGTHS[country]) - 4]
    right = f"{country.upper()}{iban.calc_check_digits(f'{country}00{rest}')}{rest}"
    assert has_iban_check(right.lower())
    assert right not in mask_personal_numbers(f"IBAN {right} please")
    assert forbidden_in(f"账号 {right}", ALLOWED)


WORDS_OF_CODES = (
    "订单号",
    "流水号",
    "工单",
    "合同编号",
    "产品代码",
    "券码",
    "预约号",
    "服务单",
    "voucher",
)
CODES = ("AB2026091500123", "AB-2026-0031", "2026-0915-0012", "20260915000123", "9283746550", "A10")


@pytest.mark.parametrize("word", WORDS_OF_CODES)
@pytest.mark.parametrize("form", ["{0} {1}", "{0}：{1}", "您的{0}是{1}", "{0}为 {1}，请保存"])
def test_the_codes_behind_words_of_the_banks_business_leave(word: str, form: str) -> None:
    texts = [form.format(word, code) for code in CODES]
    assert [text for text in texts if forbidden_in(text, ALLOWED)] == []
