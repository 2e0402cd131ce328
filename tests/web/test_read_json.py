"""What the reader of bodies refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.errors import RejectedError
from servicebot.web.read_json import parse_object


@pytest.mark.parametrize(
    "body",
    [
        b'{"id": 1, "id": 2}',
        b'{"id": 1, "\\u0069d": 1}',
        b'{"a": {"b": 1, "b": 1}}',
        b'{"a": [{"b": 1}, {"b": 1, "c": 2, "b": 3}]}',
    ],
)
def test_a_name_given_twice_is_refused_at_any_depth(body: bytes) -> None:
    with pytest.raises(RejectedError, match="twice"):
        parse_object(body)


def test_the_same_name_in_two_objects_is_no_fault() -> None:
    assert parse_object('{"a": {"b": 1}, "b": [{"b": 2}, {"b": 3}]}')["b"] == [{"b": 2}, {"b": 3}]


def test_deep_and_long_bodies_are_read_or_refused_and_no_fault() -> None:
    assert parse_object('{"a": 0.' + "9" * 5_000 + "}")
    for depth in (500, 1_500, 20_000):
        try:
            parse_object('{"a": ' + "[" * depth + "]" * depth + "}")
        except RejectedError:
            continue


@given(st.dictionaries(st.text("ab", max_size=2), st.integers(0, 9), min_size=1), st.data())
def test_any_name_doubled_is_refused(values: dict[str, int], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(values)))
    rows = [f'"{one}": {value}' for one, value in values.items()]
    assert parse_object("{" + ", ".join(rows) + "}") == values
    with pytest.raises(RejectedError):
        parse_object("{" + ", ".join([*rows, f'"{name}": 0']) + "}")
