"""Questions and answers of other programs over HTTP: they become articles of a draft."""

import asyncio

from aiohttp import web

from servicebot.studio.imports.import_topics import Foreign, keep_import, plan_import, read_topics
from servicebot.studio.imports.write_article import ArticleFacts
from servicebot.web import studio_file_forms as forms
from servicebot.web.answer import answer
from servicebot.web.desk_access import session_of
from servicebot.web.read_form import read_query
from servicebot.web.studio_answer_forms import Progress
from servicebot.web.studio_drafts import refusing, studio_of
from servicebot.web.studio_told import draft_told, faults_told, not_taken_told
from servicebot.web.upload import read_file


@refusing
async def import_file(request: web.Request) -> web.StreamResponse:
    """Takes training files of Rasa and tables of questions and answers into a draft.

    While the edition is being fitted it answers 202: send it again.
    """
    asked = read_query(request, forms.ImportedFile)
    data = await read_file(request)
    topics, refused = await asyncio.to_thread(read_topics, asked.name, data)
    foreign = Foreign(
        topics=topics,
        refused=refused,
        facts=ArticleFacts(
            line=asked.line,
            owner=asked.owner,
            source=asked.source,
            first=asked.first,
            last=asked.last,
        ),
        with_near=asked.near,
    )
    services, person = studio_of(request), session_of(request).agent
    studio, live = services.studio, await services.studio.folders.live()
    draft = await studio.find(asked.draft) if asked.draft else None
    edition = await studio.folders.of_draft(draft) if draft is not None else live
    if topics and not await services.preparing.ready(live.folder):
        return answer(Progress(state="fitting"), 202)
    plan = await plan_import(foreign, edition, live, services.minds)
    written = await keep_import(studio, plan, draft, asked.name, person)
    after = await studio.folders.of_draft(written) if written is not None else live
    return answer(
        forms.ImportTaken(
            draft=draft_told(written, live.version) if written is not None else None,
            faults=faults_told(after.faults) if written is not None else (),
            topics=tuple(
                forms.TopicTaken(title=one.title, path=one.path, phrases=one.phrases, new=one.new)
                for one in plan.topics
            ),
            not_taken=not_taken_told(plan.refused),
        )
    )
