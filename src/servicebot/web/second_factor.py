"""One-time codes of an app (TOTP, RFC 6238): six digits, thirty seconds, one step of drift."""

import hmac
import os
import re
import unicodedata
from datetime import datetime
from typing import Final

import pyotp
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

STEP_S: Final = 30
DRIFT: Final = 1
_NONCE_BYTES: Final = 12
_CODE: Final = re.compile(r"[0-9]{6}")


class SecondFactor:
    """Seals the secrets with AES-256-GCM, bound to the account's name, and reads codes."""

    def __init__(self, secret: str) -> None:
        """Takes the desk's key, from which the sealing key is derived."""
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"desk second factor")
        self._cipher = AESGCM(derived.derive(secret.encode()))

    def enrol(self, name: str) -> tuple[bytes, str]:
        """A new secret for somebody.

        Returns:
            The sealed secret, and the `otpauth:` address for their app.
        """
        secret = pyotp.random_base32()
        nonce = os.urandom(_NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, secret.encode(), name.encode())
        return sealed, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name="servicebot")

    def step_of(self, sealed: bytes, name: str, code: str, now: datetime) -> int | None:
        """The step whose code this is; None where it is none of now or a step beside it."""
        typed = re.sub(r"\s", "", unicodedata.normalize("NFKC", code))
        if not _CODE.fullmatch(typed):
            return None
        codes = self._codes(sealed, name)
        if codes is None:
            return None
        current = int(now.timestamp()) // STEP_S
        found = None
        for step in range(current - DRIFT, current + DRIFT + 1):
            if hmac.compare_digest(codes.generate_otp(step), typed):
                found = step
        return found

    def _codes(self, sealed: bytes, name: str) -> pyotp.TOTP | None:
        """Nothing where the desk's key is another one: then nobody gets in, rather than everybody."""
        nonce, rest = sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:]
        try:
            return pyotp.TOTP(self._cipher.decrypt(nonce, rest, name.encode()).decode())
        except (InvalidTag, ValueError):
            return None
