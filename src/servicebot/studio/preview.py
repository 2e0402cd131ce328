"""What customers would read of a file, made by the very code that sends it on each channel."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from servicebot.channels.wechat.render import render, split
from servicebot.content.article import Article, OtherTopic
from servicebot.content.content import Content
from servicebot.content.intent_file import Intent
from servicebot.content.place import Place, line_of
from servicebot.content.reply_file import Reply
from servicebot.dialogue.phrase import PLACEHOLDER, Phraser
from servicebot.dialogue.say import Say, SayArticle, Saying, Words
from servicebot.domain.errors import ContentError
from servicebot.domain.messages import OutboundMessage
from servicebot.domain.understanding import Language
from servicebot.turns.screen import screen_out

_VALUE: Final = "value."
_OFFER: Final = "offer_person"
_MOST_USES: Final = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One message.

    Attributes:
        name: The reply, or the article; with `#more` of its details.
        message: As the web chat is told it.
        wechat: The texts that WeChat sends, in order.
    """

    name: str
    message: OutboundMessage
    wechat: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PhraseList:
    """The phrases of one field of a file; each with the topic it belongs to, empty for its own."""

    field: str
    phrases: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueUse:
    """One figure of a table.

    Attributes:
        name: As a text names it.
        printed: With its unit.
        uses: How many texts name it.
        paths: The first files that do.
    """

    name: str
    printed: str
    uses: int
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A file in readable form; what it does not hold is empty."""

    said: tuple[Said, ...] = ()
    phrases: tuple[PhraseList, ...] = ()
    values: tuple[ValueUse, ...] = ()


def preview(content: Content, path: str, text: str, line: int, today: date) -> Preview:
    """What a file says.

    Args:
        content: With the file as it is typed.
        path: The file.
        text: What was typed.
        line: Where the cursor stands, from 1: of many replies that one is shown.
        today: In the bank's zone; contacts are named on their days.
    """
    articles = [one for one in content.articles.values() if one.path == path]
    says = [saying for one in articles for saying in _of_article(one)]
    language = _language_of(path)
    intents = [one for one in content.intents.values() if one.path == path]
    replies = [one for one in content.replies.values() if one.path == path]
    names = [_reply_at(replies, text, line)] if replies else []
    names += [_answers_with(one) for one in intents if not one.does_something]
    found = (content.replies.get((name, language)) for name in names)
    says += [(one.name, _of_reply(one)) for one in found if one is not None]
    return Preview(
        said=tuple(_said(says, content, language, today)),
        phrases=tuple(_phrases(content, path)),
        values=tuple(_values(content, path)),
    )


def _of_article(article: Article) -> Iterator[tuple[str, Saying]]:
    """As it is said where no task is in hand and no product is asked about."""
    yield article.id, SayArticle(article_id=article.id)
    if article.hand_over:
        yield _OFFER, Say(reply=_OFFER)
    if article.more:
        yield f"{article.id}#more", SayArticle(article_id=article.id, more=True)


def _answers_with(intent: Intent) -> str:
    return intent.alone_reply or intent.id.replace(".", "_")


def _of_reply(reply: Reply) -> Saying:
    """What the bank or the conversation fills is shown by its name."""
    named = (name for name in PLACEHOLDER.findall(reply.text) if not name.startswith(_VALUE))
    return Say(reply=reply.name, fields={name: Words(f"〔{name}〕") for name in named})


def _reply_at(replies: list[Reply], text: str, line: int) -> str:
    """The reply in whose lines the cursor stands."""
    path = replies[0].path
    begun = {line_of(path, text, Place(key=one.name)): one.name for one in replies}
    above = [at for at in begun if at <= line]
    return begun[max(above, default=min(begun))]


def _said(
    says: list[tuple[str, Saying]], content: Content, language: Language, today: date
) -> Iterator[Said]:
    phraser, allowed = Phraser(content, language), content.allow_list(frozenset()).on(today)
    for name, saying in says:
        try:
            spoken = phraser.messages((saying,), ())
        except ContentError:
            continue  # a figure or a reply is missing, which the check tells
        for message in spoken:
            sent = screen_out(message, allowed)
            yield Said(name=name, message=sent, wechat=split(render(sent)))


def _phrases(content: Content, path: str) -> Iterator[PhraseList]:
    for article in content.articles.values():
        if article.path == path:
            yield _own("asked_as", article.asked_as)
            yield _others("not_for", article.not_for)
            yield _own("held_out", article.held_out)
    for intent in content.intents.values():
        if intent.path == path:
            yield _own("examples", intent.examples)
            yield _others("close_but_other", intent.close_but_other)
            yield _own("held_out", intent.held_out)
    for act in content.acts.values():
        if act.path == path:
            yield _own("examples", act.examples)
            yield _others("not_this", act.not_this)
            yield _own("held_out", act.exam)


def _own(field: str, phrases: tuple[str, ...]) -> PhraseList:
    return PhraseList(field=field, phrases=tuple((one, "") for one in phrases))


def _others(field: str, others: tuple[OtherTopic, ...]) -> PhraseList:
    return PhraseList(field=field, phrases=tuple((one.phrase, one.topic_id) for one in others))


def _values(content: Content, path: str) -> Iterator[ValueUse]:
    own = [one for one in content.values.values() if one.path == path]
    users = _users(content) if own else {}
    for value in own:
        paths = users.get(value.name, [])
        yield ValueUse(
            name=value.name,
            printed=f"{value.value}{value.unit}",
            uses=len(paths),
            paths=tuple(paths[:_MOST_USES]),
        )


def _users(content: Content) -> Mapping[str, list[str]]:
    """The files that name each figure."""
    texts = [(one.path, f"{one.answer}\n{one.more}") for one in content.articles.values()]
    texts += [(one.path, one.text) for one in content.replies.values()]
    found: dict[str, list[str]] = {}
    for path, words in texts:
        for name in set(PLACEHOLDER.findall(words)):
            found.setdefault(name.removeprefix(_VALUE), []).append(path)
    return found


def _language_of(path: str) -> Language:
    return next((one for one in Language if f"/{one}/" in path), Language.ZH)
