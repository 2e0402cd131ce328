"""What the audit trail promises, on both databases: one chain, and nothing taken from it unseen."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from tests.contracts.settable_clock import SettableClock

from servicebot.adapters.in_files.audit_head import HeadFile
from servicebot.adapters.in_sql.audit_trail import SqlAuditTrail
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.domain.audit import (
    AuditAct,
    AuditEntry,
    AuditHead,
    AuditRow,
    bond_of,
    read_head,
    seal_head,
)
from servicebot.domain.audit_check import AuditCheck, AuditFault
from servicebot.domain.errors import UnavailableError

KEY = b"a key that stands elsewhere"
NOW = SettableClock().now()


def entry(number: int = 0, **changes: str) -> AuditEntry:
    told = {"who": "ann", "what": f"t{number}", **changes}
    return AuditEntry(at=NOW, act=AuditAct.TICKET_SEEN, **told)


@pytest.fixture
def engine(records_url: str) -> Iterator[SqlEngine]:
    with closing(SqlEngine(records_url)) as opened:
        yield opened


@pytest.fixture
def head(tmp_path: Path) -> HeadFile:
    return HeadFile(tmp_path / "audit.head", KEY)


@pytest.fixture
def trail(engine: SqlEngine, head: HeadFile) -> SqlAuditTrail:
    return SqlAuditTrail(engine, KEY, head)


async def checked(trail: SqlAuditTrail, head: HeadFile) -> AuditFault | None:
    kept = head.kept()
    return check(await trail.rows(-1, 1_000), kept)


def check(rows: Sequence[AuditRow], head: AuditHead | None) -> AuditFault | None:
    checking = AuditCheck(KEY, (head,) if head is not None else ())
    for row in rows:
        if (fault := checking.take(row)) is not None:
            return fault
    return checking.end()


async def test_rows_come_back_as_they_were_written(trail: SqlAuditTrail, head: HeadFile) -> None:
    odd = entry(1, who="小王\0😀" + "x" * 300, detail="\ud800", address="::1")
    await trail.append(entry())
    await trail.append(odd)
    first, second = await trail.rows(0, 10)
    assert (first.number, first.entry) == (1, entry())
    assert second.entry is not None
    assert (second.entry.who[:3], len(second.entry.who)) == ("小王😀", 200)
    assert await checked(trail, head) is None
    assert [row.number for row in await trail.latest(1)] == [2]
    assert [row.number for row in await trail.rows(1, 10)] == [2]


async def test_many_processes_make_one_chain(records_url: str, head: HeadFile) -> None:
    with closing(SqlEngine(records_url)) as one, closing(SqlEngine(records_url)) as two:
        trails = [SqlAuditTrail(engine, KEY, head) for engine in (one, two)]
        await asyncio.gather(*(trails[n % 2].append(entry(n)) for n in range(60)))
        rows = await trails[0].rows(0, 100)
        assert sorted(row.entry.what for row in rows if row.entry) == sorted(
            f"t{n}" for n in range(60)
        )
        assert await checked(trails[1], head) is None
        assert head.kept() == AuditHead(number=60, bond=rows[-1].bond)


TAMPERING = {
    "altered": ("UPDATE audit SET who = 'bo' WHERE number = 5", 5),
    "altered act": ("UPDATE audit SET act = 'nothing' WHERE number = 5", 5),
    "altered instant": ("UPDATE audit SET at = 'never' WHERE number = 5", 5),
    "first deleted": ("DELETE FROM audit WHERE number = 1", 1),
    "deleted": ("DELETE FROM audit WHERE number = 7", 7),
    "deleted and closed up": (
        (
            "DELETE FROM audit WHERE number = 7; UPDATE audit SET number = number - 1"
            " WHERE number = 8; UPDATE audit SET number = number - 1 WHERE number = 9;"
            " UPDATE audit SET number = number - 1 WHERE number = 10"
        ),
        7,
    ),
    "moved": (
        (
            "UPDATE audit SET number = 100 WHERE number = 3; UPDATE audit SET number = 3"
            " WHERE number = 4; UPDATE audit SET number = 4 WHERE number = 100"
        ),
        3,
    ),
    "cut off": ("DELETE FROM audit WHERE number > 8", 9),
    "all gone": ("DELETE FROM audit", 1),
    "put in front": ("UPDATE audit SET number = 0 WHERE number = 1", 1),
}


@pytest.mark.parametrize("name", TAMPERING)
async def test_what_was_tampered_with_is_found_and_its_row_named(
    trail: SqlAuditTrail, engine: SqlEngine, head: HeadFile, name: str
) -> None:
    for number in range(10):
        await trail.append(entry(number))
    statements, row = TAMPERING[name]

    def tamper(db: Connection) -> None:
        for statement in statements.split(";"):
            db.execute(text(statement))

    await engine.run(tamper)
    fault = await checked(trail, head)
    assert fault is not None
    assert fault.number == row


async def test_a_cut_is_found_also_after_the_trail_went_on(
    trail: SqlAuditTrail, engine: SqlEngine, head: HeadFile
) -> None:
    for number in range(4):
        await trail.append(entry(number))
    await engine.run(lambda db: db.execute(text("DELETE FROM audit WHERE number > 2")))
    for number in range(5):
        await trail.append(entry(10 + number))
        fault = await checked(trail, head)
        assert fault is not None
        assert fault.number == 4


async def test_where_the_kept_head_was_taken_away_no_new_one_is_signed(
    trail: SqlAuditTrail, engine: SqlEngine, head: HeadFile, tmp_path: Path
) -> None:
    """Else whoever cuts rows and takes the file away would have the rest signed as the whole."""
    for number in range(4):
        await trail.append(entry(number))
    await engine.run(lambda db: db.execute(text("DELETE FROM audit WHERE number > 2")))
    kept = next(
        one
        for one in tmp_path.rglob("*")
        if one.is_file() and head.line() in one.read_text(errors="replace")
    )
    kept.unlink()
    await trail.append(entry(10))
    assert head.kept() is None


async def test_no_row_without_its_head(engine: SqlEngine, tmp_path: Path) -> None:
    trail = SqlAuditTrail(engine, KEY, HeadFile(tmp_path, KEY))
    with pytest.raises(UnavailableError):
        await trail.append(entry())


def chain(count: int) -> list[AuditRow]:
    rows, bond = [], ""
    for number in range(1, count + 1):
        one = entry(number)
        bond = bond_of(KEY, number, one, bond)
        rows.append(AuditRow(number=number, entry=one, bond=bond))
    return rows


CHAIN = chain(30)
END = AuditHead(number=30, bond=CHAIN[-1].bond)
Change = Callable[[list[AuditRow], int, int], list[AuditRow]]


def swap(rows: list[AuditRow], one: int, other: int) -> list[AuditRow]:
    rows[one], rows[other] = rows[other], rows[one]
    return rows


CHANGES: dict[str, Change] = {
    "delete": lambda rows, one, _: rows[:one] + rows[one + 1 :],
    "cut": lambda rows, one, _: rows[:one],
    "swap": swap,
    "repeat": lambda rows, one, other: [*rows[:one], rows[other], *rows[one:]],
}


@given(st.sampled_from(sorted(CHANGES)), st.integers(0, 29), st.integers(0, 29))
def test_whatever_is_done_to_a_chain_is_found(change: str, one: int, other: int) -> None:
    changed = CHANGES[change](list(CHAIN), one, other)
    fault = check(changed, END)
    assert (fault is None) == (changed == CHAIN)
    if fault is not None:
        first = next(
            (at for at, row in enumerate(changed) if at >= 30 or row != CHAIN[at]), len(changed)
        )
        assert fault.number == first + 1


def test_a_head_is_read_only_as_it_was_sealed(tmp_path: Path) -> None:
    line = seal_head(KEY, END)
    assert read_head(KEY, line) == END
    assert read_head(b"another", line) is None
    for place in range(len(line)):
        other = "1" if line[place] != "1" else "2"
        assert read_head(KEY, line[:place] + other + line[place + 1 :]) is None
    file = HeadFile(tmp_path / "head", KEY)
    file.keep(END)
    file.keep(AuditHead(number=3, bond="earlier"))
    assert file.kept() == END
    assert (tmp_path / "head").stat().st_mode & 0o077 == 0


@given(st.text(max_size=300))
def test_no_text_is_a_head(line: str) -> None:
    assert read_head(KEY, line) is None
