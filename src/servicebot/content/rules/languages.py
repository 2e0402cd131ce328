"""Both languages hold the same articles, intents and replies, with the same placeholders."""

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from servicebot.content.content import Content
from servicebot.content.rules.finding import PLACEHOLDER, Finding
from servicebot.domain.understanding import Language

_PROPERTIES: Final = (
    *("flow", "identity", "escalates", "lookup", "stands_alone", "never_denied"),
    *("offered", "about_task", "alone_reply", "role"),
)


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...


def same_in_both(content: Content) -> Iterator[Finding]:
    """What stands in one language only."""
    yield from _missing("article", content.articles)
    yield from _missing("intent", content.intents)
    yield from _missing("reply", content.replies)
    yield from _missing("product", content.product_names)


def same_properties(content: Content) -> Iterator[Finding]:
    """Intents that do something else in one language than in the other."""
    for (name, language), intent in content.intents.items():
        twin = content.intents.get((name, Language.EN))
        if language is Language.EN or twin is None:
            continue
        for field in _PROPERTIES:
            if getattr(intent, field) != getattr(twin, field):
                message = f"`{field}` of `{name}` differs from {intent.path}. Write the same."
                yield Finding(path=twin.path, rule="properties", message=message, near=f"{field}:")


def same_placeholders(content: Content) -> Iterator[Finding]:
    """Replies whose placeholders differ between the languages."""
    for (name, language), reply in content.replies.items():
        twin = content.replies.get((name, Language.EN))
        if language is Language.EN or twin is None:
            continue
        here, there = set(PLACEHOLDER.findall(reply.text)), set(PLACEHOLDER.findall(twin.text))
        if here != there:
            differ = ", ".join(sorted(here ^ there))
            message = f"`{name}` must fill the same fields in zh and en; these differ: {differ}."
            yield Finding(path=twin.path, rule="placeholders", message=message, near=f"{name}:")


def _missing(kind: str, items: Mapping[tuple[str, Language], _HasPath]) -> Iterator[Finding]:
    for (name, _), item in items.items():
        for other in Language:
            if (name, other) not in items:
                message = f"The {kind} `{name}` is missing in {other}. Write it there too."
                near = f"{name}:" if kind in {"reply", "product"} else ""
                yield Finding(path=item.path, rule="one-language", message=message, near=near)
