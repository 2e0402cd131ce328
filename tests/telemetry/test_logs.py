"""Every field of a log line is masked, and a line is always one JSON object."""

import logging

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.telemetry.logs import MaskingFormatter


def line(message: str, **extra: object) -> dict[str, object]:
    record = logging.LogRecord("x", logging.INFO, "x.py", 1, message, (), None)
    record.__dict__.update(extra)
    found: dict[str, object] = orjson.loads(MaskingFormatter("%(message)s").format(record))
    return found


def test_words_numbers_and_nested_fields_are_masked() -> None:
    found = line(
        "验证码是123456",
        phone=13800138000,
        inner={"card": ["6222 0212 3456 7890 128"]},
        ms=12.5,
        ok=True,
    )
    assert found["message"] == "验证码是[code]"
    assert found["phone"] == "[mobile]"
    assert found["inner"] == {"card": ["****0128"]}
    assert (found["ms"], found["ok"]) == (12.5, True)


def test_what_an_error_says_is_masked_too() -> None:
    said = ValueError("13800138000")
    record = logging.LogRecord(
        "x", logging.ERROR, "x.py", 1, "failed", (), (ValueError, said, None)
    )
    written = MaskingFormatter("%(message)s").format(record)
    assert "13800138000" not in written
    assert "[mobile]" in written


@pytest.mark.parametrize("value", ["a\nb", '"}', "\u2028", "13800138000\n"])
def test_a_line_stays_one_line(value: str) -> None:
    assert line(value, field=value)


@given(
    st.recursive(
        st.integers() | st.text() | st.none(),
        lambda of: st.lists(of) | st.dictionaries(st.text(), of),
        max_leaves=5,
    )
)
def test_any_value_leaves_one_json_object(value: object) -> None:
    assert "field" in line("m", field=value)
