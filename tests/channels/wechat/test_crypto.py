"""Signatures and encryption against the platform's published values and wechatpy."""

import base64
import json
import string
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import WeChatCrypto
from wechatpy.utils import WeChatSigner

from servicebot.channels.wechat.crypto import Seal, sign
from servicebot.domain.errors import SignatureError

FILE = json.loads((Path(__file__).parents[1] / "vectors_wechat.json").read_text(encoding="utf-8"))
VECTORS: dict[str, dict[str, Any]] = {vector["id"]: vector for vector in FILE["vectors"]}
KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
ALPHABET = string.ascii_letters + string.digits + "+/"


def of_kind(kind: str) -> list[str]:
    return [name for name, vector in VECTORS.items() if vector["kind"] == kind]


def open_vector(vector: dict[str, Any]) -> bytes:
    seal = Seal(vector["token"], vector["encoding_aes_key"], vector["receive_id"])
    seal.check(vector["msg_signature"], vector["timestamp"], vector["nonce"], vector["encrypt"])
    return seal.open(vector["encrypt"])


@pytest.mark.parametrize("name", of_kind("wechat_sig"))
def test_a_published_signature_holds(name: str) -> None:
    vector = VECTORS[name]
    assert sign(vector["token"], vector["timestamp"], vector["nonce"]) == vector["signature"]


@pytest.mark.parametrize("name", of_kind("wechat_decrypt"))
def test_a_published_message_opens(name: str) -> None:
    assert open_vector(VECTORS[name]).decode() == VECTORS[name]["computed_plaintext"]


@pytest.mark.parametrize("name", of_kind("wechat_encrypt"))
def test_a_published_reply_is_made_byte_for_byte(name: str) -> None:
    vector = VECTORS[name]
    seal = Seal(vector["token"], vector["encoding_aes_key"], vector["receive_id"])
    made = seal.close(vector["plaintext"].encode(), random=vector["random16"].encode())
    assert made == vector["encrypt"]
    signature = seal.signature(vector["timestamp"], vector["nonce"], made)
    assert signature == vector["msg_signature"]


@pytest.mark.parametrize("entry", FILE["must_fail"], ids=lambda entry: entry["id"])
def test_what_must_fail_fails(entry: dict[str, Any]) -> None:
    with pytest.raises(SignatureError):
        open_vector({**VECTORS[entry["base"]], **entry["change"]})


@given(st.text(ALPHABET, min_size=43, max_size=43), st.binary(max_size=300))
def test_what_is_closed_opens_again_with_any_key(key: str, message: bytes) -> None:
    """Also with keys whose last character holds bits that a strict decoder refuses."""
    seal = Seal("t", key, "wx1")
    assert seal.open(seal.close(message)) == message


@given(
    st.text(max_size=200).filter(lambda text: not set(text) & set(map(chr, range(0xD800, 0xE000))))
)
def test_wechatpy_opens_what_we_close(text: str) -> None:
    encrypted = Seal("t", KEY, "wx1").close(text.encode())
    peer = WeChatCrypto("t", KEY, "wx1")
    signer = WeChatSigner()
    signer.add_data("t", "1", "2", encrypted)
    assert signer.signature == Seal("t", KEY, "wx1").signature("1", "2", encrypted)
    opened = peer.decrypt_message({"Encrypt": encrypted}, signer.signature, "1", "2")
    assert (opened if isinstance(opened, bytes) else opened.encode()) == text.encode()


@given(st.integers(0, 10**6), st.integers(0, 7))
def test_a_flipped_bit_of_the_cipher_text_breaks_the_signature(place: int, bit: int) -> None:
    seal = Seal("t", KEY, "wx1")
    encrypted = seal.close(b"hello" * 9)
    data = bytearray(base64.b64decode(encrypted))
    data[place % len(data)] ^= 1 << bit
    with pytest.raises(SignatureError):
        seal.check(seal.signature("1", "2", encrypted), "1", "2", base64.b64encode(data).decode())


@given(st.integers(0, 31), st.integers(0, 7))
def test_a_flipped_bit_of_the_last_block_does_not_open(place: int, bit: int) -> None:
    """The padding and the appid stand there; both are checked."""
    seal = Seal("t", KEY, "wx1")
    data = bytearray(base64.b64decode(seal.close(b"x" * 9)))
    data[32 - 16 + place % 16] ^= 1 << bit
    with pytest.raises(SignatureError):
        seal.open(base64.b64encode(data).decode())


@given(st.binary(max_size=200))
def test_garbage_is_refused_and_never_breaks(data: bytes) -> None:
    with pytest.raises(SignatureError):
        Seal("t", KEY, "wx1").open(base64.b64encode(data).decode())


@given(st.text(max_size=100))
def test_any_text_as_a_signature_is_refused(text: str) -> None:
    with pytest.raises(SignatureError) as caught:
        Seal("t", KEY, "wx1").check(text, "1", "2", text)
    assert str(caught.value) == "The request does not carry the platform's signature."


def encrypted_plain(seal: Seal, plain: bytes) -> str:
    encryptor = seal._cipher.encryptor()
    return base64.b64encode(encryptor.update(plain)).decode()


def test_a_length_beyond_the_message_is_refused() -> None:
    seal = Seal("t", KEY, "wx1")
    plain = b"r" * 16 + (2**31).to_bytes(4, "big") + b"hello" + b"wx1"
    pad = 32 - len(plain) % 32
    with pytest.raises(SignatureError):
        seal.open(encrypted_plain(seal, plain + bytes([pad]) * pad))


@pytest.mark.parametrize("pad", [b"\x01\x02\x03\x04", b"\x04\x04\x04\x00", b"\x04\x04\x04\x21"])
def test_every_byte_of_the_padding_counts(pad: bytes) -> None:
    seal = Seal("t", KEY, "wx1")
    plain = b"r" * 16 + (5).to_bytes(4, "big") + b"hello" + b"wx1"
    assert seal.open(encrypted_plain(seal, plain + b"\x04" * 4)) == b"hello"
    with pytest.raises(SignatureError):
        seal.open(encrypted_plain(seal, plain + pad))
