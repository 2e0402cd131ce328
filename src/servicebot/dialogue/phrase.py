"""Named replies and typed values -> the words that leave. Nothing else can leave.

Every character comes from an approved text, from the fact table or from a typed field of a
backend reply, printed by one of the rules below.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.dialogue.print_figure import cut_foreign, print_figure
from servicebot.dialogue.say import (
    Foreign,
    Joined,
    Listed,
    Numbered,
    Receipt,
    Say,
    SayAgain,
    SayAgentWords,
    SayArticle,
    Saying,
    Term,
    Title,
    Value,
)
from servicebot.domain.errors import ContentError, ContentFault
from servicebot.domain.messages import Author, Button, Link, OutboundMessage, Row
from servicebot.domain.understanding import Language

PLACEHOLDER: Final = re.compile(r"\{\{\s*([a-z_]+(?:\.[a-z0-9_]+)?)\s*\}\}")


class Phraser:
    """Puts sayings into words, in one language, from one version of the content."""

    def __init__(self, content: Content, language: Language) -> None:
        self._content = content
        self._language = language

    def messages(
        self, says: tuple[Saying, ...], last_said: tuple[OutboundMessage, ...]
    ) -> tuple[OutboundMessage, ...]:
        """The messages that leave, in order.

        Raises:
            ContentError: A reply, a field or a figure is missing: the content and the code do not
                fit, and nothing half-filled leaves.
        """
        spoken: list[OutboundMessage] = []
        for saying in says:
            match saying:
                case SayAgain():
                    # The buttons stay under the first; who hears it again rates one answer.
                    spoken += [replace(one, ratable=False) for one in last_said]
                case SayAgentWords():
                    spoken.append(
                        OutboundMessage(name="agent", author=Author.AGENT, text=saying.text)
                    )
                case SayArticle():
                    spoken.append(self._article(saying))
                case Say():
                    spoken.append(self._reply(saying))
        return tuple(spoken)

    def _article(self, saying: SayArticle) -> OutboundMessage:
        article = self._content.articles[saying.article_id, self._language]
        labels: list[Value] = [Title(article.task)] if article.task is not None else []
        if article.more and not saying.more:
            labels.append(Term("label_more"))
        text = self._fill(article.more if saying.more else article.answer, {}, article.path)
        product = self._term(f"product_{article.line}") if saying.names_line else ""
        if product not in text:
            text = f"{product}{self._term('label_product_colon')}{text}"
        buttons = tuple(self._button(label) for label in labels)
        return OutboundMessage(
            name=article.id,
            author=Author.BOT,
            text=text,
            buttons=buttons,
            ratable=not saying.more,
        )

    def _reply(self, saying: Say) -> OutboundMessage:
        reply = self._content.replies.get((saying.reply, self._language))
        if reply is None:
            raise _missing("", "missing-reply", f"Write the reply `{saying.reply}`.")
        choices = [self._button(value) for value in saying.choices]
        return OutboundMessage(
            name=reply.name,
            author=Author.BOT,
            text=self._fill(reply.text, saying.fields, reply.path),
            rows=tuple(
                Row(label=self._print(left), value=self._print(right))
                for left, right in saying.rows
            ),
            buttons=(
                *choices,
                *(Button(label=label, says=says) for label, says in reply.buttons),
            ),
            links=tuple(Link(label=self._print(label), url=url) for label, url in saying.links),
            receipts=tuple(v.number for v in saying.fields.values() if isinstance(v, Receipt)),
            strangers=tuple(
                cut_foreign(one.text)
                for row in saying.rows
                for value in row
                for one in _parts_of(value)
                if isinstance(one, Foreign)
            ),
        )

    def _button(self, value: Value) -> Button:
        label = self._print(value)
        if not isinstance(value, Numbered):
            return Button(label=label, says=label)
        chinese = self._language is Language.ZH
        return Button(label=label, says=f"第{value.place}笔" if chinese else f"#{value.place}")

    def _fill(self, text: str, fields: Mapping[str, Value], path: str) -> str:
        def filled(match: re.Match[str]) -> str:
            name = match.group(1)
            if name.startswith("value."):
                value = self._content.values.get(name.removeprefix("value."))
                if value is not None:
                    return f"{value.value}{value.unit}"
            elif name in fields:
                return self._print(fields[name])
            raise _missing(path, "missing-value", f"Nothing fills {{{{ {name} }}}}.")

        return PLACEHOLDER.sub(filled, text)

    def _print(self, value: Value) -> str:
        match value:
            case Joined(parts):
                return " ".join(self._print(part) for part in parts)
            case Listed(parts):
                return self._term("label_and").join(self._print(part) for part in parts)
            case Title() | Term() | Numbered():
                return self._named(value)
            case _:
                return print_figure(value, self._language)

    def _named(self, value: Title | Term | Numbered) -> str:
        match value:
            case Title(topic_id):
                article = self._content.articles.get((topic_id, self._language))
                name = f"intent_{topic_id.replace('.', '_')}"
                return article.title if article is not None else self._term(name)
            case Term(name):
                return self._term(name)
            case Numbered(title):
                return self._print(title)

    def _term(self, name: str) -> str:
        reply = self._content.replies.get((name, self._language))
        if reply is None:
            raise _missing("", "missing-reply", f"Write the reply `{name}`.")
        return reply.text


def _parts_of(value: Value) -> Iterator[Value]:
    match value:
        case Joined(parts) | Listed(parts):
            for part in parts:
                yield from _parts_of(part)
        case _:
            yield value


def _missing(path: str, rule: str, message: str) -> ContentError:
    return ContentError((ContentFault(path=path, line=0, rule=rule, message=message),))
