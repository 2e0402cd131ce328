"""Pushes of every kind, from the platform's own samples."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.channels.wechat.inbound import Inbound, read_inbound
from servicebot.channels.wechat.xml import read_xml
from servicebot.domain.errors import RejectedError
from servicebot.domain.messages import Arrival, Text, Unreadable

NOW = datetime(2026, 5, 15, 4, 0, tzinfo=UTC)
FILE = json.loads((Path(__file__).parents[1] / "vectors_wechat.json").read_text(encoding="utf-8"))


def sample(name: str) -> Inbound:
    return read_inbound(read_xml(FILE["samples"][name].encode()), NOW)


def test_a_text_is_read() -> None:
    inbound = sample("text")
    assert inbound.account == "toUser"
    message = inbound.message
    assert message is not None
    assert message.channel == "wechat"
    assert message.message_id == "fromUser+1234567890123456"
    assert message.conversation_id == "wechat:fromUser"
    assert message.sender == "fromUser"
    assert message.received_at == NOW
    assert message.content == Text(text="this is a test")
    assert inbound.allowance is not None
    assert (inbound.allowance.kind, inbound.allowance.sends) == ("message", 5)
    assert inbound.allowance.until == NOW + timedelta(hours=48)


def test_a_tap_on_a_message_menu_is_a_text_that_allows_three_sends_in_a_minute() -> None:
    inbound = sample("text_from_msgmenu_click")
    assert inbound.message is not None
    assert inbound.message.content == Text(text="满意")
    assert inbound.allowance is not None
    assert (inbound.allowance.kind, inbound.allowance.sends) == ("tap", 3)
    assert inbound.allowance.until == NOW + timedelta(minutes=1)


@pytest.mark.parametrize("name", ["image", "voice", "location", "link"])
def test_what_holds_no_text_is_unreadable(name: str) -> None:
    inbound = sample(name)
    assert inbound.message is not None
    assert inbound.message.content == Unreadable(what=name)
    assert inbound.allowance is not None
    assert inbound.allowance.sends == 5


def test_a_kind_that_does_not_exist_yet_is_unreadable() -> None:
    fields = read_xml(FILE["samples"]["image"].encode()) | {"MsgType": "Holo gram<>"}  # type: ignore[operator] # a dict behind the Mapping
    message = read_inbound(fields, NOW).message
    assert message is not None
    assert message.content == Unreadable(what="unknown")


@pytest.mark.parametrize("name", ["subscribe", "subscribe_scan"])
def test_a_new_follower_arrives(name: str) -> None:
    inbound = sample(name)
    assert inbound.message is not None
    assert inbound.message.content == Arrival()
    assert inbound.message.message_id.startswith("fromUser+1348831860+subscribe+")
    assert inbound.allowance is not None
    assert inbound.allowance.sends == 3


@pytest.mark.parametrize(
    ("name", "sends"), [("scan", 3), ("click", 3), ("view", None), ("unsubscribe", None)]
)
def test_other_events_are_not_answered_but_may_allow_sends(name: str, sends: int | None) -> None:
    inbound = sample(name)
    assert inbound.message is None
    assert (inbound.allowance.sends if inbound.allowance else None) == sends


def test_the_same_message_number_of_two_customers_is_two_messages() -> None:
    fields = dict(read_xml(FILE["samples"]["text"].encode()))
    one, two = read_inbound(fields, NOW), read_inbound({**fields, "FromUserName": "other"}, NOW)
    assert one.message is not None
    assert two.message is not None
    assert one.message.message_id != two.message.message_id


def test_two_events_in_the_same_second_are_two() -> None:
    fields = dict(read_xml(FILE["samples"]["click"].encode()))
    one, two = read_inbound(fields, NOW), read_inbound({**fields, "EventKey": "OTHER"}, NOW)
    assert one.allowance is not None
    assert two.allowance is not None
    assert one.allowance.opened_by != two.allowance.opened_by


@pytest.mark.parametrize(
    "change",
    [
        {"FromUserName": ""},
        {"FromUserName": "a b"},
        {"FromUserName": "x" * 65},
        {"MsgId": ""},
        {"MsgId": "12a"},
        {"MsgId": "१२"},
        {"ToUserName": "<x>"},
    ],
)
def test_a_push_without_its_fixed_fields_is_refused(change: dict[str, str]) -> None:
    with pytest.raises(RejectedError):
        read_inbound({**read_xml(FILE["samples"]["text"].encode()), **change}, NOW)


@given(
    st.dictionaries(
        st.sampled_from(
            ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId", "Event"]
        ),
        st.one_of(st.sampled_from(["text", "event", "subscribe", "o1", "123"]), st.text()),
    )
)
def test_any_fields_are_read_or_refused(fields: dict[str, str]) -> None:
    try:
        inbound = read_inbound(fields, NOW)
    except RejectedError:
        return
    assert inbound.message is None or len(inbound.message.message_id) <= 200
