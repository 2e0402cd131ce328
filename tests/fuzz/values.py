"""Texts, bodies and JSON of every odd kind."""

import json
from typing import Any, Final

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

LARGE: Final = 64 * 1024
_PIECES: Final = (
    *("]]>", "<![CDATA[", "</Content>", "<xml>", "&amp;", "&#0;", "<!DOCTYPE x>", "[微笑]", "/:"),
    *("http://[", "https：//", "。evil.com", "\u202e", "\u200b", "\ud83d", "\x00", "\x02", "\\"),
    *(
        "密码",
        "123456",
        "6222021234567894",
        "１３８",
        "加微信",
        "是",
        "不",
        "元",
        "万",
        "号",
        "月底",
    ),
    *('{"a":', "[[", "}", ",", '"', ":", "- ", "---\n", "\n\n", "\t", "%s", "{{x}}", "null", "NaN"),
    *(
        "1e999",
        "-0",
        "9" * 400,
        "text: ",
        "buttons: ",
        "!!python/object:os.system ",
        "&a *a",
        "<<: ",
    ),
    *("a", "0", " ", "é", "𝟗", "Ⅷ", "㎏", "﷽", "ß", "İ"),
)

anything: SearchStrategy[str] = st.text(st.characters(), max_size=80)
pieces: SearchStrategy[str] = st.lists(st.sampled_from(_PIECES), max_size=24).map("".join)
words: SearchStrategy[str] = st.one_of(pieces, anything, st.tuples(pieces, anything).map("".join))
well_formed: SearchStrategy[str] = words.map(lambda text: text.encode(errors="replace").decode())
raw: SearchStrategy[bytes] = st.one_of(
    st.binary(max_size=200), words.map(lambda text: text.encode(errors="surrogatepass"))
)
values: SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | well_formed,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(well_formed, inner, max_size=4),
    max_leaves=12,
)


def large(text: str) -> str:
    """The text again and again, 64 Ki characters."""
    return (text * (LARGE // max(len(text), 1) + 1))[:LARGE]


def bodies(*names: str) -> SearchStrategy[bytes]:
    """Bodies of a request: objects with some of these names, other JSON, and what is none."""
    named = st.dictionaries(st.sampled_from(names), values, max_size=len(names))
    made = st.one_of(named, values).map(lambda value: json.dumps(value).encode())
    cut = st.tuples(made, st.integers(0, 40)).map(lambda pair: pair[0][: pair[1]])
    return st.one_of(made, cut, raw)
