"""F5: Redis has no memory left, with `noeviction`."""

from dataclasses import dataclass
from pathlib import Path

from tests.chaos.crowd import Crowd, message
from tests.chaos.finding import Finding
from tests.contracts.examples import result
from tests.sealing import SEAL
from tests.servers.redis_server import RedisServer, redis_server

from servicebot.adapters.in_redis.ledger import RedisLedger, open_redis_ledger
from servicebot.domain.errors import UnavailableError
from servicebot.ports.mailbox import Accepted
from servicebot.settings import RedisStore

MESSAGES = 300
NEW = Accepted.NEW


@dataclass
class Drained:
    """What went through the store while it was full."""

    committed: int = 0
    tried_again: int = 0
    delivered: int = 0
    recorded: int = 0


async def redis_full(_: int, folder: Path) -> Finding:
    """New messages are refused whole; all that is there is handled, sent and archived."""
    found = Finding()
    with redis_server(folder, "--maxmemory-policy", "noeviction") as server:
        store = RedisStore(url=server.url, name="f5")
        async with open_redis_ledger(store, SEAL) as ledger:
            crowd = Crowd(ledger)
            await crowd.say_once(MESSAGES)
            _fill(server)
            refused = await crowd.say_once(50)
            found.expect(len(refused) == 50, f"{50 - len(refused)} were taken with a full memory")
            try:
                async with open_redis_ledger(
                    store, SEAL
                ) as again:  # a worker that is started meanwhile
                    drained = await _drain(again)
            except UnavailableError as error:
                found.faults.append(f"the drain stands still: {error}")
                drained = Drained()
            server.command("CONFIG", "SET", "maxmemory", "0")
            half = [one for one in refused if await ledger.mailbox.accept(message(one)) is not NEW]
    found.expect(not half, f"{len(half)} refused messages had left something behind")
    for name, count in vars(drained).items():
        wanted = MESSAGES // 10 if name == "tried_again" else MESSAGES
        found.expect(count == wanted, f"{name}: {count} of {wanted}")
    found.figures = {
        "waiting": MESSAGES,
        "refused": len(refused),
        "half-written": len(half),
        **{f"{name} while full": count for name, count in vars(drained).items()},
        "taken afterwards": len(refused) - len(half),
    }
    return found


def _fill(server: RedisServer) -> None:
    """No byte more than is there: everything that takes memory is refused."""
    server.command("CONFIG", "SET", "maxmemory", "1mb")  # less than an empty server takes
    server.command("CONFIG", "SET", "maxmemory-policy", "noeviction")


async def _drain(ledger: RedisLedger) -> Drained:
    done = Drained()
    while (await ledger.mailbox.load()).waiting:
        claim = await ledger.mailbox.claim(10)
        if claim is None:
            continue
        if not claim.tries and int(claim.message.message_id[1:]) % 10 == 0:
            await ledger.mailbox.fail(claim, 0.0)
            done.tried_again += 1
            continue
        if await ledger.mailbox.renew(claim, 10):
            await ledger.mailbox.commit(claim, result(claim.message, claim.state, "said"))
            done.committed += 1
    while (delivery := await ledger.outbox.claim_delivery(10)) is not None:
        if delivery.tries == 0 and delivery.id % 7 == 0:
            await ledger.outbox.postpone(delivery, 0.0)
            continue
        await ledger.outbox.delivered(delivery)
        done.delivered += 1
    while receipts := await ledger.unrecorded.unrecorded(100):
        await ledger.unrecorded.recorded([one.turn_id for one in receipts])
        done.recorded += len(receipts)
    return done
