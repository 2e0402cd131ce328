"""Articles and contacts that no longer hold, or soon will not."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from servicebot.content.content import Content
from servicebot.content.place import Place
from servicebot.content.rules.finding import Finding, find

SOON_DAYS: Final = 60


def articles_in_force(content: Content, today: date) -> Iterator[Finding]:
    """What the bot does not use any more, will not soon, or does not use yet."""
    for article in content.articles.values():
        yield from _days(article.path, "valid", article.valid_from, article.valid_to, today)
    for one in content.contacts.values():
        contact = one.contact
        last = contact.valid_until or date.max
        yield from _days(one.path, one.name, contact.valid_from, last, today)


def _days(path: str, key: str, first: date, last: date, today: date) -> Iterator[Finding]:
    place = Place(key=key)
    if last < today:
        yield find(path, "expired", place, last=last.isoformat())
    elif (last - today).days <= SOON_DAYS:
        left = (last - today).days
        yield find(path, "expires-soon", place, last=last.isoformat(), days=left)
    elif first > today:
        yield find(path, "begins-later", place, first=first.isoformat())
