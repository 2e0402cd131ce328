"""Places in a list are read; look-alikes are not."""

import pytest

from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.ordinals import find_ordinals


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("第一笔", 1),
        ("还第2笔", 2),
        ("第十二个", 12),
        ("第三", 3),
        ("最后一个", -1),
        ("最后那笔", -1),
        ("头一笔", 1),
        ("选二", 2),
        ("the second one", 2),
        ("first loan please", 1),
        ("second", 2),
        ("the 3rd loan", 3),
        ("#2", 2),
        ("option 3", 3),
        ("last", -1),
        ("the last one", -1),
    ],
)
def test_a_place_is_read(text: str, expected: int) -> None:
    assert [span.value for span in find_ordinals(normalize(text))] == [expected]


@pytest.mark.parametrize(
    "text",
    [
        *("第三方", "第一次", "第一时间", "last month", "last week's bill", "wait a second"),
        *("30 seconds", "the first time", "firstly", "选500元", "选20期", "最后"),
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert find_ordinals(normalize(text)) == ()
