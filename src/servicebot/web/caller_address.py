"""Where a request comes from, as it is counted: IPv6 by its network, for one caller has many."""

from ipaddress import IPv4Address, ip_address, ip_network

from aiohttp import web

_NETWORK_BITS = 64


def address_of(request: web.Request) -> str:
    """The caller's address, or its network; empty where the connection has none."""
    remote = (request.remote or "").partition("%")[0]
    try:
        address = ip_address(remote)
    except ValueError:
        return remote
    if isinstance(address, IPv4Address):
        return remote
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ip_network(f"{address}/{_NETWORK_BITS}", strict=False))
