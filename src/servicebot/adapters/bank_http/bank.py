"""Carries calls to the bank over one shared HTTP session."""

import json
from collections.abc import Mapping
from typing import Any, Final

import aiohttp

from servicebot.adapters.bank_http.answers import refusal_of, result_of
from servicebot.adapters.bank_http.requests import Request, request_of
from servicebot.domain.bank_calls import BankCall
from servicebot.domain.bank_results import BankResult
from servicebot.domain.errors import UnavailableError

_MOST_BYTES: Final = 1024 * 1024
_NOT_THE_BANKS_WORD: Final = frozenset({401, 408, 425, 429})  # the token, time, load


class HttpBank:
    """The bank behind one address."""

    def __init__(self, session: aiohttp.ClientSession, url: str, token: str) -> None:
        """Takes a session whose time-outs are set; the caller closes it."""
        self._session = session
        self._url = url.rstrip("/")
        self._token = token

    async def send(self, call: BankCall, subject: str | None) -> BankResult:
        """Sends one call once.

        Raises:
            UnavailableError: No connection, no answer in time, a 5xx, a refusal without a code, or an
                answer that is not as agreed.
        """
        request = request_of(call)
        try:
            async with self._session.request(
                request.method,
                f"{self._url}{request.path}",
                params=request.query,
                json=request.body,
                headers=self._headers(request, subject),
                allow_redirects=False,
            ) as response:
                body = await _read(response)
                status = response.status
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, RecursionError) as error:
            raise UnavailableError(f"{call.name}: {type(error).__name__}") from error
        return _result(call, status, body)

    def _headers(self, request: Request, subject: str | None) -> dict[str, str]:
        headers = {"Authorization": f"Bearer {self._token}"}
        if subject is not None:
            headers["Subject"] = subject
        if request.key is not None:
            headers["Idempotency-Key"] = request.key
        return headers


async def _read(response: aiohttp.ClientResponse) -> Mapping[str, Any] | None:
    data = await response.content.read(_MOST_BYTES + 1)
    while len(data) <= _MOST_BYTES and not response.content.at_eof():
        data += await response.content.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("the answer is too large")
    if not data:
        return None
    body = json.loads(data)
    if not isinstance(body, dict):
        raise ValueError("the answer is no JSON object")  # noqa: TRY004  one error for bad bodies
    return body


def _result(call: BankCall, status: int, body: Mapping[str, Any] | None) -> BankResult:
    if 200 <= status < 300:  # noqa: PLR2004  HTTP's own ranges
        return result_of(call, body)
    if 400 <= status < 500 and status not in _NOT_THE_BANKS_WORD:  # noqa: PLR2004
        return refusal_of(call, body)
    raise UnavailableError(f"{call.name}: the bank answered {status}.")
