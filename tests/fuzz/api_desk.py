"""What makes a made-up request a real one: people who are signed in, tickets, chats, signatures."""

import hashlib
import hmac
import itertools
import time
from collections.abc import Mapping
from typing import Any, Final

import requests
from requests import PreparedRequest
from schemathesis import Case, Response
from tests.fuzz.server import API_TOKEN, METRICS_TOKEN, FuzzedServer
from tests.web.desk_stage import PASSWORD, PEOPLE

from servicebot.web.route import Proof, Route

NOBODY: Final = ""
_COOKIE: Final = "servicebot_desk"
_BEARERS: Final = {Proof.API_TOKEN: API_TOKEN, Proof.METRICS_TOKEN: METRICS_TOKEN}
_GOES: Final = "bo"  # whose sessions are ended again and again


class ApiDesk:
    """Who asks, and what there is to ask about."""

    def __init__(self, server: FuzzedServer) -> None:
        self.url, self.worked_s = server.url, server.worked_s
        self._secret = server.services.settings.bank.callback_secret.encode()
        self._session = requests.Session()
        self._numbers = itertools.count(1)
        self._devices: dict[str, dict[str, str]] = {}  # they have a count of their own
        self._tokens = {name: self._sign_in(name) for name in PEOPLE}

    def close(self) -> None:
        """Hangs up."""
        self._session.close()

    def may(self, route: Route) -> list[str]:
        """Who may ask a route."""
        return [one for one in self._stay if PEOPLE[one] in (route.roles or ())] or [NOBODY]

    def may_not(self, route: Route) -> list[str]:
        """Who may not."""
        others = [one for one in self._stay if PEOPLE[one] not in (route.roles or ())]
        return [*others, NOBODY] if route.roles is not None else []

    def send(self, case: Case[Any], route: Route, who: str) -> Response:
        """Sends a made-up request, with the proof of `who` where it has not left that out."""
        if route.proof is Proof.DESK_SESSION and _COOKIE in case.cookies and who:
            case.cookies[_COOKIE] = self._tokens[who]
        if route.proof in _BEARERS and "Authorization" in case.headers:
            case.headers["Authorization"] = f"Bearer {_BEARERS[route.proof]}"
        signs = route.proof is Proof.BANK_SIGNATURE and "X-Bank-Signature" in case.headers
        further: dict[str, Any] = {"auth": self._signed} if signs else {}
        headers = {"Origin": self.url}
        return case.call(base_url=self.url, session=self._session, headers=headers, **further)

    def question(self) -> dict[str, str]:
        """A customer's first words."""
        return self._message("微粒贷提前还款要手续费吗")

    def chat(self) -> str:
        """The ticket of a new chat."""
        return str(self._post("chat/sessions", {}).json()["ticket"])

    def conversation(self) -> str:
        """The name of a conversation that has begun."""
        body = self.question()
        self._post("messages?wait=1", body)
        return f"web:{body['conversation']}"

    def answered(self) -> dict[str, str]:
        """An answer out of an article: what was asked, and which article it was."""
        body = self.question()
        (reply,) = self._post("messages?wait=1", body).json()["replies"]
        return {"conversation": body["conversation"], "id": body["id"], "article": reply["name"]}

    def signs_in(self) -> tuple[dict[str, str], dict[str, str]]:
        """What somebody types, and the cookies of a browser that is known."""
        return {"name": _GOES, "password": PASSWORD}, dict(self._devices[_GOES])

    def comes(self) -> tuple[str, dict[str, str]]:
        """Somebody who has just signed in, and the cookie of the session."""
        return _GOES, {_COOKIE: self._sign_in(_GOES)}

    def waits(self) -> str:
        """The ticket of a customer who waits."""
        self._post("messages?wait=1", self._message("转人工"))
        cookies = {_COOKIE: self._tokens["sue"]}
        queue = self._session.get(f"{self.url}/v1/desk/queue", cookies=cookies, timeout=30)
        return str(queue.json()["waiting"][-1]["id"])

    def held(self, who: str) -> str:
        """The ticket of a customer whom `who` has."""
        ticket = self.waits()
        self._post(f"desk/tickets/{ticket}/take", None, {_COOKIE: self._tokens[who]})
        return ticket

    @property
    def _stay(self) -> list[str]:
        return [name for name in PEOPLE if name != _GOES]

    def _sign_in(self, name: str) -> str:
        body = {"name": name, "password": PASSWORD}
        answer = self._post("desk/sign-in", body, self._devices.get(name))
        cookies = {one.name: str(one.value) for one in answer.cookies}
        token = cookies.pop(_COOKIE)
        self._devices.setdefault(name, cookies)
        return token

    def _message(self, text: str) -> dict[str, str]:
        return {"conversation": f"c{next(self._numbers)}", "id": "1", "text": text}

    def _post(
        self,
        path: str,
        body: Mapping[str, str] | None,
        cookies: Mapping[str, str] | None = None,
    ) -> requests.Response:
        answer = self._session.post(
            f"{self.url}/v1/{path}",
            json=body,
            cookies=dict(cookies or {}),
            headers={"Authorization": f"Bearer {API_TOKEN}"},
            timeout=30,
        )
        self._session.cookies.clear()
        assert answer.ok, (path, answer.status_code, answer.text)
        return answer

    def _signed(self, request: PreparedRequest) -> PreparedRequest:
        stamp, body = str(int(time.time())), request.body or b""
        raw = body.encode() if isinstance(body, str) else body
        assert isinstance(raw, bytes)
        signed = hmac.new(self._secret, b"v0:" + stamp.encode() + b":" + raw, hashlib.sha256)
        request.headers["X-Bank-Timestamp"] = stamp
        request.headers["X-Bank-Signature"] = f"v0={signed.hexdigest()}"
        return request
