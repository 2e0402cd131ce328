"""The platform's XML."""

import contextlib
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
    with pytest.raises(RejectedError):
        read_xml(b"<xml>" * 5_000 + b"</xml>" * 5_000)
    inside = b"<a>" * 5_000 + b"</a>" * 5_000
    assert read_xml(b"<xml><Content>" + inside + b"</Content></xml>") == {"Content": ""}


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


def push(content: str, before: str = "o_me") -> bytes:
    """A text push of a platform that does not escape the end of a section."""
    return (
        f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{before}]]>"
        "</FromUserName><CreateTime>1</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{content}]]></Content><MsgId>7</MsgId></xml>"
    ).encode()


SMUGGLED = [
    "a ]]> b",
    "]]>",
    "a]]></Content><FromUserName><![CDATA[o_victim]]></FromUserName><Content><![CDATA[b",
    "a]]></Content><MsgId>9</MsgId><Content><![CDATA[b",
    "a]]></Content></xml><xml><Content><![CDATA[b",
    "a]]><!-- b --><![CDATA[c",
    "a]]><Content><![CDATA[b",
    "a]]>&amp;<![CDATA[c",
    "<!DOCTYPE x>&lol;",
]


@pytest.mark.parametrize("typed", SMUGGLED)
def test_what_a_customer_types_stays_a_text_whole_and_his_own(typed: str) -> None:
    fields = read_xml(push(typed))
    assert fields["Content"] == typed
    assert (fields["FromUserName"], fields["MsgId"]) == ("o_me", "7")
    assert set(fields) == {
        *("ToUserName", "FromUserName", "CreateTime", "MsgType"),
        "Content",
        "MsgId",
    }


@given(
    st.lists(
        st.sampled_from([*"a ]>", "]]>", "<![CDATA[", "</Content>", "<MsgId>9</MsgId>", "&lt;"])
    )
)
def test_no_mixture_of_marks_leaves_its_element(pieces: list[str]) -> None:
    typed = "".join(pieces)
    fields = read_xml(push(typed))
    assert fields["Content"] == typed.replace("]]]]><![CDATA[>", "]]>").strip()
    assert (fields["FromUserName"], fields["MsgId"]) == ("o_me", "7")


@pytest.mark.parametrize("tag", ["FromUserName", "ToUserName", "MsgId", "Encrypt"])
@pytest.mark.parametrize("kind", ["<![CDATA[{}]]>", "{}"])
def test_an_element_that_stands_twice_is_never_read_as_its_second_value(
    tag: str, kind: str
) -> None:
    twice = "".join(f"<{tag}>{kind.format(value)}</{tag}>" for value in ("first", "second"))
    apart = twice.replace("first", "first", 1).replace(
        f"</{tag}><{tag}>", f"</{tag}><x>1</x><{tag}>"
    )
    for inside in (twice, apart):
        try:
            found = read_xml(f"<xml>{inside}</xml>".encode())[tag]
        except RejectedError:
            continue
        assert found != "second"


@pytest.mark.parametrize("sign", ["\x02", "\x00", "\x0b", "\ufffe", "&#2;", "&#xB;"])
def test_a_character_without_a_form_in_xml_is_dropped_and_the_rest_is_read(sign: str) -> None:
    assert read_xml(f"<xml><Content>a{sign}b</Content></xml>".encode()) == {"Content": "ab"}
    if not sign.startswith("&"):
        assert read_xml(push(f"a{sign}b"))["Content"] == "ab"


@pytest.mark.parametrize(
    "inside", ["&lol;", "<E>&a;</E>", "<E a='1'>x</E>", "<E>x", "x", "<E/><E/>"]
)
def test_entities_attributes_and_loose_text_are_refused(inside: str) -> None:
    with pytest.raises(RejectedError):
        read_xml(f"<xml>{inside}</xml>".encode())


def test_elements_inside_an_element_are_passed_over() -> None:
    nested = (
        "<ScanCodeInfo><ScanType><![CDATA[qrcode]]></ScanType></ScanCodeInfo><Event>CLICK</Event>"
    )
    assert read_xml(f"<xml>{nested}</xml>".encode()) == {"ScanCodeInfo": "", "Event": "CLICK"}


@pytest.mark.parametrize(
    "body",
    [
        b"<xml>" + b"<a>" * 21_000 + b"</xml>",
        b"<xml>" + b"".join(b"<a%d>1</a%d>" % (n, n) for n in range(5_000)) + b"</xml>",
        b"<xml><a>" + b"<![CDATA[" * 7_000 + b"</a></xml>",
        b"<xml>" + b" " * 65_000 + b"x</xml>",
        b"<?xml " + b" " * 65_000,
        b"<xml><a>" + b"&#1" * 21_000 + b"</a></xml>",
    ],
)
def test_no_body_of_64_kib_takes_long(body: bytes) -> None:
    begun = time.thread_time()
    with contextlib.suppress(RejectedError):
        read_xml(body)
    assert time.thread_time() - begun < 0.1
