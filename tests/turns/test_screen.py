"""What comes in is cleaned and masked; what leaves holds no stranger's links or numbers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import (
    AgentAct,
    AgentVerb,
    Author,
    InboundMessage,
    Link,
    OutboundMessage,
    Row,
    Text,
    Unreadable,
)
from servicebot.screening.allow_list import Allowed
from servicebot.screening.gate import forbidden_in
from servicebot.turns.screen import MOST_CHARACTERS, screen_in, screen_out

ORIGINS = Allowed(origins=frozenset({"https://bank.example"}))


def said(text: str) -> InboundMessage:
    return InboundMessage(
        channel="web",
        message_id="1",
        conversation_id="web:c",
        sender="c",
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        content=Text(text=text),
    )


def words(message: InboundMessage) -> str:
    assert isinstance(message.content, Text)
    return message.content.text


def test_control_and_direction_characters_are_dropped() -> None:
    assert words(screen_in(said("余\u202e额\x00\u200b"))) == "余额"


def test_a_card_number_is_masked_before_it_is_stored() -> None:
    assert words(screen_in(said("6222021234567894"))) == "****7894"


@given(st.text(max_size=3 * MOST_CHARACTERS))
def test_any_text_comes_out_short_and_encodable(text: str) -> None:
    screened = words(screen_in(said(text)))
    assert len(screened) <= MOST_CHARACTERS + 8
    screened.encode()


def test_direction_marks_of_an_agent_reach_nobody() -> None:
    act = AgentAct(
        verb=AgentVerb.SAY, agent="li", ticket_id="t", text="您\u202e好\u200b 13800138000"
    )
    screened = screen_in(replace(said(""), content=act)).content
    assert isinstance(screened, AgentAct)
    assert screened.text == "您好 13800138000"


@pytest.mark.parametrize("name", ["http://[领奖", "http://[", "https://]", "//[::", "http://[::1"])
def test_a_name_that_is_half_an_address_is_hidden_and_nothing_fails(name: str) -> None:
    reply = OutboundMessage(
        name="transactions", author=Author.BOT, text="x", rows=(Row(label=name, value="1.00元"),)
    )
    screen_out(reply, ORIGINS)
    assert name.startswith("//") or forbidden_in(f"{name}领奖", ORIGINS)


def test_what_is_no_text_is_left_alone() -> None:
    picture = InboundMessage(
        channel="web",
        message_id="1",
        conversation_id="web:c",
        sender="c",
        received_at=datetime(2026, 11, 23, tzinfo=UTC),
        content=Unreadable(what="image"),
    )
    assert screen_in(picture) is picture


@pytest.mark.parametrize(
    "text",
    [
        "请打开 https://evil.example/x",
        "call 13800138000",
        "打 95588 吧",
        "打到6222021234567894",
        "www.evil.example",
    ],
)
def test_strange_links_and_numbers_are_found(text: str) -> None:
    assert forbidden_in(text, ORIGINS)


@pytest.mark.parametrize(
    "text",
    [
        "https://bank.example/app",
        "应还 12,345.67元",
        "尾号 6688",
        "2026年12月5日",
        "95000元",
        "13800.50元",
    ],
)
def test_the_banks_own_links_and_amounts_pass(text: str) -> None:
    assert forbidden_in(text, ORIGINS) == ()


def test_a_memo_with_a_strangers_link_is_hidden() -> None:
    reply = OutboundMessage(
        name="transactions",
        author=Author.BOT,
        text="最近的交易",
        rows=(Row(label="中奖请点 http://evil.example/a", value="1.00元"),),
    )
    shown = screen_out(reply, ORIGINS)
    assert shown.rows[0].label == "中奖请点 ***"
    assert shown.text == "最近的交易"


def test_what_reads_like_a_lure_is_hidden_as_a_whole_and_only_in_the_card() -> None:
    lure = "收款异常！请进群核实"
    reply = OutboundMessage(
        name="transactions",
        author=Author.BOT,
        text=f"最近的交易“{lure}”",
        rows=(Row(label=f"11-28 10:03 “{lure}”", value="1.00元"),),
        strangers=(lure,),
    )
    shown = screen_out(reply, ORIGINS, ("请进群核实",))
    assert shown.rows == (Row(label="11-28 10:03 “***”", value="1.00元"),)
    assert (shown.text, shown.strangers) == (reply.text, ())


def test_a_link_button_off_the_list_is_a_fault() -> None:
    reply = OutboundMessage(
        name="x", author=Author.BOT, text="x", links=(Link(label="x", url="https://evil.example"),)
    )
    with pytest.raises(RejectedError):
        screen_out(reply, ORIGINS)


@pytest.mark.parametrize("digits", range(11, 21))
def test_the_banks_receipt_number_stays_and_an_account_number_beside_it_does_not(
    digits: int,
) -> None:
    number = "".join(str(place % 10) for place in range(1, digits + 1))
    text = f"已还款。回单号 {number}。账户 6222021234567894"
    message = OutboundMessage(name="x", author=Author.BOT, text=text, receipts=(number,))
    assert screen_out(message, ORIGINS).text == f"已还款。回单号 {number}。账户 ***"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("加微信 wx_refund88 领取退款", "领取退款"),
        ("打13800138000.", "打"),
        ("请登录 evil-bank.com/login 核实", "核实"),
        ("退款\u202e00083100831", "退款"),
        ("evil。com领奖", "领奖"),
    ],
)
def test_a_strangers_way_out_is_hidden_in_the_banks_own_answer(name: str, kept: str) -> None:
    row = Row(label=f"11-28 10:03 “{name}”", value="1.00元")
    reply = OutboundMessage(name="transactions", author=Author.BOT, text="最近的交易", rows=(row,))
    (shown,) = screen_out(reply, ORIGINS).rows
    assert "***" in shown.label
    assert shown.label.startswith("11-28 10:03 “")
    assert kept in shown.label
    assert shown.value == "1.00元"
