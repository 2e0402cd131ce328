"""The packed phrases answer as the dictionary they were made of."""

from hypothesis import given
from hypothesis import strategies as st

from servicebot.understanding.taught_phrases import build_taught_phrases

TEXTS = st.text(alphabet=st.characters(codec="utf-8"), max_size=6)


@given(st.dictionaries(TEXTS, st.integers(0, 400)), st.lists(TEXTS))
def test_every_phrase_is_found_and_nothing_else(taught: dict[str, int], others: list[str]) -> None:
    packed = build_taught_phrases(taught)
    for text in (*taught, *others):
        assert packed.get(text) == taught.get(text)
