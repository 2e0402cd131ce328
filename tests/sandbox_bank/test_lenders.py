import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.sandbox_bank.lenders import split_by_share


@st.composite
def shares(draw: st.DrawFn) -> list[int]:
    cuts = draw(st.lists(st.integers(min_value=0, max_value=1_000_000), max_size=5).map(sorted))
    return [end - begin for begin, end in zip([0, *cuts], [*cuts, 1_000_000], strict=True)]


@given(amount_fen=st.integers(min_value=0, max_value=10**13), parts_ppm=shares())
def test_the_parts_add_up_and_are_within_a_fen_of_the_exact_share(
    amount_fen: int, parts_ppm: list[int]
) -> None:
    parts = split_by_share(amount_fen, parts_ppm)
    assert sum(parts) == amount_fen
    for part, ppm in zip(parts, parts_ppm, strict=True):
        assert part >= 0
        assert abs(part * 1_000_000 - amount_fen * ppm) < 1_000_000


@given(
    amount_fen=st.integers(min_value=0, max_value=10**9),
    own_ppm=st.integers(min_value=0, max_value=1_000_000),
)
def test_with_two_lenders_nobodys_part_falls_when_the_amount_grows(
    amount_fen: int, own_ppm: int
) -> None:
    before = split_by_share(amount_fen, (own_ppm, 1_000_000 - own_ppm))
    after = split_by_share(amount_fen + 1, (own_ppm, 1_000_000 - own_ppm))
    assert all(later >= earlier for later, earlier in zip(after, before, strict=True))


def test_the_largest_remainder_gets_the_missing_fen() -> None:
    assert split_by_share(3, (200_000, 800_000)) == (1, 2)  # 0.6 and 2.4
    assert split_by_share(1, (500_000, 500_000)) == (1, 0)  # a tie goes to the first


@pytest.mark.parametrize("wrong", [(200_000, 700_000), (1_100_000, -100_000), ()])
def test_shares_that_are_no_whole_are_refused(wrong: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="add up"):
        split_by_share(100, wrong)
