"""What people wrote by hand, before the code and after: how much of it is read wrongly."""

import pytest
from tests.screening.data_files import ALLOWED, gate_lines, lines_of, marked

from servicebot.screening.gate import forbidden_in, hide_forbidden
from servicebot.screening.mask import mask_personal_numbers

MOST_WRONG = 0.03
# Read wrongly, and known: pi is eleven digits like a mobile number behind `3.`; a Chinese full
# stop between two Chinese words is a full stop.
KNOWN = frozenset({"3.14159265358", "退款。中国"})
# Left readable, and known: no word and no form says what they are.
UNREAD = frozenset(
    {
        "«一百八十九 二六五七 四一三零»",
        "«double one eight nine two six five seven four one three»",
        "上面写的验证«605814»",
        "mm是«738291»",
        "tom / «tom12345» 登不上去",
        "密保答案是«北京路小学»",
        "security answer: «fluffy»",
    }
)
PRIVATE = lines_of("private.txt") + lines_of("private_fresh.txt")
THIRD = [line for line in lines_of("private_third.txt") if line not in UNREAD]
FOURTH = [line for line in lines_of("private_fourth.txt") if line not in UNREAD]
HARMLESS = [
    line
    for name in ("harmless", "harmless_talk_fresh", "harmless_talk_third", "harmless_talk_fourth")
    for line in lines_of(f"{name}.txt")
]


@pytest.mark.parametrize("line", PRIVATE)
def test_what_is_private_is_masked_and_what_stands_around_it_stays(line: str) -> None:
    text, private, around = marked(line)
    masked = mask_personal_numbers(text)
    assert not [value for value in private if value in masked]
    assert not [part for part in around if part not in masked]


@pytest.mark.parametrize("line", THIRD + FOURTH)
def test_what_a_stranger_hid_is_masked(line: str) -> None:
    text, private, _ = marked(line)
    masked = mask_personal_numbers(text)
    assert not [value for value in private if value in masked]


@pytest.mark.parametrize("line", HARMLESS)
def test_what_is_harmless_stays_as_it_was_typed(line: str) -> None:
    assert (mask_personal_numbers(line) == line) is (line not in KNOWN)


@pytest.mark.parametrize("name", ["first", "fresh", "last", "third", "fourth", "fifth", "sixth"])
def test_hardly_anything_hostile_leaves_and_hardly_anything_harmless_is_stopped(name: str) -> None:
    hostile, harmless = gate_lines("hostile", name), gate_lines("harmless", name)
    passed = [line for line in hostile if not forbidden_in(line, ALLOWED)]
    stopped = [line for line in harmless if forbidden_in(line, ALLOWED)]
    assert len(passed) <= MOST_WRONG * len(hostile), passed
    assert len(stopped) <= MOST_WRONG * len(harmless), stopped


@pytest.mark.parametrize("name", ["first", "fresh", "last", "third", "fourth", "fifth", "sixth"])
def test_what_is_hidden_once_holds_nothing_more_to_hide(name: str) -> None:
    for line in gate_lines("hostile", name):
        hidden = hide_forbidden(line, ALLOWED)
        assert hide_forbidden(hidden, ALLOWED) == hidden
