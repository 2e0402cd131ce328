"""The bytes of a content file as text: UTF-8, and what spreadsheets and old editors write."""

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_MARKS: Final = (  # the longer first: the mark of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
UTF8: Final = "utf-8"
_GBK: Final = "gb18030"  # holds GBK and GB2312
# In GB2312 the punctuation and the 3,755 usual characters begin with these bytes. What is damaged
# UTF-8 read as GBK is made of rare characters instead.
_USUAL: Final = (*range(0xA1, 0xA4), *range(0xB0, 0xD8))
_LEAST_USUAL: Final = 0.9
# Signs that nobody sees go; other blanks and ends of lines are read as the usual ones.
_READ_AS: Final[Mapping[int, str]] = {
    **dict.fromkeys((0x200B, 0x2060, 0xFEFF), ""),
    **dict.fromkeys((0x85, 0x2028), "\n"),
    0xA0: " ",
}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file.

    Attributes:
        text: Lines end with a line feed; without signs that nobody sees.
        encoding: What it was written in: `utf-8`, `gb18030`, `utf-16-le`, …
    """

    text: str
    encoding: str


def decode(data: bytes) -> Decoded:
    """Reads bytes; a mark in front says how, without one they are UTF-8 or, where that is certain, GBK.

    Raises:
        UnicodeDecodeError: Neither; `start` is the first byte that is wrong.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_plain(data[len(mark) :].decode(encoding)), encoding)
    try:
        return Decoded(_plain(data.decode(UTF8)), UTF8)
    except UnicodeDecodeError:
        if not _is_gbk(data):
            raise
    return Decoded(_plain(data.decode(_GBK)), _GBK)


def _plain(text: str) -> str:
    if text.isascii() and "\r" not in text:
        return text
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_READ_AS)


def _is_gbk(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are Chinese in GBK beyond doubt."""
    try:
        text = data.decode(_GBK)
    except UnicodeDecodeError:
        return False
    foreign = [sign.encode(_GBK) for sign in text if not sign.isascii()]
    usual = sum(len(one) == 2 and one[0] in _USUAL for one in foreign)  # noqa: PLR2004  bytes
    return usual >= _LEAST_USUAL * len(foreign)
