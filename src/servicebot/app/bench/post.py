"""Sends one message of the load and says how it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import aiohttp

from servicebot.domain.errors import UnavailableError

_TIMEOUT_S: Final = 30.0
_PER_CONVERSATION: Final = 6
_ACCEPTED: Final = 202
_ANSWERED: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where the load goes.

    Attributes:
        urls: Servers that share a store; a conversation stays with one.
        token: What they want to be shown; empty for none.
        accept_only: Whether nobody waits for the answer, only for the durable accept.
        run: Names this run: its conversations are nobody else's.
    """

    urls: Sequence[str]
    token: str
    accept_only: bool
    run: str


class Poster:
    """Sends messages; each line of talk is with one server and begins anew every six messages."""

    def __init__(self, http: aiohttp.ClientSession, target: Target) -> None:
        self._http = http
        self._target = target
        self._query = "" if target.accept_only else "?wait=1"

    async def greet(self) -> None:
        """Asks every server whether it is ready.

        Raises:
            UnavailableError: One is not.
        """
        for url in self._target.urls:
            try:
                async with self._http.get(f"{url}/readyz") as response:
                    response.raise_for_status()
            except (aiohttp.ClientError, TimeoutError) as error:
                told = f"{url} does not answer; start it with `make run`."
                raise UnavailableError(told) from error

    async def post(self, line: int, said: int, text: str) -> bool:
        """Sends the message number `said` of a line of talk; whether it was taken or answered.

        A reply without words is an answer too: who waits for a person hears nothing more.
        """
        url = self._target.urls[line % len(self._target.urls)]
        name = f"bench-{self._target.run}-{line}-{said // _PER_CONVERSATION}"
        body = {"conversation": name, "id": str(said), "text": text}
        try:
            async with self._http.post(f"{url}/v1/messages{self._query}", json=body) as response:
                answer = await response.json(content_type=None)
                if self._target.accept_only:
                    return response.status == _ACCEPTED
                return response.status == _ANSWERED and answer.get("replies") is not None
        except (aiohttp.ClientError, TimeoutError, ValueError):
            return False


def client(target: Target) -> aiohttp.ClientSession:
    """A session without a bound on lines: an open loop waits for nobody."""
    return aiohttp.ClientSession(
        headers={"Authorization": f"Bearer {target.token}"} if target.token else {},
        timeout=aiohttp.ClientTimeout(total=_TIMEOUT_S),
        connector=aiohttp.TCPConnector(limit=0),
    )
