"""Figures that follow from each other, by their names: a rate a year from that a day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place, Spot
from servicebot.content.product import Product
from servicebot.content.rules.finding import Args, Finding, find
from servicebot.content.value_table import Value
from servicebot.domain.interest import (
    MONTHS_PER_YEAR,
    MOST_INSTALMENTS,
    half_up,
    month_of_days,
    plan,
    total_interest_fen,
)

_DAYS: Final = (360, 365)  # of a year; a table may say which
_YEARS: Final = ("annual", "yearly", "year")
_PERIODS: Final = (  # of a rate, and how many of them a year has; None: as the table says
    ("daily", None),
    ("day", None),
    ("monthly", MONTHS_PER_YEAR),
    ("month", MONTHS_PER_YEAR),
)
_PARTS: Final = {"‰": 10, "‱": 100}  # of a per cent, in which rates are compared
_WHOLE: Final = 100  # shares of one loan, in per cent
_FEN: Final = 100
_ROUNDED: Final = 2  # places behind the point from which a figure may be rounded
# Of two names that differ in one of these words only, the first is not above the second.
_ORDERED: Final = (
    ("smallest", "largest"),
    ("least", "most"),
    ("min", "max"),
    ("lowest", "highest"),
    ("shortest", "longest"),
    ("usual", "latest"),
    ("usual", "longest"),
    ("earliest", "latest"),
    ("daily", "monthly"),
    ("daily", "yearly"),
    ("monthly", "yearly"),
    ("", "longest"),
)
_SECONDS: Final = {
    "seconds": 1,
    "minutes": 60,
    "hours": 3_600,
    "days": 86_400,
    "workdays": 86_400,
    "weeks": 604_800,
    "months": 2_592_000,
    "years": 31_536_000,
}
_AMOUNTS: Final = ("draw", "amount", "loan", "repayment", "partial_repayment", "limit")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Due:
    """What a figure must be, by others.

    Attributes:
        name: Of the figure.
        exactly: What it may be.
        how: The formula, as people write it.
        of: The figure that it follows from.
    """

    name: str
    exactly: tuple[Fraction, ...]
    how: str
    of: str


def figures_agree(content: Content) -> Iterator[Finding]:
    """Figures of the tables that cannot both be right."""
    numbers = {name: number for name, number in _numbers(content) if number is not None}
    for due in (*_rates(numbers), *_examples(numbers), *_plans(numbers, content.products)):
        value = content.values[due.name]
        if not any(_prints_as(exact, value) for exact in due.exactly):
            args: Args = {
                "name": due.name,
                "value": value.value,
                "right": _printed(due.exactly[0]),
                "how": due.how,
                "of": due.of,
                "first": _spot(content.values[due.of]),
            }
            yield find(value.path, "figures-disagree", Place(key=due.name), **args)
    yield from _order(content, numbers)
    yield from _shares(content, numbers)


def _numbers(content: Content) -> Iterator[tuple[str, Fraction | None]]:
    for name, value in content.values.items():
        if name not in content.contacts:
            number = _number(value.value)
            yield name, number if number is None else number / _PARTS.get(value.unit, 1)


def _number(text: str) -> Fraction | None:
    try:
        return Fraction(Decimal(text.replace(",", "")))
    except (InvalidOperation, ValueError, OverflowError):
        return None


def _rates(numbers: Mapping[str, Fraction]) -> Iterator[_Due]:
    """A rate a year is the rate a day times the days of the year, or a month times twelve."""
    for name, rate in numbers.items():
        for period, fixed in _PERIODS:
            front, mark, _ = name.partition(f"{period}_rate")
            if not mark or (front and not front.endswith("_")):
                continue
            days = numbers.get(f"{front}days_in_year")
            counts = (
                (Fraction(fixed),) if fixed else (days,) if days else tuple(map(Fraction, _DAYS))
            )
            for year in _YEARS:
                yearly = name.replace(period, year)
                if yearly in numbers:
                    yield _Due(
                        name=yearly,
                        exactly=tuple(rate * count for count in counts),
                        how=f"{name} × {' / '.join(map(_printed, counts))}",
                        of=name,
                    )


def _examples(numbers: Mapping[str, Fraction]) -> Iterator[_Due]:
    """The worked example of a product."""
    for name, principal in numbers.items():
        front, mark, rest = name.partition("example_principal")
        rate = numbers.get(f"{front}daily_rate")
        if not mark or rest or rate is None:
            continue
        a_day = f"{front}example_daily_interest"
        if a_day in numbers:
            how = f"{name} × {front}daily_rate"
            yield _Due(name=a_day, exactly=(principal * rate / 100,), how=how, of=name)
        days, in_all = f"{front}example_days", f"{front}example_interest_for_days"
        if days in numbers and in_all in numbers:
            exact = principal * rate / 100 * numbers[days]
            how = f"{name} × {front}daily_rate × {days}"
            yield _Due(name=in_all, exactly=(exact,), how=how, of=days)


def _plans(numbers: Mapping[str, Fraction], products: Mapping[str, Product]) -> Iterator[_Due]:
    """The interest of the worked example in so many instalments, by the method of its product."""
    for product in products.values():
        rate, front = numbers.get(product.daily_rate), f"{product.id}_example_interest_"
        principal = numbers.get(f"{product.id}_example_principal")
        if product.method is None or not rate or principal is None:
            continue
        for name in numbers:
            count = name.removeprefix(front)
            if not (name.startswith(front) and count.isdigit()):
                continue
            if not 1 <= int(count) <= MOST_INSTALMENTS:
                continue
            parts = plan(
                product.method, half_up(principal * _FEN), month_of_days(rate / 100), int(count)
            )
            how = (
                f"{product.id}_example_principal, {product.daily_rate}, {count} × {product.method}"
            )
            exact = Fraction(half_up(Fraction(total_interest_fen(parts), _FEN)))
            yield _Due(name=name, exactly=(exact,), how=how, of=product.daily_rate)


def _order(content: Content, numbers: Mapping[str, Fraction]) -> Iterator[Finding]:
    for low, high in sorted(_ordered(numbers)):
        if _measure(low, numbers) > _measure(high, numbers):
            value, other = content.values[low], content.values[high]
            args: Args = {"low": low, "value": value.value, "high": high, "other": other.value}
            yield find(value.path, "wrong-order", Place(key=low), **args, first=_spot(other))


def _ordered(numbers: Mapping[str, Fraction]) -> set[tuple[str, str]]:
    """Pairs of names of which the first is the smaller figure."""
    stems: dict[str, list[str]] = {}
    for name in numbers:
        stems.setdefault(_stem(name), []).append(name)
    found = set()
    for stem, names in stems.items():
        for low, high in _ORDERED:
            if low and low not in stem.split("_"):
                continue
            for other in _raised(stem, low, high):
                found |= {(a, b) for a in names for b in stems.get(other, ()) if _alike(a, b)}
    return found


def _raised(stem: str, low: str, high: str) -> Iterator[str]:
    parts = stem.split("_")
    if low:
        raised = [high if part == low else part for part in parts]
        yield "_".join(raised)
        if (low, high) == ("smallest", "largest") and stem.partition("smallest_")[2] in _AMOUNTS:
            yield stem.partition("smallest_")[0] + "largest_limit"
    else:
        yield f"{stem}_{high}"


def _stem(name: str) -> str:
    """A name without its unit of time: `usual_payout_minutes` and `latest_payout_hours` compare."""
    front, _, last = name.rpartition("_")
    return front if last in _SECONDS else name


def _alike(one: str, other: str) -> bool:
    """Whether both are times, or neither is."""
    return (_stem(one) == one) == (_stem(other) == other) and one != other


def _measure(name: str, numbers: Mapping[str, Fraction]) -> Fraction:
    return numbers[name] * _SECONDS.get(name.rpartition("_")[2], 1)


def _shares(content: Content, numbers: Mapping[str, Fraction]) -> Iterator[Finding]:
    """The bank's share of a loan and its partner's are the whole."""
    for name, share in numbers.items():
        if not name.endswith("_own_share"):
            continue
        other = name.replace("_own_share", "_partner_share")
        if other in numbers and share + numbers[other] != _WHOLE:
            value = content.values[other]
            args: Args = {
                "name": other,
                "value": value.value,
                "right": _printed(_WHOLE - share),
                "how": f"100 - {name}",
                "of": name,
                "first": _spot(content.values[name]),
            }
            yield find(value.path, "figures-disagree", Place(key=other), **args)


def _prints_as(exact: Fraction, value: Value) -> bool:
    """Whether a value is the figure; one of two places or more may be rounded."""
    number, places = _number(value.value), len(value.value.partition(".")[2])
    exact *= _PARTS.get(value.unit, 1)
    if number == exact or places < _ROUNDED:
        return number == exact
    return number == Fraction(half_up(exact * 10**places), 10**places)


def _printed(exact: Fraction) -> str:
    return f"{float(exact):,.10g}"


def _spot(value: Value) -> Spot:
    return Spot(value.path, Place(key=value.name))
