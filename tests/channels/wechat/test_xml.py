"""The platform's XML."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicebot.channels.wechat.xml import read_xml, write_xml
from servicebot.domain.errors import RejectedError

LAUGHS = b"""<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><xml><Encrypt>&c;</Encrypt></xml>"""
OUTSIDE = b"""<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xml><E>&a;</E></xml>"""
QUADRATIC = b"""<!DOCTYPE x [<!ENTITY a "%s">]><xml>%s</xml>""" % (b"a" * 30_000, b"&a;" * 8_000)
BOMBS = {
    "billion laughs": LAUGHS,
    "quadratic": QUADRATIC,
    "outside entity": OUTSIDE,
    "document type": b"<!DOCTYPE xml><xml></xml>",
    "unclosed": b"<xml>" * 10_000,
    "unknown encoding": b'<?xml version="1.0" encoding="nonsense"?><xml/>',
    "two bytes an encoding": b'<?xml version="1.0" encoding="gb18030"?><xml/>',
    "empty": b"",
    "json": b'{"ToUserName": "x"}',
    "not utf-8": b"<xml><a>\xff\xfe</a></xml>",
}


@pytest.mark.parametrize("name", BOMBS)
def test_what_is_no_plain_xml_is_refused_at_once(name: str) -> None:
    begun = time.thread_time()
    with pytest.raises(RejectedError):
        read_xml(BOMBS[name])
    assert time.thread_time() - begun < 1.0


def test_deep_xml_does_not_break_the_reader() -> None:
    assert read_xml(b"<xml>" * 5_000 + b"</xml>" * 5_000) == {"xml": ""}


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        read_xml(b"<xml><a>" + raw + b"</a></xml>")
    except RejectedError:
        return


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cn"]), max_size=100))
def test_a_text_comes_back_as_it_was_written(text: str) -> None:
    assert read_xml(write_xml({"Content": text}).encode()) == {"Content": text.strip()}


@pytest.mark.parametrize("text", ["]]>", "a]]>b]]]>", "]]]]>>", "<a>&amp;", "</Content>"])
def test_the_end_of_cdata_does_not_end_the_text(text: str) -> None:
    assert read_xml(write_xml({"Content": text, "Time": 7}).encode()) == {
        "Content": text,
        "Time": "7",
    }


def test_characters_that_xml_has_no_form_for_are_dropped() -> None:
    assert read_xml(write_xml({"Content": "a\x00\x08\ud800b"}).encode()) == {"Content": "ab"}
