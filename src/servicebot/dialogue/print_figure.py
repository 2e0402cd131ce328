"""Typed figures -> how the bank prints them, in each language."""

from datetime import date, timedelta, timezone
from typing import Final

from servicebot.dialogue.say import Count, Day, Foreign, Moment, Money, Percent, Receipt, Words
from servicebot.domain.understanding import Language

BANK_ZONE: Final = timezone(timedelta(hours=8), "Asia/Shanghai")  # no summer time since 1991
MOST_FOREIGN: Final = 24  # characters of a stranger's words
_NO_QUOTES: Final = str.maketrans('“”"「」『』', "'''''''")
_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def print_figure(
    value: Money | Day | Moment | Count | Percent | Words | Foreign | Receipt, language: Language
) -> str:
    """Prints one figure: `2,031.40元`, `2026年12月5日`, `20%`; never rounds."""
    printed = ""
    match value:
        case Money(fen):
            printed = _money(fen, language)
        case Day(day):
            printed = _day(day, language)
        case Moment(at):
            printed = f"{at.astimezone(BANK_ZONE):%m-%d %H:%M}"
        case Percent(ppm):
            printed = f"{ppm // 10_000}.{ppm % 10_000:04d}".rstrip("0").rstrip(".") + "%"
        case Count(number):
            printed = str(number)
        case Words(text) | Receipt(text):
            printed = text
        case Foreign(text):
            printed = f"“{cut_foreign(text)}”"
    return printed


def cut_foreign(text: str) -> str:
    """A stranger's words on one line, cut and without quotation marks: nobody takes them for ours."""
    plain = " ".join(text.translate(_NO_QUOTES).split())
    return plain if len(plain) <= MOST_FOREIGN else plain[: MOST_FOREIGN - 1] + "…"


def _money(fen: int, language: Language) -> str:
    sign = "-" if fen < 0 else ""
    amount = f"{sign}{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
    return f"{amount}元" if language is Language.ZH else f"CNY {amount}"


def _day(day: date, language: Language) -> str:
    if language is Language.ZH:
        return f"{day.year}年{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
