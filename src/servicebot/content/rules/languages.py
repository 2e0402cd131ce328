"""Both languages hold the same articles, intents and replies, and say the same."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, Final, Protocol

from servicebot.content.article import Article
from servicebot.content.content import Content
from servicebot.content.place import BODY, Place, Spot
from servicebot.content.rules.finding import PLACEHOLDER, Args, Finding, find
from servicebot.domain.understanding import Language

_OF_INTENTS: Final = (
    *("flow", "identity", "escalates", "lookup", "stands_alone", "never_denied"),
    *("offered", "about_task", "alone_reply", "role"),
)
_OF_ARTICLES: Final = ("task", "hand_over", "asks")
_BRACES: Final = frozenset("{}｛｝")


class _HasPath(Protocol):
    @property
    def path(self) -> str: ...


def same_in_both(content: Content) -> Iterator[Finding]:
    """What stands in one language only."""
    yield from _missing("article", "id", content.articles)
    yield from _missing("intent", "intent", content.intents)
    yield from _missing("reply", "", content.replies)


def same_properties(content: Content, flows: Collection[str]) -> Iterator[Finding]:
    """Articles and intents that do something else in one language than in the other.

    A name that is nowhere is told by itself, and not as a difference too.
    """
    tasks = {name for (name, _), intent in content.intents.items() if intent.does_something}
    for (name, language), intent in content.intents.items():
        twin = content.intents.get((name, Language.EN))
        if language is not Language.EN and twin is not None:
            known = {intent.flow, twin.flow} <= {None, *flows}
            fields = _OF_INTENTS if known else _OF_INTENTS[1:]
            yield from _differences(fields, name, intent, twin)
    for (name, language), article in content.articles.items():
        other = content.articles.get((name, Language.EN))
        if language is not Language.EN and other is not None:
            known = {article.task, other.task} <= {None, *tasks}
            own = _OF_ARTICLES if known else _OF_ARTICLES[1:]
            yield from _differences(own, name, article, other)
            yield from _days(name, article, other)
            yield from _texts(name, article, other)


def same_placeholders(content: Content) -> Iterator[Finding]:
    """Replies whose placeholders differ between the languages."""
    for (name, language), reply in content.replies.items():
        twin = content.replies.get((name, Language.EN))
        if language is Language.EN or twin is None or _is_broken(reply.text, twin.text):
            continue
        here, there = set(PLACEHOLDER.findall(reply.text)), set(PLACEHOLDER.findall(twin.text))
        if here != there:
            spot = Spot(reply.path, Place(key=name))
            args: Args = {"name": name, "differ": ", ".join(sorted(here ^ there)), "twin": spot}
            yield find(twin.path, "placeholders", Place(key=name), **args)


def _differences(
    fields: tuple[str, ...],
    name: str,
    one: Any,  # noqa: ANN401  an article or an intent, with its twin
    twin: Any,  # noqa: ANN401
) -> Iterator[Finding]:
    for field in fields:
        here, there = getattr(one, field), getattr(twin, field)
        if here == there:
            continue
        spot = Spot(one.path, Place(key=field))
        args: Args = {
            "field": field,
            "name": name,
            "here": _written(there),
            "there": _written(here),
        }
        yield find(twin.path, "twin-differs", Place(key=field), **args, twin=spot)


def _written(value: object) -> str:
    """A property as the file writes it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "-" if value is None else str(getattr(value, "name", value))


def _days(name: str, one: Article, twin: Article) -> Iterator[Finding]:
    here, there = (f"{a.valid_from} .. {a.valid_to}" for a in (twin, one))
    if here != there:
        spot = Spot(one.path, Place(key="valid"))
        args: Args = {"name": name, "here": here, "there": there, "twin": spot}
        yield find(twin.path, "twin-days", Place(key="valid"), **args)


def _texts(name: str, one: Article, twin: Article) -> Iterator[Finding]:
    """An answer that names other figures than its twin, or has details where that has none."""
    if not _is_broken(
        one.answer, one.more, twin.answer, twin.more
    ):  # a broken placeholder is told by itself
        yield from _other_figures(name, one, twin)
    if bool(one.more) != bool(twin.more):
        short, long = (one, twin) if twin.more else (twin, one)
        spot = Spot(long.path, Place(key=BODY, words="## More"))
        yield find(short.path, "twin-more", Place(key=BODY), name=name, twin=spot)


def _other_figures(name: str, one: Article, twin: Article) -> Iterator[Finding]:
    """One complaint: at the twin where each names what the other does not."""
    here, there = _figures(twin), _figures(one)
    only_here, only_there = min(here - there, default=""), min(there - here, default="")
    if not only_here:
        one, twin = twin, one
        only_here, only_there = only_there, ""
    if only_here:
        spot = Spot(one.path, Place(key=BODY, words=only_there))
        args: Args = {"name": name, "figure": only_here, "other": only_there, "twin": spot}
        yield find(twin.path, "twin-figures", Place(key=BODY, words=only_here), **args)


def _is_broken(*texts: str) -> bool:
    """Whether one of the texts has braces that are no placeholder."""
    return not _BRACES.isdisjoint(PLACEHOLDER.sub("", "".join(texts)))


def _figures(article: Article) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(f"{article.answer}\n{article.more}"))


def _missing(
    kind: str, key: str, items: Mapping[tuple[str, Language], _HasPath]
) -> Iterator[Finding]:
    for (name, _), item in items.items():
        for other in Language:
            if (name, other) not in items:
                args: Args = {"kind": kind, "name": name, "language": f"in_{other}"}
                yield find(item.path, "one-language", Place(key=key or name), **args)
