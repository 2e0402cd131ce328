"""Personal numbers never reach a store or a log."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from servicebot.screening.mask import mask_personal_numbers


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("卡号6222021234567894", "卡号****7894"),
        ("6222 0212 3456 7894", "****7894"),
        ("6222-0212-3456-7894转账", "****7894转账"),
        ("62220212345678", "[number]"),
        ("身份证11010519491231002X", "身份证[identity]"),
        ("我的电话13800138000", "我的电话[mobile]"),
        ("+86 138-0013-8000", "[mobile]"),
        ("mail a.b@bank.example 谢谢", "mail [mail] 谢谢"),
        ("验证码是123456", "验证码是[code]"),
        ("my PIN is 4321", "my PIN is [code]"),
        ("密码:abc123", "密码:[code]"),
    ],
)
def test_these_are_masked(text: str, masked: str) -> None:
    assert mask_personal_numbers(text) == masked


@pytest.mark.parametrize(
    "text",
    [
        "还12000.5元",
        "1,200,000元",
        "尾号6688",
        "2026-12-05到期",
        "借了10000块 分12期",
        "忘记密码怎么办",
        "password reset please",
        "第2笔",
    ],
)
def test_these_stay_readable(text: str) -> None:
    assert mask_personal_numbers(text) == text


@given(st.from_regex(r"62[0-9]{13,16}", fullmatch=True), st.text("我的卡呢 ,。abc", max_size=20))
def test_no_card_survives_whatever_stands_around_it(first: str, around: str) -> None:
    number = first + luhn.calc_check_digit(first)
    assert number not in mask_personal_numbers(f"{around} {number} {around}")


@given(st.text(max_size=200))
def test_any_text_is_masked_without_error(text: str) -> None:
    mask_personal_numbers(text)


def test_full_width_digits_are_digits() -> None:
    wide = "6222021234567894".translate({ord(str(d)): 0xFF10 + d for d in range(10)})
    assert mask_personal_numbers(wide) == "****7894"
