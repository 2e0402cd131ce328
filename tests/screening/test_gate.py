"""The gate: nothing odd raises, and everything the bank approved passes."""

import re
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screening.data_files import ALLOWED, DAY

from servicebot.content.content import Content
from servicebot.dialogue.phrase import PLACEHOLDER
from servicebot.screening.allow_list import AllowList, Contact
from servicebot.screening.gate import forbidden_in, hide_forbidden
from servicebot.screening.mask import mask_personal_numbers

ODD = st.text("htps:/[]@.。．｡\\\u202e\u202c １3八evil.com微信qQ加我#?％領", max_size=60)
WORST = ["密码是" * 666, "0755-" * 400, "1." * 1000, "one " * 500, "123,456," * 250, "加微信" * 666]
WORST += ["验证码123456," * 150, "密码 " * 600, "微 信 " * 500, "%2e" * 666, "e " * 1000]
WORST += [
    "a_" * 1000,
    "加🐧七三八二九一五四六" * 160,
    "我的号 jf88x " * 200,
    "香港 62834719 " * 180,
]
WORST += ["密码" + " " * 1998, "1" * 2000, "http:" * 400, "1 " * 1000, "a." * 1000, "微信" * 1000]


@given(st.one_of(ODD, st.text(max_size=200)))
def test_any_text_passes_the_gate_and_the_masking_without_error(text: str) -> None:
    forbidden_in(text, ALLOWED)
    mask_personal_numbers(text)


@given(ODD)
def test_nothing_forbidden_is_left_in_what_was_hidden(text: str) -> None:
    hidden = hide_forbidden(text, ALLOWED)
    assert not {part for part in forbidden_in(hidden, ALLOWED) if part in text}


@pytest.mark.parametrize("text", WORST)
def test_the_longest_text_of_the_worst_kind_is_read_at_once(text: str) -> None:
    """2,000 characters took 84 ms; benchmarks/screening.py has the figures, this only the kind."""
    began = time.thread_time()
    mask_personal_numbers(text)
    forbidden_in(text, ALLOWED)
    assert time.thread_time() - began < 0.06


def test_a_number_of_the_list_may_be_named_only_on_its_days() -> None:
    contact = Contact(value="95000", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))
    listed = AllowList(contacts=(contact,))
    assert forbidden_in("请拨打95000", listed.on(date(2026, 6, 30))) == ()
    assert forbidden_in("请拨打95000", listed.on(date(2026, 7, 1))) == ("95000",)
    assert forbidden_in("请拨打95000", listed.on(date(2025, 12, 31))) == ("95000",)


def test_a_public_account_of_the_list_may_be_named_only_on_its_days() -> None:
    contact = Contact(value="示例银行", valid_from=date(2026, 1, 1), valid_until=date(2026, 6, 30))
    listed, said = AllowList(contacts=(contact,)), "请关注公众号「示例银行」"
    assert forbidden_in(said, listed.on(date(2026, 6, 30))) == ()
    assert forbidden_in(said, listed.on(date(2026, 7, 1))) == ("示例银行",)


def test_a_listed_host_may_be_linked_to_by_https_only() -> None:
    contact = Contact(value="bank.cn", valid_from=date(2026, 1, 1), valid_until=None)
    allowed = AllowList(contacts=(contact,)).on(DAY)
    assert forbidden_in("请看bank.cn或https://bank.cn/a？", allowed) == ()
    assert forbidden_in("http://bank.cn/a", allowed)
    assert forbidden_in("https://bank.cn:8443/a", allowed)


def test_the_banks_receipt_stays_readable() -> None:
    text = "回单 98765432101234 账户 6222021234567894"
    assert hide_forbidden(text, ALLOWED, ("98765432101234",)) == "回单 98765432101234 账户 ***"


def test_every_approved_text_passes_unharmed(content: Content) -> None:
    allowed = content.allow_list(frozenset()).on(DAY)

    def filled(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: _value(content, found), text)

    texts = [filled(f"{one.answer}\n{one.more}") for one in content.articles.values()]
    texts += [filled(one.text) for one in content.replies.values()]
    texts += [label for one in content.replies.values() for label, _ in one.buttons]
    texts += [one.title for one in content.articles.values()]
    assert [
        (text, forbidden_in(text, allowed)) for text in texts if forbidden_in(text, allowed)
    ] == []
    assert [text for text in texts if mask_personal_numbers(text) != text] == []


def _value(content: Content, found: re.Match[str]) -> str:
    name = found.group(1).removeprefix("value.")
    value = content.values.get(name)
    return f"{value.value}{value.unit}" if value is not None else "1,234.56元"
