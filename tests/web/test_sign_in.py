"""The door of the desk: counted before checked, nobody locks another out, one small pool."""

import asyncio
import resource
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import aiohttp
import pyotp
import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st
from tests.contracts.settable_clock import SettableClock
from tests.web.desk_stage import PASSWORD, Browser, add_people, browser

from servicebot.adapters.in_process.shared import InProcessShared
from servicebot.app.stage import LiveStage, open_stage
from servicebot.content.content import Content
from servicebot.domain.desk_people import Account, Role
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander
from servicebot.web.known_device import KnownDevices
from servicebot.web.password_pool import MOST_AT_ONCE, PasswordPool
from servicebot.web.second_factor import STEP_S, SecondFactor
from servicebot.web.sign_in_tries import (
    MOST_OF_ADDRESS,
    MOST_OF_DEVICE,
    MOST_TOGETHER,
    WINDOW_S,
    SignInTries,
    TooManyTriesError,
    Try,
)


@pytest.fixture
async def stage(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> AsyncIterator[LiveStage]:
    async with open_stage(settings, content, understander, tmp_path) as opened:
        await add_people(opened)
        yield opened


def from_address(number: int, name: str = "ann", device: str | None = None) -> Try:
    return Try(name=name, address=f"10.0.0.{number}", device=device)


async def allowed(tries: SignInTries, one: Try, times: int) -> int:
    """How many of so many tries at once may look at the password."""
    outcomes = await asyncio.gather(
        *(tries.take(one) for _ in range(times)), return_exceptions=True
    )
    assert all(one is None or isinstance(one, TooManyTriesError) for one in outcomes)
    return outcomes.count(None)


async def test_of_a_hundred_tries_at_once_only_the_limit_is_looked_at() -> None:
    tries = SignInTries(InProcessShared(SettableClock()))
    assert await allowed(tries, from_address(1), 100) == MOST_TOGETHER


async def test_strangers_use_up_no_try_of_another_address_or_of_a_known_device() -> None:
    tries = SignInTries(InProcessShared(SettableClock()))
    for number in range(2, 20):
        await allowed(tries, from_address(number), 100)
    assert await allowed(tries, from_address(1, name="bo"), 1) == 1
    known = from_address(2, device="d1")
    assert await allowed(tries, known, 100) == MOST_OF_DEVICE
    assert await allowed(tries, replace(known, device="d2"), 1) == 1


async def test_five_strangers_tries_lock_an_agent_elsewhere_out_in_no_way() -> None:
    tries = SignInTries(InProcessShared(SettableClock()))
    assert await allowed(tries, from_address(1), 5) == 5
    assert await allowed(tries, from_address(2), 1) == 1


async def test_after_the_lock_all_tries_are_there_again_and_trying_on_does_not_lengthen_it() -> (
    None
):
    clock = SettableClock()
    tries = SignInTries(InProcessShared(clock))
    for _ in range(10):
        await allowed(tries, from_address(1), 3)
        clock.advance(WINDOW_S / 11)
    clock.advance(WINDOW_S / 11)
    assert await allowed(tries, from_address(1), 100) == MOST_TOGETHER


async def test_random_names_of_one_address_are_counted_together() -> None:
    tries = SignInTries(InProcessShared(SettableClock()))
    seen = [await allowed(tries, from_address(1, name=f"n{n}"), 1) for n in range(100)]
    assert sum(seen) == MOST_OF_ADDRESS


async def test_a_known_device_signs_in_while_strangers_lock_the_name(stage: LiveStage) -> None:
    async with browser(stage, "ann") as known, browser(stage) as stranger:
        await known.call("POST", "sign-out")
        refused = await asyncio.gather(*(stranger.sign_in("ann", f"no{n}") for n in range(100)))
        assert refused.count(401) <= MOST_TOGETHER
        assert set(refused) <= {401, 429, 503}
        assert await stranger.sign_in("ann") == 429
        assert await known.sign_in("ann") == 200


async def test_a_refusal_says_when_to_come_back(stage: LiveStage) -> None:
    async with browser(stage) as stranger:
        for _ in range(MOST_TOGETHER):
            await stranger.sign_in("ann", "wrong")
        body = {"name": "ann", "password": PASSWORD}
        async with stranger.session.post("/v1/desk/sign-in", json=body) as response:
            assert response.status == 429
            assert 0 < int(response.headers["Retry-After"]) <= WINDOW_S
            assert (await response.json(content_type=None))["reason"] == "locked"


def test_a_devices_cookie_is_of_one_account_with_one_password() -> None:
    account = Account(name="ann", role=Role.AGENT, password_hash="$argon2-1")
    devices = KnownDevices("secret")
    cookie = devices.issue(account)
    assert devices.read(cookie, account) is not None
    assert devices.read(cookie, replace(account, name="bo")) is None
    assert devices.read(cookie, replace(account, password_hash="$argon2-2")) is None
    assert devices.read(cookie, None) is None
    assert KnownDevices("another").read(cookie, account) is None


@given(st.text(max_size=300))
def test_no_text_is_a_devices_cookie(text: str) -> None:
    account = Account(name="ann", role=Role.AGENT, password_hash="$argon2-1")
    assert KnownDevices("secret").read(text, account) is None


async def test_a_hundred_sign_ins_at_once_slow_no_page_and_take_the_memory_of_a_few(
    stage: LiveStage,
) -> None:
    async with aiohttp.ClientSession(stage.url) as session:
        one = Browser(session)
        assert await one.sign_in("ann", "wrong") == 401  # the first one loads what it needs
        before_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        flood = [asyncio.create_task(one.sign_in(f"name{n}", "x")) for n in range(100)]
        slowest_s = 0.0
        while not all(task.done() for task in flood):
            begun = time.monotonic()
            async with session.get("/static/desk/desk.js") as response:
                await response.read()
            slowest_s = max(slowest_s, time.monotonic() - begun)
        told = [task.result() for task in flood]
    assert set(told) <= {401, 429, 503}
    assert told.count(401) <= MOST_AT_ONCE * 2
    assert slowest_s < 1
    after_kib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after_kib - before_kib < 3 * 64 * 1024


async def test_an_unknown_name_takes_as_long_as_a_known_one() -> None:
    """Both are a check of argon2 with the same costs; how long it takes is the machine's affair."""
    pool = PasswordPool("test")
    hashed = PasswordHasher().hash(PASSWORD)
    assert await pool.is_right(hashed, PASSWORD)
    assert not await pool.is_right(hashed, "another")
    assert not await pool.is_right("no hash", PASSWORD)
    assert not await pool.is_right(hashed, "\ud800")
    pool.close()


async def test_a_one_time_code_is_needed_and_used_once(stage: LiveStage) -> None:
    accounts = stage.engine.stores.accounts
    account = await accounts.find("ann")
    assert account is not None
    factor = stage.engine.services.desk_sign_in._factor
    sealed, address = factor.enrol("ann")
    await accounts.put(replace(account, second_factor=sealed))
    codes = pyotp.parse_uri(address)
    assert isinstance(codes, pyotp.TOTP)
    now = stage.engine.services.clock.now()
    code = codes.at(now)
    async with browser(stage) as one:
        assert await one.sign_in("ann") == 401
        assert await one.sign_in("ann", "wrong", code) == 401
        assert await one.sign_in("ann", code=f"{code[:3]} {code[3:]}") == 200
        assert await one.sign_in("ann", code=code) == 401
        assert (
            await one.sign_in("ann", code=codes.at(now, counter_offset=-1)) == 401
        )  # older than the used one
        assert await one.sign_in("ann", code=codes.at(now, counter_offset=1)) == 200


async def test_where_a_second_factor_is_asked_for_a_password_alone_is_not_enough(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    strict = replace(settings, desk=replace(settings.desk, needs_second_factor=True))
    async with open_stage(strict, content, understander, tmp_path) as stage:
        await add_people(stage)
        async with browser(stage) as one:
            assert await one.sign_in("ann", "wrong") == 401  # a stranger learns nothing of it
            assert await one.sign_in("ann") == 403
        accounts, factor = stage.engine.stores.accounts, stage.engine.services.desk_sign_in._factor
        account = await accounts.find("ann")
        assert account is not None
        sealed, address = factor.enrol("ann")
        await accounts.put(replace(account, second_factor=sealed))
        codes = pyotp.parse_uri(address)
        assert isinstance(codes, pyotp.TOTP)
        async with browser(stage) as one:
            now = stage.engine.services.clock.now()
            assert await one.sign_in("ann", code=codes.at(now)) == 200


def test_codes_hold_one_step_to_either_side_and_secrets_are_sealed_to_their_account() -> None:
    factor, now = SecondFactor("secret"), SettableClock().now()
    sealed, address = factor.enrol("ann")
    codes = pyotp.parse_uri(address)
    assert isinstance(codes, pyotp.TOTP)
    step = int(now.timestamp()) // STEP_S
    for drift in range(-3, 4):
        found = factor.step_of(sealed, "ann", codes.at(now, counter_offset=drift), now)
        assert found == (step + drift if abs(drift) <= 1 else None)
    assert codes.secret.encode() not in sealed
    assert factor.step_of(sealed, "bo", codes.at(now), now) is None
    assert SecondFactor("another").step_of(sealed, "ann", codes.at(now), now) is None


@given(st.text(max_size=40))
def test_no_text_but_the_code_is_one(text: str) -> None:
    factor, now = SecondFactor("secret"), SettableClock().now()
    sealed, _ = factor.enrol("ann")
    found = factor.step_of(sealed, "ann", text, now)
    assert found is None or text.strip().isdecimal()
