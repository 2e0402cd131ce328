"""Signatures and AES of WeChat's safe mode (official push guide, "message encryption").

`key = base64(EncodingAESKey + "=")`, `iv = key[:16]`, AES-256-CBC, padding to blocks of 32,
plain text = 16 random bytes + length (4 bytes, big endian) + message + id of the receiver.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
from typing import Final

from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC

from servicebot.domain.errors import SignatureError

_BLOCK: Final = 32
_RANDOM: Final = 16
_HEAD: Final = _RANDOM + 4
_REFUSED: Final = "The request does not carry the platform's signature."


def refused() -> SignatureError:
    """The one error for every failed check; nobody learns which one failed."""
    return SignatureError(_REFUSED)


def sign(*parts: str) -> str:
    """SHA-1 over the sorted parts, hexadecimal."""
    joined = "".join(sorted(parts)).encode(errors="replace")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


class Seal:
    """Checks, opens and closes what travels between the platform and one account."""

    def __init__(self, token: str, aes_key: str, receiver: str) -> None:
        """Takes the account's secrets.

        Args:
            token: The token set in the console.
            aes_key: EncodingAESKey, 43 characters; the last one may hold bits that do not count.
            receiver: The appid that must stand at the end of every plain text.
        """
        self._token = token
        self._receiver = receiver.encode()
        key = base64.b64decode(aes_key + "=")
        self._cipher = Cipher(AES256(key), CBC(key[:16]))

    def check(self, signature: str, *parts: str) -> None:
        """Compares a signature over the token and `parts`.

        Raises:
            SignatureError: It does not hold.
        """
        wanted = sign(self._token, *parts)
        if not hmac.compare_digest(signature.encode(errors="replace"), wanted.encode()):
            raise refused()

    def signature(self, *parts: str) -> str:
        """The signature over the token and `parts`."""
        return sign(self._token, *parts)

    def open(self, encrypted: str) -> bytes:
        """The message inside.

        Raises:
            SignatureError: It is not ours or it was tampered with.
        """
        plain = self._unpad(self._decrypt(encrypted))
        length = int.from_bytes(plain[_RANDOM:_HEAD], "big")
        if len(plain) < _HEAD or length > len(plain) - _HEAD:
            raise refused()
        message, receiver = plain[_HEAD : _HEAD + length], plain[_HEAD + length :]
        if not hmac.compare_digest(receiver, self._receiver):
            raise refused()
        return message

    def close(self, message: bytes, *, random: bytes | None = None) -> str:
        """Encrypts a message; `random` is for known answers only."""
        head = random or secrets.token_bytes(_RANDOM)
        plain = head + len(message).to_bytes(4, "big") + message + self._receiver
        pad = _BLOCK - len(plain) % _BLOCK
        encryptor = self._cipher.encryptor()
        return base64.b64encode(encryptor.update(plain + bytes([pad]) * pad)).decode()

    def _decrypt(self, encrypted: str) -> bytes:
        try:
            data = base64.b64decode(encrypted, validate=True)
        except (binascii.Error, ValueError):
            raise refused() from None
        if not data or len(data) % _BLOCK:
            raise refused()
        return self._cipher.decryptor().update(data)

    def _unpad(self, padded: bytes) -> bytes:
        pad = padded[-1]
        if not 1 <= pad <= _BLOCK or padded[-pad:] != bytes([pad]) * pad:
            raise refused()
        return padded[:-pad]
