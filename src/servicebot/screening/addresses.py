"""Addresses of pages, made from parsed parts; nothing odd raises."""

import re
from dataclasses import dataclass
from typing import Final

from typing_extensions import override

_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]{0,30}+)://")
_AUTHORITY = re.compile(
    r"([a-z0-9\-_]++(?:\.[a-z0-9\-_]++)*+|\[[0-9a-f:.]{2,45}\])\.?(?::(\d{1,5}))?"
)
_USUAL_PORTS: Final = {"https": "443", "http": "80"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a page comes from.

    Attributes:
        scheme: `https`, `http`, …
        host: In lower case.
        port: Its digits; empty where it is the scheme's usual one.
    """

    scheme: str
    host: str
    port: str

    @property
    def authority(self) -> str:
        """Host and port."""
        return f"{self.host}:{self.port}" if self.port else self.host

    @property
    def usual_port(self) -> str:
        """What may be left out behind the host: `:443`."""
        return f":{_USUAL_PORTS[self.scheme]}" if self.scheme in _USUAL_PORTS else ":"

    @override
    def __str__(self) -> str:
        return f"{self.scheme}://{self.authority}"


def read_origin(address: str) -> Origin | None:
    """The origin of an address; None where it is not plainly `scheme://host[:port]` and a path.

    A user name in front of the host, other brackets than those of IPv6, blanks, signs outside ASCII and backslashes are
    no part of an address that the bank would give: what holds them has no origin.
    """
    address = address.strip().lower()
    scheme = _SCHEME.match(address)
    if scheme is None:
        return None
    found = _AUTHORITY.match(address, scheme.end())
    if found is None or address[found.end() : found.end() + 1] not in {"", "/", "?", "#"}:
        return None
    port = found.group(2) or ""
    usual = _USUAL_PORTS.get(scheme.group(1), "")
    return Origin(scheme=scheme.group(1), host=found.group(1), port="" if port == usual else port)
