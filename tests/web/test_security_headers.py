"""What browsers are told to forbid, on every kind of answer."""

import aiohttp
import pytest

from servicebot.web.security_headers import security_headers


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/chat",
        "/desk",
        "/studio",
        "/static/chat/chat.js",
        "/healthz",
        "/nothing",
        "/v1/desk/me",
    ],
)
async def test_every_answer_has_them(http: aiohttp.ClientSession, path: str) -> None:
    async with http.get(path, allow_redirects=False) as response:
        told = response.headers
        assert "require-trusted-types-for 'script'" in told["Content-Security-Policy"]
        assert "trusted-types 'none'" in told["Content-Security-Policy"]
        assert "unsafe" not in told["Content-Security-Policy"]
        assert told["Cross-Origin-Opener-Policy"] == "same-origin"
        assert told["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "camera=()" in told["Permissions-Policy"]
        assert told["X-Content-Type-Options"] == "nosniff"
        of_a_page = path in {"/chat", "/desk", "/studio"} or path.startswith("/static/")
        assert told["Cache-Control"] == ("no-cache" if of_a_page else "no-store")
        assert "Strict-Transport-Security" not in told, "nobody reaches it over TLS"


def test_who_reaches_it_over_tls_is_told_to_stay_there() -> None:
    assert "Strict-Transport-Security" in security_headers("https://bot.bank.example")
    assert "Strict-Transport-Security" not in security_headers("http://bot.bank.example")
