"""Listens for connections and gives each its place."""

import asyncio
import os
import resource
import socket
from collections.abc import Sequence
from contextlib import closing
from typing import Final

from aiohttp import web
from typing_extensions import override

from servicebot.web.connections import Connections
from servicebot.web.guarded_connection import GuardedConnection
from servicebot.web_settings import Network, Web

_KEPT_FREE: Final = (
    160  # at least: the bank's, the store's and Redis's connections, files, the model's
)
_SHARE_KEPT_FREE: Final = 0.25
_FEWEST: Final = 16
_MOST: Final = 8_192  # some 25 KB each
_AT_ONCE: Final = 32  # taken before any of them is looked at; the rest waits in the kernel
_BACKLOG: Final = 1_024


def make_connections(settings: Web) -> Connections:
    """As many as the descriptor limit lets, with a share kept free for what must go on."""
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    free = max(_KEPT_FREE, round(_SHARE_KEPT_FREE * limit))
    most = min(max(limit - free, _FEWEST), settings.connections or _MOST)
    return Connections(most=most, most_of_address=max(most // 2, 1))


class GuardedSite(web.BaseSite):
    """A TCP site whose connections are counted and timed."""

    def __init__(
        self,
        runner: web.AppRunner,
        address: tuple[str, int],
        connections: Connections,
        proxies: Sequence[Network],
    ) -> None:
        """Takes host and port; port 0 takes a free one."""
        super().__init__(runner, backlog=_BACKLOG)
        self._address = address
        self._connections = connections
        self._proxies = proxies

    @property
    @override
    def name(self) -> str:
        """Where it listens."""
        return f"http://{self._address[0]}:{self._address[1]}"

    @override
    async def start(self) -> None:
        """Begins to listen.

        Raises:
            OSError: The port is taken.
        """
        await super().start()
        make = self._runner.server
        if make is None:
            raise RuntimeError("set the runner up first")

        def guarded() -> GuardedConnection:
            return GuardedConnection(make(), self._connections, self._proxies)

        loop = asyncio.get_running_loop()
        server = await loop.create_server(guarded, *self._address, backlog=_AT_ONCE)
        for one in server.sockets:
            # The loop accepts a whole backlog before it looks at one, which could take every
            # descriptor; so its backlog is short, and the kernel's is made long afterwards.
            with closing(socket.socket(fileno=os.dup(one.fileno()))) as same:
                same.listen(_BACKLOG)
        self._server = server
