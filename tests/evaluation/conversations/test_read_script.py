"""A conversation file that is wrong says what and where."""

from pathlib import Path

import pytest

from servicebot.domain.errors import ContentError
from servicebot.evaluation.conversations.read_script import read_script


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name: x\nturns: [{sayz: hello}]\n", "`sayz` is not known in a turn"),
        ("name: x\nturnz: []\nturns: []\n", "`turnz` is not known here"),
        ("name: x\n", "turns"),
        ("name: x\nturns: [{does: fly}]\n", "turns.0.does"),
        ("- a\n", "[no-field]"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "x.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_script(file)
    assert said in str(caught.value)
