"""A test of many questions with the topics that should answer them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from servicebot.content.content import Content
from servicebot.domain.batch_runs import BatchRow
from servicebot.domain.messages import InboundMessage, Text
from servicebot.studio.judge import Judgement, Question
from servicebot.studio.tables.question_table import QuestionRow
from servicebot.studio.titles import title_of
from servicebot.turns.screen import screen_in

_RULES = frozenset({"ask_back", "missed", "person", "which", "noted", "bank"})


def as_chat_hears(rows: Sequence[QuestionRow], now: datetime) -> tuple[QuestionRow, ...]:
    """The rows with their texts as a chat would take them; those that are nothing then are left out."""
    screened = (replace(row, text=_screened(row.text, now)) for row in rows)
    return tuple(row for row in screened if row.text)


def name_expected(rows: Sequence[QuestionRow], content: Content) -> tuple[QuestionRow, ...]:
    """The rows with the topic's id where its title was written."""
    known = topics_of(content)
    ids = {one.title.strip(): one.id for one in content.articles.values()}
    return tuple(
        row if row.expected in known else replace(row, expected=ids.get(row.expected, row.expected))
        for row in rows
    )


def topics_of(content: Content) -> frozenset[str]:
    """Everything that a question may be expected to come out as."""
    articles = {one.id for one in content.articles.values()}
    return frozenset(articles | set(content.intent_by_id) | _RULES)


def questions_of(rows: Sequence[QuestionRow]) -> list[Question]:
    """What is asked."""
    return [Question(text=row.text) for row in rows]


def batch_rows(
    rows: Sequence[QuestionRow], judgements: Sequence[Judgement], content: Content
) -> tuple[BatchRow, ...]:
    """Rows with what was made of each."""
    return tuple(
        BatchRow(
            number=row.number,
            text=row.text,
            expected=row.expected,
            answer=one.answer,
            title=title_of(one.answer, content, one.language),
            probability=one.probability,
            band=one.band,
            reply=one.reply,
        )
        for row, one in zip(rows, judgements, strict=True)
    )


def _screened(text: str, now: datetime) -> str:
    message = InboundMessage(
        channel="ask",
        message_id="one",
        conversation_id="ask:one",
        sender="ask",
        received_at=now,
        content=Text(text=text),
    )
    content = screen_in(message).content
    return content.text if isinstance(content, Text) else ""
