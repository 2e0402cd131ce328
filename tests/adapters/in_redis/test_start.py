"""What is refused at the start, with the remedy, and what a restart of the server changes."""

from pathlib import Path

import pytest
from tests.contracts.examples import inbound
from tests.sealing import KEY, SEAL
from tests.servers.redis_server import MISSING, PROGRAM, redis_server, redis_url

from servicebot.adapters.in_redis.ledger import EDITION, open_redis_ledger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal
from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.adapters.system_clock import SystemClock
from servicebot.domain.errors import StartError, UnavailableError
from servicebot.ports.mailbox import Accepted
from servicebot.settings import RedisStore

pytestmark = pytest.mark.skipif(PROGRAM is None, reason=MISSING)


async def test_a_store_of_a_later_edition_is_refused(tmp_path: Path) -> None:
    store = RedisStore(url=redis_url(), name=f"t-{tmp_path}")
    async with open_redis_ledger(store, SEAL) as ledger:
        await ledger.redis.hset(f"{store.name}:{{store}}", "edition", str(EDITION + 1))
    with pytest.raises(UnavailableError, match="start the newer program"):
        async with open_redis_ledger(store, SEAL):
            pass


async def test_what_the_edition_before_left_in_the_clear_is_sealed(tmp_path: Path) -> None:
    store = RedisStore(url=redis_url(), name=f"t-{tmp_path}")
    async with open_redis_ledger(store, SEAL) as ledger:
        await ledger.mailbox.accept(inbound("m1"))
        assert await ledger.change_bodies(SEAL.open) > 1
        await ledger.redis.hset(f"{store.name}:{{store}}", "edition", "1")
    async with open_redis_ledger(store, SEAL) as ledger:
        assert (
            await ledger.redis.hget(f"{store.name}:{{store}}", "edition") == str(EDITION).encode()
        )
        assert await ledger.change_bodies(SEAL.open) > 1, "all of it is sealed"


async def test_a_start_with_other_keys_is_refused(tmp_path: Path) -> None:
    store = RedisStore(url=redis_url(), name=f"t-{tmp_path}")
    async with open_redis_ledger(store, SEAL):
        pass
    other = new_key(KEY.used_from)
    with pytest.raises(StartError, match="SERVICEBOT_STORE_KEYS_FILE"):
        async with open_redis_ledger(
            store, AesGcmSeal(MasterKeys(lambda: other.line, SystemClock()))
        ):
            pass


async def test_another_number_of_partitions_is_refused(tmp_path: Path) -> None:
    name = f"t-{tmp_path}"
    async with open_redis_ledger(RedisStore(url=redis_url(), name=name, partitions=3), SEAL):
        pass
    with pytest.raises(UnavailableError, match="SERVICEBOT_REDIS_PARTITIONS"):
        async with open_redis_ledger(RedisStore(url=redis_url(), name=name, partitions=4), SEAL):
            pass


@pytest.mark.parametrize(
    ("options", "remedy"),
    [
        (("--appendonly", "no"), "appendonly yes"),
        (("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru"), "maxmemory-policy"),
    ],
)
async def test_a_server_that_forgets_is_refused_unless_it_is_wanted_so(
    options: tuple[str, ...], remedy: str, tmp_path: Path
) -> None:
    with redis_server(tmp_path, *options) as server:
        with pytest.raises(UnavailableError, match=remedy):
            async with open_redis_ledger(RedisStore(url=server.url), SEAL):
                pass
        async with open_redis_ledger(RedisStore(url=server.url, unsafe=True), SEAL) as ledger:
            assert await ledger.mailbox.accept(inbound("m1")) is Accepted.NEW


async def test_a_server_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(UnavailableError, match=r"127\.0\.0\.1:1 does not answer") as told:
        async with open_redis_ledger(RedisStore(url="redis://:secret@127.0.0.1:1"), SEAL):
            pass
    assert "secret" not in str(told.value)


async def test_a_worker_can_be_started_while_the_memory_is_full(tmp_path: Path) -> None:
    """It is the one that drains."""
    with redis_server(tmp_path) as server:
        store = RedisStore(url=server.url)
        async with open_redis_ledger(store, SEAL) as ledger:
            await ledger.mailbox.accept(inbound("m1"))
        server.command("CONFIG", "SET", "maxmemory", "1mb")
        async with open_redis_ledger(store, SEAL) as ledger:
            assert await ledger.mailbox.claim(10) is not None


async def test_scripts_are_loaded_again_where_the_server_has_forgotten_them(tmp_path: Path) -> None:
    async with open_redis_ledger(RedisStore(url=redis_url(), name=f"t-{tmp_path}"), SEAL) as ledger:
        await ledger.redis.script_flush()
        assert await ledger.mailbox.accept(inbound("m1")) is Accepted.NEW
        await ledger.redis.script_flush()
        claim = await ledger.mailbox.claim(10)
        assert claim is not None
        await ledger.redis.script_flush()
        assert await ledger.mailbox.renew(claim, 10)
