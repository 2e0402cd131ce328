"""Addresses are made of parsed parts; what is odd has no origin and raises nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.screening.addresses import read_origin


@pytest.mark.parametrize(
    ("address", "origin"),
    [
        ("https://Bank.example/a?b#c", "https://bank.example"),
        ("https://bank.example:443", "https://bank.example"),
        ("http://127.0.0.1:8080/x", "http://127.0.0.1:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
    ],
)
def test_the_origin_of_a_plain_address_is_its_scheme_host_and_port(
    address: str, origin: str
) -> None:
    assert str(read_origin(address)) == origin


@pytest.mark.parametrize(
    "address",
    [
        *("", "bank.example", "http://[", "http://[领奖", "https://a@bank.example"),
        *("https:bank.example", "https:/bank.example", "https:\\\\bank.example"),
        *("https://bank.example\\@evil.com", "https://bank.example。evil.com", "//bank.example"),
        *("https://bank.example%2eevil.com", "https://银行.中国", "https://bank.example:999999"),
    ],
)
def test_what_is_no_plain_address_has_no_origin(address: str) -> None:
    assert read_origin(address) is None


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://[", "https://a.b"]))
def test_any_text_is_read_without_error(text: str, front: str) -> None:
    read_origin(front + text)
