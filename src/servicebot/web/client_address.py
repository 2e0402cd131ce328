"""Who asks, for limits by address: the network's own word, and a proxy's only where it is ours."""

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Final

from aiohttp import web

from servicebot.web_settings import Network

PROXIES: Final[web.AppKey[Sequence[Network]]] = web.AppKey("proxies", Sequence)
_NONE: Final[tuple[Network, ...]] = ()
_HOST_BITS = 64  # of IPv6: who has one address there has them all


def client_address(request: web.Request) -> str:
    """The address that a request comes from; one name for all of a customer's in IPv6."""
    forwarded = request.headers.getall("X-Forwarded-For", [])
    return address_name(request.remote or "", forwarded, request.app.get(PROXIES, _NONE))


def address_name(remote: str, forwarded: Sequence[str], proxies: Sequence[Network]) -> str:
    """The nearest address that is no proxy of ours; what stands beyond it anybody may have written.

    Args:
        remote: Who opened the connection.
        forwarded: The values of X-Forwarded-For, in the order of the header.
        proxies: Whose word is taken.
    """
    hops = [hop.strip() for value in forwarded for hop in value.split(",")]
    found = _parsed(remote)
    while found is not None and _is_in(found, proxies) and hops:
        nearer = _parsed(hops.pop())
        if nearer is None:
            break
        found = nearer
    return _name(found) if found is not None else "unknown"


def is_proxy(remote: str, proxies: Sequence[Network]) -> bool:
    """Whether a connection is one of our proxies'."""
    found = _parsed(remote)
    return found is not None and _is_in(found, proxies)


def _parsed(raw: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(raw.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, IPv6Address) else None
    return mapped or found


def _is_in(found: IPv4Address | IPv6Address, networks: Sequence[Network]) -> bool:
    return any(found in network for network in networks)


def _name(found: IPv4Address | IPv6Address) -> str:
    if isinstance(found, IPv4Address):
        return str(found)
    return f"{IPv6Address(int(found) >> _HOST_BITS << _HOST_BITS)}/64"
