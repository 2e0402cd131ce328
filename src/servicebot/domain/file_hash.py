"""What tells one state of a file from another."""

import hashlib


def file_hash(data: bytes | None) -> str | None:
    """SHA-256 of a file, hexadecimal; None for no file."""
    return None if data is None else hashlib.sha256(data).hexdigest()
