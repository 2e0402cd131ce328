"""Every conversation file, against the real turn and a real sandbox bank over HTTP."""

import asyncio
from pathlib import Path

import pytest

from servicebot.app.stage import open_stage
from servicebot.content.content import Content
from servicebot.evaluation.conversations.play import Played, play
from servicebot.evaluation.conversations.read_script import find_scripts, read_script
from servicebot.settings import Settings
from servicebot.understanding.understand import Understander

FOLDER = Path(__file__).parents[2] / "conversations"
FILES = find_scripts(FOLDER)


@pytest.fixture(scope="module")
def played(
    settings: Settings,
    content: Content,
    understander: Understander,
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[Path, Played]:
    """All files, played one after another on one stage."""

    async def play_all() -> dict[Path, Played]:
        folder = tmp_path_factory.mktemp("stage")
        async with open_stage(settings, content, understander, folder) as stage:
            return {file: await play(read_script(file), stage) for file in FILES}

    return asyncio.run(play_all())


@pytest.mark.parametrize("file", FILES, ids=lambda f: f"{f.parent.name}/{f.stem}")
def test_the_conversation_goes_as_written(file: Path, played: dict[Path, Played]) -> None:
    one = played[file]
    assert one.passed, "\n".join((one.script.name, *one.failures))


def test_there_are_enough_of_them_in_both_languages() -> None:
    languages = [file.parent.name for file in FILES]
    assert len(FILES) >= 60
    assert min(languages.count("zh"), languages.count("en")) >= 25


def test_a_script_that_expects_the_wrong_thing_fails(
    settings: Settings, content: Content, understander: Understander, tmp_path: Path
) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(
        "name: wrong on purpose\nturns:\n  - {says: 转人工, answers: balance, shows: [八百]}\n",
        encoding="utf-8",
    )

    async def play_one() -> Played:
        async with open_stage(settings, content, understander, tmp_path / "store") as stage:
            return await play(read_script(file), stage)

    one = asyncio.run(play_one())
    assert not one.passed
    assert "said ['handover_customer_asked'], expected ['balance']" in one.failures[0]
    assert "did not show ['八百']" in one.failures[1]
