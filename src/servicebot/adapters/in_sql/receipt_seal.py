"""A receipt under the key of its owner: AES-256-GCM, its turn as associated data.

    mark (1) | nonce (12, random) | ciphertext and tag (16)

One key seals the turns of one conversation, far fewer than the 2^32 that random nonces allow.
"""

import os
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from servicebot.domain.errors import UnreadableError

_MARK: Final = b"\x02"
_NONCE_BYTES: Final = 12


def close(plain: bytes, turn_id: str, secret: bytes) -> bytes:
    """The bytes, sealed."""
    nonce = os.urandom(_NONCE_BYTES)
    return _MARK + nonce + AESGCM(secret).encrypt(nonce, plain, turn_id.encode())


def open_(sealed: bytes, turn_id: str, secret: bytes) -> bytes:
    """What was sealed.

    Raises:
        UnreadableError: It was changed, or is another turn's.
    """
    nonce, body = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        return AESGCM(secret).decrypt(nonce, body, turn_id.encode())
    except (InvalidTag, ValueError):
        raise UnreadableError("changed since it was sealed, or another turn's") from None
