"""AES-256-GCM (NIST SP 800-38D) with a key of its own for each place.

    mark (1) | key id (4) | nonce (12, random) | ciphertext and tag (16)

The place's key is HMAC-SHA256 of the installation's key over its name, so that the 2^32 random
nonces that one key may have are counted by place and never reached. The name is associated data.
"""

import hmac
import os
from functools import lru_cache
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from servicebot.adapters.sealing.master_keys import ID_BYTES, MasterKey, MasterKeys
from servicebot.domain.errors import UnreadableError

_MARK: Final = b"\x01"  # no JSON begins with it
_NONCE_BYTES: Final = 12
_HEAD_BYTES: Final = len(_MARK) + ID_BYTES
_PLACES_KEPT: Final = 4_096


class AesGcmSeal:
    """Seals with the key in use and opens with every key that is known."""

    def __init__(self, keys: MasterKeys) -> None:
        self._keys = keys
        self._cipher = lru_cache(_PLACES_KEPT)(_cipher)

    def close(self, plain: bytes, about: str) -> bytes:
        """The bytes, sealed with the key in use."""
        key = self._keys.in_use()
        nonce = os.urandom(_NONCE_BYTES)
        name = about.encode()
        return _MARK + key.id + nonce + self._cipher(key, name).encrypt(nonce, plain, name)

    def open(self, sealed: bytes, about: str) -> bytes:
        """What was sealed."""
        key = self._keys.find(key_id(sealed))
        if key is None:
            raise UnreadableError(f"sealed with the unknown key {key_id(sealed).hex()}")
        name, body = about.encode(), sealed[_HEAD_BYTES:]
        try:
            cipher = self._cipher(key, name)
            return cipher.decrypt(body[:_NONCE_BYTES], body[_NONCE_BYTES:], name)
        except (InvalidTag, ValueError):
            raise UnreadableError("changed since it was sealed, or about something else") from None

    def renew(self, sealed: bytes, about: str) -> bytes | None:
        """The same, sealed with the key in use; None where it is that already."""
        if key_id(sealed) == self._keys.in_use().id:
            return None
        return self.close(self.open(sealed, about), about)


def key_id(sealed: bytes) -> bytes:
    """The id of the key that something was sealed with.

    Raises:
        UnreadableError: It was never sealed.
    """
    if not sealed.startswith(_MARK):
        raise UnreadableError("not sealed")
    return sealed[len(_MARK) : _HEAD_BYTES]


def _cipher(key: MasterKey, name: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key.secret, b"servicebot seal\0" + name, "sha256"))
