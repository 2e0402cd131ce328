"""Stands between the network and aiohttp's protocol, and tells what the connections do."""

import asyncio
from collections.abc import Sequence
from typing import Final

from typing_extensions import override

from servicebot.web.client_address import is_proxy
from servicebot.web.connections import Connections
from servicebot.web_settings import Network

_FULL: Final = (
    b"HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nConnection: close\r\n"
    b"Content-Length: 0\r\n\r\n"
)


class GuardedConnection(asyncio.Protocol):
    """Hands everything on, of a connection that has a place."""

    def __init__(
        self, inner: asyncio.Protocol, connections: Connections, proxies: Sequence[Network]
    ) -> None:
        self._inner = inner
        self._connections = connections
        self._proxies = proxies
        self._transport: asyncio.Transport | None = None

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Without a place it is told to come again, and nothing is made for it."""
        if not isinstance(transport, asyncio.Transport):
            raise TypeError(transport)
        remote = str((transport.get_extra_info("peername") or ("",))[0])
        trusted = is_proxy(remote, self._proxies)
        if not self._connections.opened(transport, remote, is_proxy=trusted):
            transport.write(_FULL)
            transport.close()
            return
        self._transport = transport
        self._inner.connection_made(transport)

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        """Ends it."""
        if self._transport is not None:
            self._connections.closed(self._transport)
            self._inner.connection_lost(exc)

    @override
    def data_received(self, data: bytes) -> None:
        """Hands bytes on."""
        if self._transport is not None:
            self._connections.heard(self._transport)
            self._inner.data_received(data)

    @override
    def eof_received(self) -> bool | None:
        """Hands it on."""
        return self._inner.eof_received() if self._transport is not None else None

    @override
    def pause_writing(self) -> None:
        """Hands it on."""
        if self._transport is not None:
            self._inner.pause_writing()

    @override
    def resume_writing(self) -> None:
        """Hands it on."""
        if self._transport is not None:
            self._inner.resume_writing()
