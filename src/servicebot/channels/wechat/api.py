"""Calls to WeChat's HTTP interface: JSON in, JSON out, a deadline, and its error codes."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp

from servicebot.domain.errors import UnavailableError

DEADLINE_S: Final = 2.4  # four calls fit into a sender's 10 s
_MOST_BYTES: Final = 64 * 1024
_RID: Final = re.compile(r"rid: ([0-9A-Za-z-]{1,64})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What the platform answered.

    Attributes:
        code: `errcode`; 0 where all went well.
        rid: The platform's name for the request, for questions to its support.
        fields: Everything else.
    """

    code: int
    rid: str
    fields: Mapping[str, Any]


class WeChatApi:
    """The platform's interface over the process's one session."""

    def __init__(
        self, session: aiohttp.ClientSession, url: str, *, deadline_s: float = DEADLINE_S
    ) -> None:
        self._session = session
        self._url = url
        self._timeout = aiohttp.ClientTimeout(total=deadline_s)

    async def post(self, path: str, body: Mapping[str, Any], *, token: str | None = None) -> Reply:
        """Posts one JSON body, in UTF-8: the platform shows escaped characters as they stand.

        Raises:
            UnavailableError: No usable answer in time; nobody knows whether it was done.
        """
        query = {"access_token": token} if token is not None else {}
        data = json.dumps(body, ensure_ascii=False).encode(errors="replace")
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            async with self._session.post(
                self._url + path,
                params=query,
                data=data,
                headers=headers,
                timeout=self._timeout,
                allow_redirects=False,
            ) as response:
                raw = await _read(response)
        except (aiohttp.ClientError, TimeoutError) as error:
            # The error's own words may hold the address with the access token in it.
            raise UnavailableError(f"WeChat: {type(error).__name__}") from None
        return _parse(raw)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    raw = b""
    async for chunk in response.content.iter_chunked(_MOST_BYTES):
        raw += chunk
        if len(raw) > _MOST_BYTES:
            raise UnavailableError("WeChat: the answer is too long.")
    return raw


def _parse(raw: bytes) -> Reply:
    try:
        fields = json.loads(raw)
    except (ValueError, RecursionError):
        fields = None
    if not isinstance(fields, dict):
        raise UnavailableError("WeChat: the answer is no JSON object.")
    code = fields.get("errcode", 0)
    if not isinstance(code, int):
        raise UnavailableError("WeChat: the error code is no number.")
    found = _RID.search(str(fields.get("errmsg", "")))
    return Reply(code=code, rid=found.group(1) if found else "", fields=fields)
