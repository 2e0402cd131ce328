"""Whose address counts: the network's word, and a proxy's only where it is named."""

from ipaddress import ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.web.client_address import address_name

PROXIES = (ip_network("10.0.0.0/8"), ip_network("fd00::/8"))


@pytest.mark.parametrize(
    ("remote", "forwarded", "name"),
    [
        ("203.0.113.9", (), "203.0.113.9"),
        ("203.0.113.9", ("198.51.100.1",), "203.0.113.9"),  # a stranger's word
        ("10.0.0.1", ("198.51.100.1",), "198.51.100.1"),
        ("10.0.0.1", ("1.2.3.4, 198.51.100.1",), "198.51.100.1"),  # what the client wrote before
        ("10.0.0.1", ("1.2.3.4", "198.51.100.1, 10.0.0.2"), "198.51.100.1"),
        ("10.0.0.1", ("nonsense",), "10.0.0.1"),
        ("10.0.0.1", ("198.51.100.1, nonsense",), "10.0.0.1"),
        ("10.0.0.1", (), "10.0.0.1"),
        ("::ffff:203.0.113.9", (), "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", (), "2001:db8:1:2::/64"),
        ("fd00::1", ("2001:db8:1:2::9",), "2001:db8:1:2::/64"),
        ("fe80::1%eth0", (), "fe80::/64"),
        ("", (), "unknown"),
    ],
)
def test_the_nearest_address_that_is_no_proxy_of_ours(
    remote: str, forwarded: tuple[str, ...], name: str
) -> None:
    assert address_name(remote, forwarded, PROXIES) == name


@given(remote=st.ip_addresses(v=4), forwarded=st.lists(st.text(max_size=60), max_size=4))
def test_whoever_is_no_proxy_of_ours_cannot_choose_a_name(
    remote: object, forwarded: list[str]
) -> None:
    if ip_address(str(remote)) not in PROXIES[0]:
        assert address_name(str(remote), forwarded, PROXIES) == str(remote)


@given(host=st.integers(0, 2**64 - 1))
def test_all_of_a_customers_ipv6_addresses_are_one(host: int) -> None:
    address = str(ip_address((0x20010DB8 << 96) | host))
    assert address_name(address, (), ()) == "2001:db8::/64"
