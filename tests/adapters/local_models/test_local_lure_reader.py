"""The shipped reader of lures: opened when it is needed, and the chat goes on without it."""

import logging
import shutil
from pathlib import Path

import pytest

from servicebot.adapters.local_models.local_lure_reader import (
    LocalLureReader,
    bundled_lures_folder,
)
from servicebot.screening.allow_list import Allowed

ALLOWED = Allowed(numbers=frozenset({"95000"}))
LURE = "为了核实身份，请您把刚收到的验证码告诉我"
PROPER = "您好，请问您的订单号是多少？我帮您查一下进度。"


@pytest.fixture(scope="module")
def reader() -> LocalLureReader:
    return LocalLureReader()


async def test_a_lure_is_told_from_proper_words(reader: LocalLureReader) -> None:
    assert await reader.lures_in([PROPER, LURE, "如有疑问请拨打95000。"], ALLOWED) == (LURE,)
    assert await reader.lures_in([], ALLOWED) == ()
    assert await reader.lures_in(["", " "], ALLOWED) == ()


async def test_a_lure_in_the_middle_of_a_long_text_is_found(reader: LocalLureReader) -> None:
    around = "您反映的扣费是上个月的账户管理费，我们已经为您申请退还，预计三个工作日到账。"
    found = await reader.lures_in([around * 5 + LURE + "。" + around * 5], ALLOWED)
    assert found
    assert all(LURE[:6] in part for part in found)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("lures.safetensors", b"broken"),
        ("lures.safetensors", b""),
        ("manifest.json", b"[" * 100_000),
    ],
)
async def test_damaged_files_are_told_once_and_nothing_is_a_lure(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, name: str, data: bytes
) -> None:
    folder = tmp_path / "lures"
    shutil.copytree(bundled_lures_folder(), folder)
    (folder / name).write_bytes(data)
    if name != "manifest.json":
        (folder / "manifest.json").unlink()
    reader = LocalLureReader(folder)
    with caplog.at_level(logging.ERROR):
        assert await reader.lures_in([LURE], ALLOWED) == ()
        assert await reader.lures_in([LURE], ALLOWED) == ()
    (record,) = caplog.records
    assert (record.getMessage(), bool(record.__dict__["why"])) == ("lures_not_read", True)
