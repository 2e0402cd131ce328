"""Signing in with the bank's account: OpenID Connect, code flow with PKCE, state and nonce.

Nothing is stored until a code was exchanged: what must be remembered travels in a signed cookie
of the browser that began, so that no other browser can finish.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import quote_plus

import aiohttp
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from itsdangerous import BadSignature, URLSafeTimedSerializer
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from servicebot.desk_settings import Oidc
from servicebot.domain.desk_people import Role
from servicebot.domain.errors import UnavailableError
from servicebot.ports.clock import Clock
from servicebot.ports.shared import Shared
from servicebot.web.desk_refusals import DeskRefusedError, Refusal

BEGUN_S: Final = 600
LEEWAY_S: Final = 60
_ALGORITHMS: Final = ("RS256", "ES256", "PS256")  # never `none`, never one with a shared secret
_CALL: Final = aiohttp.ClientTimeout(total=5.0)
_MOST_NAME: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """Where the browser goes, and the cookie with which it must come back."""

    url: str
    cookie: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class BankPerson:
    """Whom the bank says it is."""

    name: str
    role: Role


class BankSignIn:
    """One provider."""

    def __init__(
        self,
        settings: Oidc,
        session: aiohttp.ClientSession,
        shared: Shared,
        clock: Clock,
        secret: str,
        origin: str,
    ) -> None:
        """Takes this server's own address; the provider must know its `…/bank-sign-in/done`."""
        self._settings = settings
        self._session = session
        self._shared = shared
        self._clock = clock
        self._signer = URLSafeTimedSerializer(secret, salt="bank-sign-in")
        self._back = f"{origin}/v1/desk/bank-sign-in/done"

    async def begin(self) -> Begun:
        """A new try.

        Raises:
            UnavailableError: The provider does not answer.
        """
        provider = await self._provider()
        state, nonce = secrets.token_urlsafe(24), secrets.token_urlsafe(24)
        verifier = secrets.token_urlsafe(48)
        url = prepare_grant_uri(
            provider["authorization_endpoint"],
            client_id=self._settings.client_id,
            response_type="code",
            redirect_uri=self._back,
            scope=self._settings.scope,
            state=state,
            nonce=nonce,
            code_challenge=create_s256_code_challenge(verifier),
            code_challenge_method="S256",
        )
        return Begun(url=str(url), cookie=str(self._signer.dumps([state, nonce, verifier])))

    async def finish(self, cookie: str, state: str, code: str) -> BankPerson:
        """Whom the provider has sent back.

        Raises:
            DeskRefusedError: The state is another one or was used, the token is not for this try,
                or the person has no role here.
            UnavailableError: The provider does not answer.
        """
        nonce, verifier = self._begun(cookie, state)
        if not await self._shared.put_new(f"desk/bank/used/{nonce}", b"1", BEGUN_S):
            raise DeskRefusedError(Refusal.BANK_SIGN_IN_FAILED)
        provider = await self._provider()
        token = await self._exchange(provider["token_endpoint"], code, verifier)
        keys = await self._get(provider["jwks_uri"])
        claims = self._claims(token, keys, nonce)
        return self._person(claims)

    def _begun(self, cookie: str, state: str) -> tuple[str, str]:
        try:
            known, nonce, verifier = self._signer.loads(cookie, max_age=BEGUN_S)
        except (BadSignature, ValueError):
            raise DeskRefusedError(Refusal.BANK_SIGN_IN_FAILED) from None
        if not secrets.compare_digest(str(known).encode(), state.encode("utf-8", "replace")):
            raise DeskRefusedError(Refusal.BANK_SIGN_IN_FAILED)
        return str(nonce), str(verifier)

    async def _provider(self) -> Mapping[str, Any]:
        """What the provider says of itself; it must be the one that was named."""
        issuer = self._settings.issuer
        found = await self._get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer", "").rstrip("/") != issuer.rstrip("/"):
            raise UnavailableError("The bank's sign-in names itself otherwise than the settings.")
        return found

    async def _get(self, url: str) -> Mapping[str, Any]:
        try:
            async with self._session.get(url, timeout=_CALL, allow_redirects=False) as response:
                response.raise_for_status()
                found: Mapping[str, Any] = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise UnavailableError("The bank's sign-in does not answer.") from error
        return found

    async def _exchange(self, url: str, code: str, verifier: str) -> str:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "code_verifier": verifier,
        }
        # RFC 6749, 2.3.1: name and secret are encoded like a form before they become basic auth.
        named = (self._settings.client_id, self._settings.client_secret)
        headers = {"Authorization": aiohttp.encode_basic_auth(*map(quote_plus, named))}
        call = self._session.post(
            url, data=form, headers=headers, timeout=_CALL, allow_redirects=False
        )
        try:
            async with call as response:
                told = await response.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise UnavailableError("The bank's sign-in does not answer.") from error
        token = told.get("id_token") if isinstance(told, dict) else None
        if not isinstance(token, str):
            raise DeskRefusedError(Refusal.BANK_SIGN_IN_FAILED)
        return token

    def _claims(self, token: str, keys: Mapping[str, Any], nonce: str) -> Mapping[str, Any]:
        settings = self._settings
        wanted = {
            "iss": {"essential": True, "value": settings.issuer},
            "aud": {"essential": True, "value": settings.client_id},
        }
        try:
            key_set = KeySet.import_key_set({"keys": list(keys.get("keys", []))})
            read = jwt.decode(token, key_set, algorithms=_ALGORITHMS)
            claims = CodeIDToken(
                read.claims, read.header, wanted, {"nonce": nonce, "client_id": settings.client_id}
            )
            claims.validate(now=self._clock.now().timestamp(), leeway=LEEWAY_S)
        except (JoseError, ValueError, TypeError, KeyError):
            raise DeskRefusedError(Refusal.BANK_SIGN_IN_FAILED) from None
        found: Mapping[str, Any] = dict(claims)
        return found

    def _person(self, claims: Mapping[str, Any]) -> BankPerson:
        settings = self._settings
        named = claims.get(settings.name_claim) or claims.get("sub")
        name = "".join(filter(str.isprintable, str(named))).strip()[:_MOST_NAME]
        held = claims.get(settings.role_claim, ())
        groups = {held} if isinstance(held, str) else {str(one) for one in held or ()}
        role = next((role for group, role in settings.roles.items() if group in groups), None)
        if role is None or not name:
            raise DeskRefusedError(Refusal.NO_ROLE)
        return BankPerson(name=name, role=role)
