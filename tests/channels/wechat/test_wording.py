"""What WeChat writes in place of a picture is read as what it shows."""

import pytest

from servicebot.channels.wechat.wording import platform_wording, read_text
from servicebot.domain.messages import Text, Unreadable


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("[微笑]", "🙂"),
        ("[微笑][微笑]", "🙂🙂"),
        ("/:rose", "🌹"),
        ("谢谢/:rose/:rose", "谢谢🌹🌹"),
        ("确认[OK]", "确认👌"),
        ("好的[ok]", "好的👌"),
        ("[强]", "👍"),
        ("[ThumbsUp]", "👍"),
        ("/:okthanks", "👌thanks"),
        ("/::D", "😁"),
        ("/::d", "🙄"),
        ("/::'(", "😭"),
        ("/:,@-D", "😊"),
        ("/:,@@", "😵"),
        ("[转人工]", "[转人工]"),
        ("[确认]", "[确认]"),
        ("https://example.com/a:b", "https://example.com/a:b"),
        ("3/4 [1]", "3/4 [1]"),
    ],
)
def test_an_emoticon_is_the_emoji_that_it_shows(typed: str, read: str) -> None:
    assert read_text(typed) == Text(text=read)


@pytest.mark.parametrize(
    ("notice", "what"),
    [
        ("【收到不支持的消息类型，暂无法显示】", "unsupported"),
        ("[收到不支持的消息类型，暂无法显示]", "unsupported"),
        (" 【收到不支持的消息类型,暂无法显示。】", "unsupported"),
        ("[Unsupported message]", "unsupported"),
        ("[动画表情]", "sticker"),
    ],
)
def test_a_notice_in_place_of_a_message_is_unreadable(notice: str, what: str) -> None:
    assert read_text(notice) == Unreadable(what=what)


def test_a_notice_that_somebody_quotes_is_a_text() -> None:
    quoted = "为什么显示【收到不支持的消息类型，暂无法显示】"
    assert read_text(quoted) == Text(text=quoted)


def test_no_way_to_write_an_emoticon_stands_for_two() -> None:
    wording = platform_wording()
    assert len(wording.emoji) > 250
    for written, emoji in wording.emoji.items():
        assert read_text(written) == Text(text=emoji)
