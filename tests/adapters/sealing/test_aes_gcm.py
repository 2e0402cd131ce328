"""What is sealed can be read in its own place only, with a key that is known, and unchanged."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.settable_clock import SettableClock
from tests.sealing import SEAL

from servicebot.adapters.sealing.aes_gcm import AesGcmSeal, key_id
from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.sealing.master_keys import MasterKey, MasterKeys
from servicebot.domain.errors import UnreadableError

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def seal_with(clock: SettableClock, *keys: MasterKey) -> AesGcmSeal:
    return AesGcmSeal(MasterKeys(lambda: "\n".join(key.line for key in keys), clock))


@given(st.binary(max_size=500), st.text(max_size=50))
def test_what_is_sealed_comes_back_in_its_place(plain: bytes, about: str) -> None:
    assert SEAL.open(SEAL.close(plain, about), about) == plain


@given(st.binary(max_size=60), st.data())
def test_one_changed_bit_is_noticed(plain: bytes, data: st.DataObject) -> None:
    sealed = bytearray(SEAL.close(plain, "web:a"))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(UnreadableError):
        SEAL.open(bytes(sealed), "web:a")


@given(st.binary(max_size=80))
def test_what_was_never_sealed_is_refused(raw: bytes) -> None:
    with pytest.raises(UnreadableError):
        SEAL.open(raw, "web:a")


def test_what_was_copied_to_another_chat_cannot_be_read_there() -> None:
    with pytest.raises(UnreadableError, match="about something else"):
        SEAL.open(SEAL.close("我的秘密".encode(), "web:a"), "web:b")


def test_the_same_words_never_look_the_same() -> None:
    assert len({SEAL.close(b"x", "web:a") for _ in range(100)}) == 100


def test_a_new_key_seals_from_its_instant_and_the_old_one_still_opens() -> None:
    clock = SettableClock()
    old, new = new_key(LONG_AGO), new_key(clock.now() + timedelta(seconds=120))
    seal = seal_with(clock, old, new)
    before = seal.close(b"x", "web:a")
    assert key_id(before) == old.id
    clock.advance(121)
    after = seal.close(b"x", "web:a")
    assert key_id(after) == new.id
    assert seal.open(before, "web:a") == seal.open(after, "web:a") == b"x"
    renewed = seal.renew(before, "web:a")
    assert renewed is not None
    assert key_id(renewed) == new.id
    assert seal.renew(renewed, "web:a") is None


def test_without_its_key_nothing_can_be_read() -> None:
    clock = SettableClock()
    sealed = seal_with(clock, new_key(LONG_AGO)).close(b"x", "web:a")
    with pytest.raises(UnreadableError, match="unknown key"):
        seal_with(clock, new_key(LONG_AGO)).open(sealed, "web:a")
