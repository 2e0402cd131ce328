"""Every body and frame that the server reads."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from tests.channels.wechat.platform_server import sealed, text_push
from tests.fuzz.server import FuzzedServer
from tests.fuzz.subject import Subject
from tests.fuzz.values import bodies, raw, well_formed, words

from servicebot.adapters.system_clock import SystemClock
from servicebot.web.chat_socket import _take

PATHS: Final = "odd paths"
_CLOCK: Final = SystemClock()
_BODIES: Final[dict[str, SearchStrategy[bytes]]] = {
    "/v1/messages": bodies("conversation", "id", "text"),
    "/v1/messages?wait=1": bodies("conversation", "id"),
    "/v1/ratings": bodies("conversation", "id", "article", "solved"),
    "/v1/chat/sessions": bodies("language", "former").filter(lambda body: b'"language"' in body),
    "/v1/desk/sign-in": bodies("name", "password", "code"),
    "/v1/desk/tickets/x/say": bodies("id", "text"),
    "/v1/desk/tickets/x/assign": bodies("agent"),
}
_HEADERS: Final = st.dictionaries(
    st.sampled_from(
        ["Origin", "Content-Type", "Cookie", "X-Forwarded-For", "Authorization", "Accept-Language"]
    ),
    words.map(lambda text: "".join(sign for sign in text if " " <= sign < "\x7f")),
)
_PATHS: Final = (
    *("/v1/desk/tickets/{}/lines", "/v1/desk/tickets/{}/take", "/v1/desk/people/{}/sign-out"),
    *("/v1/desk/tickets/x/lines?after={}", "/v1/desk/{}", "/static/{}", "/{}", "/v1/desk/audit?{}"),
    *("/webhooks/wechat?{}", "/v1/desk/bank-sign-in/done?state={}&code={}"),
)


def subjects(server: FuzzedServer) -> Iterator[Subject]:
    """One for each way in."""
    for path, values in _BODIES.items():
        yield Subject(name=f"POST {path}", values=values, check=_post(server, path))
    yield Subject(name="odd headers", values=_HEADERS, check=_with_headers(server))
    paths = st.tuples(st.sampled_from(_PATHS), st.sampled_from(["GET", "POST"]), well_formed)
    yield Subject(name=PATHS, values=paths, check=_at_path(server))
    news = bodies("event", "event_id", "channel", "channel_user", "conversation", "reference_id")
    yield Subject(name="POST /webhooks/bank", values=news, check=_bank(server))
    pushes = st.one_of(words.map(_without_surrogates).map(_push), raw.map(_as_text))
    yield Subject(name="POST /webhooks/wechat", values=pushes, check=_wechat(server))
    frames = bodies("type", "id", "article", "solved").map(_as_text)
    yield Subject(name="chat frame", values=frames, check=_frame(server))


def _post(server: FuzzedServer, path: str) -> Callable[[bytes], object]:
    return lambda body: server.ask("POST", path, body)


def _with_headers(server: FuzzedServer) -> Callable[[dict[str, str]], None]:
    def check(headers: dict[str, str]) -> None:
        for method, path in (("GET", "/v1/desk/me"), ("POST", "/v1/chat/sessions")):
            server.ask(method, path, b"[]" if method == "POST" else b"", headers)

    return check


def _at_path(server: FuzzedServer) -> Callable[[tuple[str, str, str]], None]:
    def check(asked: tuple[str, str, str]) -> None:
        path, method, text = asked
        server.ask(method, path.replace("{}", quote(text, safe="")), b"")

    return check


def _bank(server: FuzzedServer) -> Callable[[bytes], None]:
    secret = server.services.settings.bank.callback_secret.encode()

    def check(body: bytes) -> None:
        stamp = str(int(time.time()))
        signed = hmac.new(secret, b"v0:" + stamp.encode() + b":" + body, hashlib.sha256)
        headers = {"X-Bank-Timestamp": stamp, "X-Bank-Signature": f"v0={signed.hexdigest()}"}
        server.ask("POST", "/webhooks/bank", body, headers)

    return check


def _wechat(server: FuzzedServer) -> Callable[[str], None]:
    def check(plain: str) -> None:
        query, body = sealed(plain, _CLOCK)
        server.ask("POST", f"/webhooks/wechat?{urlencode(query)}", body)

    return check


def _frame(server: FuzzedServer) -> Callable[[str], None]:
    def check(frame: str) -> None:
        told = json.loads(server.wait_for(_take(server.services, "page-fuzz", "127.0.0.1", frame)))
        assert told["type"] in {"pong", "refused", "accepted", "later"}

    return check


def _without_surrogates(text: str) -> str:
    return text.encode(errors="replace").decode()


def _push(text: str) -> str:
    """Always the same message of the same customer: it is heard once, and read every time."""
    return text_push(text, message_id=1)


def _as_text(data: bytes) -> str:
    return data.decode(errors="replace")
