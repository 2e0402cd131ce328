"""Fourteen thousand generated items in twelve spellings: recall and precision of the masking."""

from tests.screening.make_private import SPELLINGS, harmless_items, private_items

from servicebot.screening.mask import mask_personal_numbers

SEED, PRIVATE, HARMLESS = 14, 10_000, 4_000


def test_private_numbers_are_found_in_twelve_spellings_and_harmless_ones_are_not() -> None:
    items = list(private_items(SEED, PRIVATE))
    missed = [item for item in items if item.value in mask_personal_numbers(item.text)]
    harmless = list(harmless_items(SEED, HARMLESS))
    wrong = [item for item in harmless if mask_personal_numbers(item.text) != item.text]
    found = PRIVATE - len(missed)
    assert {item.spelling for item in items} == set(SPELLINGS)
    assert found / PRIVATE >= 0.995, missed[:20]
    assert found / (found + len(wrong)) >= 0.98, wrong[:20]
