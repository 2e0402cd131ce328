"""A cell of a sheet becomes one line of a head, whatever stands in it."""

import pytest

from servicebot.studio.tables.yaml_scalar import read_scalar, yaml_scalar


@pytest.mark.parametrize("words", ["提前还款", "a: b", "[" * 100_000, "*a", "&a {b: 1}", "- x"])
def test_a_cell_stays_what_it_says(words: str) -> None:
    assert read_scalar(yaml_scalar(words)) == words
