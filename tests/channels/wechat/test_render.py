"""Messages as WeChat text."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.channels.wechat.render import MOST_BYTES, fitting, merge, render, split
from servicebot.domain.messages import Author, Button, Link, OutboundMessage, Row


def test_everything_of_a_message_is_in_its_text() -> None:
    message = OutboundMessage(
        name="confirm_repay",
        author=Author.BOT,
        text="请确认还款:",
        rows=(Row(label="金额", value="2031.40"), Row(label="账户", value="尾号 6688")),
        buttons=(Button(label="确认", says="确认还款"), Button(label="算了", says="取消")),
        links=(Link(label="去确认", url="https://bank.example/c/1"),),
    )
    assert render(message) == (
        "请确认还款:\n金额: 2031.40\n账户: 尾号 6688\n"
        "去确认: https://bank.example/c/1\n[确认还款] [取消]"
    )


def test_an_english_message_names_its_answers_in_english() -> None:
    message = OutboundMessage(
        name="x", author=Author.BOT, text="Sure?", buttons=(Button(label="Yes", says="yes"),)
    )
    assert render(message) == "Sure?\n[yes]"


def test_texts_are_taken_from_the_first_on_while_they_fit() -> None:
    texts = ["a" * 1000, "b" * 1000, "c" * 44, "d"]
    assert fitting(texts) == 3
    assert len(merge(texts[:3]).encode()) == MOST_BYTES
    assert fitting(["字" * 683, "b"]) == 0
    assert fitting([]) == 0


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=900), max_size=6))
def test_what_fits_is_within_the_limit_and_one_more_is_not(texts: list[str]) -> None:
    count = fitting(texts)
    assert len(merge(texts[:count]).encode()) <= MOST_BYTES
    assert count == len(texts) or len(merge(texts[: count + 1]).encode()) > MOST_BYTES


@given(st.text(st.characters(exclude_categories=["Cs", "Zs", "Cc"]), max_size=4000))
def test_a_long_text_is_cut_without_losing_a_character(text: str) -> None:
    parts = split(text)
    assert all(len(part.encode()) <= MOST_BYTES for part in parts)
    assert "".join(parts) == text


def test_a_long_text_is_cut_at_line_ends() -> None:
    lines = [f"{number}. " + "字" * 100 for number in range(20)]
    parts = split("\n".join(lines))
    assert len(parts) > 1
    assert [line for part in parts for line in part.split("\n")] == lines
