"""Drafts are kept for all processes, and of two changes at once the second is refused."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from servicebot.adapters.in_sql.drafts import SqlDrafts
from servicebot.adapters.in_sql.engine import SqlEngine
from servicebot.domain.drafts import (
    ChangedGroup,
    Draft,
    DraftFile,
    DraftState,
    EffectSummary,
    Signature,
)
from servicebot.domain.errors import ChangedMeanwhileError, RejectedError

AT = datetime(2026, 11, 29, 12, 0, tzinfo=UTC)
PATH = "knowledge_base/zh/card/fee.md"


@pytest.fixture
def drafts(records_url: str) -> Iterator[SqlDrafts]:
    with closing(SqlEngine(records_url)) as engine:
        yield SqlDrafts(engine)


def begun(draft_id: str = "d1") -> Draft:
    return Draft(
        id=draft_id, title="费用", author="小林", state=DraftState.OPEN, created=AT, changed=AT
    )


def reviewed() -> Draft:
    written = begun().with_file(PATH, DraftFile(text="免费", before=None), "小林", AT)
    group = ChangedGroup(id="g1", was="article:a", becomes="menu", questions=2, asked=9)
    effect = EffectSummary(of=written.version, live="abc", questions=100, groups=(group,))
    signed = Signature(group="g1", person="王", of=written.version, at=AT)
    return replace(written.moved(DraftState.IN_REVIEW, AT), effect=effect, signatures=(signed,))


async def test_a_draft_is_found_as_it_was_stored(drafts: SqlDrafts) -> None:
    await drafts.add(reviewed())
    assert await drafts.find("d1") == reviewed()
    assert await drafts.find("d2") is None


async def test_of_two_changes_at_once_the_second_is_refused(drafts: SqlDrafts) -> None:
    await drafts.add(begun())
    mine = await drafts.find("d1")
    theirs = await drafts.find("d1")
    assert mine is not None
    assert theirs is not None
    stored = await drafts.save(replace(mine, title="费用说明"))
    assert stored.revision == 1
    with pytest.raises(ChangedMeanwhileError):
        await drafts.save(replace(theirs, title="别的"))
    assert await drafts.find("d1") == stored


async def test_the_newest_come_first(drafts: SqlDrafts) -> None:
    for hour in range(3):
        await drafts.add(replace(begun(f"d{hour}"), changed=AT + timedelta(hours=hour)))
    assert [one.id for one in await drafts.every(2)] == ["d2", "d1"]


def test_a_group_is_signed_by_somebody_else_and_for_these_files_only() -> None:
    draft = reviewed()
    assert draft.unsigned() == ()
    own = replace(draft.signatures[0], person="小林")
    assert len(replace(draft, signatures=(own,)).unsigned()) == 1
    again = draft.moved(DraftState.OPEN, AT)
    changed = again.with_file(PATH, DraftFile(text="收费", before=None), "小林", AT)
    assert len(changed.unsigned()) == 1
    # Whoever wrote in it is no second person any more.
    helped = again.with_file(PATH, again.files[PATH], "王", AT)
    assert len(helped.unsigned()) == 1


def test_only_an_open_draft_is_written_in() -> None:
    with pytest.raises(RejectedError, match="not open"):
        reviewed().with_file(PATH, None, "小林", AT)
    with pytest.raises(RejectedError, match="cannot become"):
        begun().moved(DraftState.PUBLISHED, AT)
