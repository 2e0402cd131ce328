"""In no ledger does anything that a customer said, or who they are, stand in the clear."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.contracts.adapters import LedgerUnderTest
from tests.contracts.examples import AT, inbound, outbound, result
from tests.contracts.test_money_journal import move
from tests.contracts.test_tickets import leave, ticket
from tests.sealing import KEY

from servicebot.adapters.in_redis.ledger import RedisLedger
from servicebot.adapters.sealing.aes_gcm import AesGcmSeal, key_id
from servicebot.adapters.sealing.key_sources import new_key
from servicebot.adapters.sealing.master_keys import MasterKeys
from servicebot.adapters.system_clock import SystemClock
from servicebot.domain.errors import UnreadableError
from servicebot.domain.messages import Text

SECRETS = ("我的秘密", "the-opaque-subject", "*小明", "an answer about it")
NEW = replace(new_key(KEY.used_from), used_from=KEY.used_from + timedelta(days=1))
ROTATED = AesGcmSeal(MasterKeys(lambda: f"{KEY.line}\n{NEW.line}", SystemClock()))


async def fill(stores: LedgerUnderTest) -> None:
    """One of everything that a ledger keeps."""
    said = inbound("m1", content=Text(text="我的秘密"))
    await stores.mailbox.accept(said)
    claim = await stores.mailbox.claim(10)
    assert claim is not None
    done = result(said, None, "an answer about it", push_at=AT)
    identity = replace(done.conversation.identity, subject="the-opaque-subject")
    known = replace(done.conversation, identity=identity, last_said=(outbound("我的秘密"),))
    await stores.mailbox.commit(claim, replace(done, conversation=known))
    await leave(stores, replace(ticket("t1"), summary="我的秘密", subject="the-opaque-subject"))
    await stores.journal.begin(replace(move("k1"), subject="the-opaque-subject"))
    await stores.mailbox.accept(inbound("m2", content=Text(text="我的秘密")))


async def stored(stores: LedgerUnderTest, folder: Path) -> bytes:
    """Every byte of the store."""
    if not isinstance(stores.ledger, RedisLedger):
        return b"".join(path.read_bytes() for path in folder.iterdir() if path.is_file())
    client: Any = stores.ledger.redis
    found: list[bytes] = []
    async for key in client.scan_iter(match="*", count=1000):
        if folder.name.encode() in key:
            found += [key, *await _values(client, key)]
    return b"\n".join(found)


async def _values(client: Any, key: bytes) -> list[bytes]:
    match await client.type(key):
        case b"string":
            return [await client.get(key)]
        case b"hash":
            return [part for pair in (await client.hgetall(key)).items() for part in pair]
        case b"list":
            return list(await client.lrange(key, 0, -1))
        case b"set":
            return list(await client.smembers(key))
        case b"zset":
            return list(await client.zrange(key, 0, -1))
        case other:
            raise AssertionError(other)


async def test_nothing_that_is_about_a_customer_stands_in_the_clear(
    stores: LedgerUnderTest, tmp_path: Path
) -> None:
    await fill(stores)
    raw = await stored(stores, tmp_path)
    assert b"c1" in raw, "the store was read"
    assert [secret for secret in SECRETS if secret.encode() in raw] == []


async def test_a_new_key_seals_everything_while_the_store_is_in_use(
    stores: LedgerUnderTest,
) -> None:
    await fill(stores)
    seen: dict[str, int] = {}

    def count(body: bytes, about: str) -> None:  # noqa: ARG001  the port's signature
        seen[key_id(body).hex()] = seen.get(key_id(body).hex(), 0) + 1

    assert await stores.ledger.change_bodies(count) == 0
    assert set(seen) == {KEY.id.hex()}
    changed = await stores.ledger.change_bodies(ROTATED.renew)
    assert changed >= sum(seen.values()) - 1
    seen.clear()
    await stores.ledger.change_bodies(count)
    assert set(seen) == {NEW.id.hex()}
    lines: list[str] = []

    def read(body: bytes, about: str) -> None:
        lines.append(ROTATED.open(body, about).decode())

    await stores.ledger.change_bodies(read)
    assert sum("我的秘密" in line for line in lines) >= 4


async def test_what_cannot_be_read_is_left_as_it_is(stores: LedgerUnderTest) -> None:
    await fill(stores)

    def refuse(body: bytes, about: str) -> None:  # noqa: ARG001  the port's signature
        raise UnreadableError("not mine")

    assert await stores.ledger.change_bodies(refuse) == 0
    assert await stores.timeline.answers(inbound("m1")) == (outbound("an answer about it"),)
