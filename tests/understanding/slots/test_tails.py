"""The last digits of a card are read where somebody says that they are."""

from datetime import date

import pytest

from servicebot.domain.understanding import SlotKind
from servicebot.screening.mask import mask_personal_numbers
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.products import NamedProducts
from servicebot.understanding.slots.tails import find_tails


@pytest.mark.parametrize(
    "text",
    [
        *("尾号1234", "尾号是1234", "后四位 1234", "末四位1234", "1234那张卡", "尾號１２３４"),
        *("ending 1234", "card ending in 1234", "last four digits 1234", "last 4: 1234", "*1234"),
    ],
)
def test_a_tail_is_read(text: str) -> None:
    assert [span.value for span in find_tails(normalize(text))] == ["1234"]


@pytest.mark.parametrize("text", ["1234", "尾号12345", "借1234", "2026"])
def test_other_numbers_are_no_tails(text: str) -> None:
    assert find_tails(normalize(text)) == ()


@pytest.mark.parametrize(
    "text", ["我的卡号是6222020200112231234", "卡6222020200112231234还500", "138****1234"]
)
def test_a_masked_card_is_a_tail_and_never_an_amount(text: str) -> None:
    found = extract_slots(
        normalize(mask_personal_numbers(text)),
        today=date(2026, 11, 29),
        products=NamedProducts(pattern=None, owners={}),
    )
    assert [slot.value for slot in found if slot.kind is SlotKind.TAIL] == ["1234"]
    assert 123_400 not in [slot.value for slot in found]
