"""Takes a file of another program into a draft."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.studio.editions import CheckedEdition
from servicebot.studio.imports.answer_table import read_answer_table
from servicebot.studio.imports.imported_topic import MOST_TOPICS, ImportedTopic
from servicebot.studio.imports.plan_import import ImportPlan, Planning
from servicebot.studio.imports.rasa_nlu import Found, read_rasa
from servicebot.studio.imports.write_article import ArticleFacts
from servicebot.studio.judge import Question
from servicebot.studio.minds import Minds
from servicebot.studio.studio import Studio
from servicebot.studio.tables.not_taken import NotTaken, Why

YAML: Final = frozenset({".yml", ".yaml"})
_SURE: Final = "answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """What a file of another program has.

    Attributes:
        topics: Its questions.
        refused: What is none.
        facts: What the articles of it have in common.
        with_near: Whether what is near to a topic that is there gets an article too.
    """

    topics: tuple[ImportedTopic, ...]
    refused: tuple[NotTaken, ...]
    facts: ArticleFacts
    with_near: bool = False


def read_topics(name: str, data: bytes) -> Found:
    """The topics of a file, no more than are taken at once, and what is none.

    Raises:
        RejectedError: It is neither training data of Rasa nor a table of questions and answers.
    """
    is_yaml = PurePath(name).suffix.lower() in YAML
    topics, refused = read_rasa(data) if is_yaml else read_answer_table(name, data)
    if len(topics) > MOST_TOPICS:
        place = topics[MOST_TOPICS].place
        refused = (*refused, NotTaken(place=place, why=Why.TOO_MANY, named=str(MOST_TOPICS)))
    return topics[:MOST_TOPICS], refused


async def plan_import(
    foreign: Foreign, edition: CheckedEdition, live: CheckedEdition, minds: Minds
) -> ImportPlan:
    """What a file would become in an edition; what is near to the live one is found by asking it.

    Raises:
        RejectedError: An edition cannot be loaded.
        UnavailableError: The processes do not answer.
    """
    content = edition.content
    if content is None or live.content is None:
        raise ContentRefusedError(ContentRefusal.CONTENT_BROKEN)
    planning = await asyncio.to_thread(Planning, content, edition.folder, foreign.facts)
    new = [one for one in foreign.topics if planning.owner_of(one) is None]
    near = {} if foreign.with_near else await _near(new, live, minds)
    plan = await asyncio.to_thread(planning.plan, foreign.topics, near)
    return ImportPlan(
        files=plan.files, topics=plan.topics, refused=(*foreign.refused, *plan.refused)
    )


async def keep_import(
    studio: Studio, plan: ImportPlan, draft: Draft | None, title: str, person: str
) -> Draft | None:
    """The draft with the files of a plan; a new one where none is named and something was taken.

    Raises:
        RejectedError: The draft is not open any more.
        ChangedMeanwhileError: Somebody else changed it.
    """
    if not plan.files:
        return draft
    written = draft or await studio.begin(title, person)
    return await studio.write_all(written, plan.files, person)


async def _near(
    topics: Sequence[ImportedTopic], live: CheckedEdition, minds: Minds
) -> Mapping[str, str]:
    """By its place, each topic whose question the edition answers at once, and with what."""
    asked = [Question(text=one.phrases[0], language=one.language) for one in topics]
    content = live.content
    if content is None or not asked:
        return {}
    found = await minds.judge(live.folder, asked)
    known = {one.id for one in content.articles.values()} | set(content.intent_by_id)
    return {
        topic.place: one.answer
        for topic, one in zip(topics, found, strict=True)
        if one.band == _SURE and one.answer in known
    }
