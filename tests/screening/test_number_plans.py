"""Numbers of other countries are known as the library that carries their plans knows them."""

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.screening.data_files import ALLOWED

from servicebot.screening.gate import forbidden_in
from servicebot.screening.mask import mask_personal_numbers
from servicebot.screening.number_plans import is_as_long_as_dialled, is_dialled, is_dialled_in

REGIONS = sorted(phonenumbers.SUPPORTED_REGIONS - {"CN"})
KINDS = (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE)
EXAMPLES = [
    (region, phonenumbers.example_number_for_type(region, kind))
    for region in REGIONS
    for kind in KINDS
]


def test_the_example_of_each_country_can_be_dialled() -> None:
    for region, number in EXAMPLES:
        if number is None:
            continue
        digits = f"{number.country_code}{phonenumbers.national_significant_number(number)}"
        assert is_dialled(digits), (region, digits)
        assert is_as_long_as_dialled(digits), (region, digits)
        assert is_dialled_in(region, digits[len(str(number.country_code)) :]), (region, digits)


@given(st.from_regex(r"[1-9][0-9]{6,14}", fullmatch=True))
def test_what_can_be_dialled_is_what_the_library_takes_for_valid(digits: str) -> None:
    try:
        number = phonenumbers.parse(f"+{digits}")
    except phonenumbers.NumberParseException:
        assert not is_dialled(digits)
        return
    if phonenumbers.is_valid_number(number) and not number.italian_leading_zero:
        assert is_dialled(digits)


@given(st.text("0123456789", max_size=20), st.sampled_from(REGIONS))
def test_any_digits_are_looked_up_without_error(digits: str, region: str) -> None:
    is_dialled(digits)
    is_as_long_as_dialled(digits)
    is_dialled_in(region, digits)


@pytest.mark.parametrize(
    "text",
    [
        "+852 6283 4719",
        "0044 7911 123456",
        "00 1 415 555 2671",
        "852-6283-4719",
        "香港手机 6283 4719",
        "our UK number is 07911 123456",
        "(415) 555-2671 美国号码 415-555-2671",
        "加八五二 六二八三四七一九",
    ],
)
def test_a_number_of_another_country_does_not_leave_and_is_masked(text: str) -> None:
    assert forbidden_in(text, ALLOWED)
    assert "[phone]" in mask_personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "香港汇款 5000 港元",
        "英国 20270817",
        "65 8000 9000",
        "60 12 期",
        "编号 852-6283",
        "10000+20000",
        "+2,000.00",
        "国家代码 +86",
        "00:30-06:00",
        "852 万元",
    ],
)
def test_sums_days_and_codes_of_countries_are_no_numbers(text: str) -> None:
    assert forbidden_in(text, ALLOWED) == ()
    assert mask_personal_numbers(text) == text
