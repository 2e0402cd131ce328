"""A browser in which somebody has signed in before carries a signed cookie that says so."""

import hashlib
import secrets
from typing import Final

from itsdangerous import BadSignature, URLSafeTimedSerializer

from servicebot.domain.desk_people import Account
from servicebot.web.desk_session import stamp_of

LIFETIME_S: Final = 180 * 86_400
_PREFIX: Final = "servicebot_device_"


class KnownDevices:
    """Issues and reads the cookies; another password makes those of its account void."""

    def __init__(self, secret: str) -> None:
        """Takes the signing secret."""
        self._serializer = URLSafeTimedSerializer(secret, salt="desk-device")

    def issue(self, account: Account) -> str:
        """A cookie for a browser that is not known yet."""
        told = [account.name, stamp_of(account.password_hash), secrets.token_hex(16)]
        return str(self._serializer.dumps(told))

    def read(self, cookie: str, account: Account | None) -> str | None:
        """The device's name, if the cookie is one of this account."""
        try:
            told = self._serializer.loads(cookie, max_age=LIFETIME_S)
        except BadSignature:
            return None
        if account is None or told[:2] != [account.name, stamp_of(account.password_hash)]:
            return None
        return str(told[2])


def cookie_of(name: str) -> str:
    """One cookie for each account: at a shared desk several agents use one browser."""
    return _PREFIX + hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
