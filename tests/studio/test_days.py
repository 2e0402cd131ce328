"""Each turn with words is counted once: on its day in the bank's zone, by the line that answered."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.studio.days import line_of_rule

WORDS = st.text("abz_-", min_size=1, max_size=8)


@given(WORDS, WORDS)
def test_a_topic_belongs_to_its_line_or_its_group(first: str, second: str) -> None:
    assert line_of_rule(f"topic:{first}/{second}") == first
    assert line_of_rule(f"topic:{first}.{second}") == first
    assert line_of_rule(f"topic:{first}/{second}:more") == first


@given(WORDS)
def test_a_rule_without_a_topic_has_no_line(rule: str) -> None:
    assert line_of_rule(rule) == ""
