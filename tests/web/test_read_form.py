"""What is not like its form is refused: every field that is wrong is named, what was sent is not."""

import re
from dataclasses import fields, is_dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter

from servicebot.domain.errors import RejectedError
from servicebot.web import request_forms
from servicebot.web.form_adapter import form_rules
from servicebot.web.read_form import read_values
from servicebot.web.request_forms import (
    MOST_LINES,
    MOST_TEXT,
    Above,
    Assigning,
    BankNotice,
    Message,
    Named,
    Opening,
    SigningIn,
    Wait,
    Words,
)

FORMS = [
    one
    for one in vars(request_forms).values()
    if is_dataclass(one) and one.__module__ == request_forms.__name__
]

BLANKS = " \t\n\x1c\x1f\x85\u00a0\u2028\u3000\ufeff\u200b\x00a1"
SPACE_OF_JAVASCRIPT = r"\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff"


def refusal(values: dict[str, object], form: type[object]) -> str:
    with pytest.raises(RejectedError) as caught:
        read_values(values, form)
    return str(caught.value)


@pytest.mark.parametrize("form", FORMS, ids=lambda one: one.__name__)
def test_every_field_says_what_it_must_be(form: type) -> None:
    assert set(form_rules(form)) == {one.name for one in fields(form)}
    assert all(rule.startswith("must ") for rule in form_rules(form).values())


def test_all_wrong_fields_are_told_at_once() -> None:
    told = refusal({"conversation": "c/../d", "text": "长" * 2001}, Message)
    assert told == (
        "`id` must have 1 to 80 of A-Z a-z 0-9 _ . : - `text` has 2001 characters; at most 2000."
        " `conversation` must have 1 to 80 of A-Z a-z 0-9 _ . : -"
    )


@pytest.mark.parametrize(
    ("values", "form", "told"),
    [
        ({"language": "fr"}, Opening, "`language` must be zh or en."),
        ({"language": None}, Opening, "`language` must be zh or en."),
        ({"former": 7}, Opening, "`former` must be a text of at most 2000 characters, or null."),
        ({"agent": "\x1c \u3000"}, Assigning, "`agent` must be a text."),
        ({"wait": "yes"}, Wait, "`wait` must be 0 or 1."),
        ({"after": True}, Above, f"`after` must be a whole number of 0 to {MOST_LINES}."),
    ],
)
def test_each_refusal_says_what_to_write(
    values: dict[str, object], form: type[object], told: str
) -> None:
    assert refusal(values, form) == told


def test_news_that_the_bank_does_not_send_is_refused() -> None:
    names = ("event_id", "conversation", "channel", "channel_user", "reference_id")
    told = refusal({"event": "money.settled", **dict.fromkeys(names, "x")}, BankNotice)
    assert told.startswith("`event` must be one of identity.bound")


def test_what_was_typed_is_not_told_and_not_printed() -> None:
    assert "13800138000" not in refusal({"name": "li", "password": ["13800138000"]}, SigningIn)
    read = read_values({"name": "li", "password": "13800138000", "code": "424242"}, SigningIn)
    assert "13800138000" not in repr(read)
    assert "424242" not in repr(read)


def test_what_a_form_does_not_know_is_passed_over() -> None:
    assert read_values({"id": "a", "further": [1]}, Named) == Named(id="a")


@given(st.text(st.sampled_from(BLANKS), max_size=4))
def test_words_are_refused_just_where_nothing_is_left_without_blanks(text: str) -> None:
    if text.strip():
        assert read_values({"agent": text}, Assigning).agent == text
    else:
        refusal({"agent": text}, Assigning)


@given(st.text(st.sampled_from(BLANKS), min_size=1, max_size=4))
def test_what_the_document_allows_in_javascripts_reading_is_taken(text: str) -> None:
    pattern = TypeAdapter(Words).json_schema()["pattern"].replace(r"\s", SPACE_OF_JAVASCRIPT)
    if re.search(pattern, text):
        assert read_values({"agent": text}, Assigning).agent == text


@given(st.text(st.sampled_from("aZ9_.:-\n é/"), max_size=82))
def test_an_id_has_only_its_letters_and_no_end_of_line(text: str) -> None:
    plain = text.isascii() and 1 <= len(text) <= 80 and not set(text) & set("\n /")
    if plain:
        assert read_values({"id": text}, Named).id == text
    else:
        refusal({"id": text}, Named)


@given(st.one_of(st.integers(), st.text("0123456789 +_.-٣", max_size=12), st.floats(), st.none()))
def test_a_number_of_a_line_is_one_or_its_digits(value: object) -> None:
    digits = isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) <= 10
    number = int(value) if isinstance(value, str) and digits else value
    if isinstance(number, int) and 0 <= number <= MOST_LINES:
        assert read_values({"after": value}, Above).after == number
    else:
        refusal({"after": value}, Above)


def test_a_text_of_the_full_length_is_taken() -> None:
    assert len(read_values({"agent": "长" * MOST_TEXT}, Assigning).agent) == MOST_TEXT
