"""The studio's content over HTTP: files, search, test questions, history, what was missed."""

from typing import Final

from aiohttp import web

from servicebot.domain.audit import AuditAct
from servicebot.domain.content_refusal import ContentRefusal, ContentRefusedError
from servicebot.domain.drafts import Draft
from servicebot.domain.file_hash import stamp_of
from servicebot.studio.add_phrase import add_phrase
from servicebot.studio.editions import CheckedEdition
from servicebot.studio.judge import Question
from servicebot.studio.list_files import list_files, search
from servicebot.studio.ratings_now import ratings_now
from servicebot.web import studio_answer_forms as forms
from servicebot.web import studio_request_forms as taken
from servicebot.web.answer import answer
from servicebot.web.desk_access import session_of
from servicebot.web.read_form import read_body, read_query
from servicebot.web.services import SERVICES
from servicebot.web.studio_drafts import refusing, studio_of
from servicebot.web.studio_miss_forms import Misses
from servicebot.web.studio_services import StudioServices
from servicebot.web.studio_told import (
    draft_told,
    editions_rated,
    faults_told,
    instant,
    judgement_told,
    live_told,
    miss_told,
    reasons_told,
    revision_told,
)

_MOST_TURNS: Final = 50_000
_MOST_MISSES: Final = 2_000
_MOST_GROUPS: Final = 200
_REVISIONS: Final = 50


async def me(request: web.Request) -> web.Response:
    """Who is signed in, and which content serves."""
    session = session_of(request)
    live = live_told(await studio_of(request).edition_now())
    return answer(forms.StudioPerson(name=session.agent, role=session.role, live=live))


@refusing
async def files(request: web.Request) -> web.StreamResponse:
    """Every file of the content, with what became of the questions that it answered."""
    draft, edition = await _edition(request, read_query(request, taken.DraftQuery).draft)
    services = studio_of(request)
    past = await services.past.newest(_MOST_TURNS)
    live = await services.studio.folders.live()
    rated = ratings_now(await services.ratings.count(since=past.since), live.content)
    changed = frozenset(draft.files) if draft is not None else frozenset[str]()
    listed = list_files(edition.folder, edition.content, past, rated)
    return answer(
        forms.Files(
            files=tuple(
                forms.FileLine(
                    path=one.path,
                    kind=one.kind,
                    language=one.language,
                    line=one.line,
                    id=one.id,
                    title=one.title,
                    valid_to=one.valid_to.isoformat() if one.valid_to is not None else None,
                    asked=one.figures.asked,
                    handed_over=one.figures.handed_over,
                    solved=one.rated.solved,
                    unsolved=one.rated.unsolved,
                    changed=one.path in changed,
                )
                for one in listed
            ),
            since=instant(past.since) if past.since is not None else None,
            turns=sum(one.asked for one in past.questions),
        )
    )


@refusing
async def find(request: web.Request) -> web.StreamResponse:
    """Where a text stands, in titles, phrases and answers."""
    wanted = read_query(request, taken.Looking).q
    edition = await studio_of(request).studio.folders.live()
    found, more = search(edition.folder, wanted)
    hits = tuple(forms.Hit(path=one.path, line=one.line, text=one.text) for one in found)
    return answer(forms.Hits(hits=hits, more=more))


@refusing
async def show_file(request: web.Request) -> web.StreamResponse:
    """A file, as it is live and in a draft."""
    asked = read_query(request, taken.FileQuery)
    services = studio_of(request)
    studio = services.studio
    live = await studio.read(asked.path)
    draft = await studio.find(asked.draft) if asked.draft else None
    text = live
    if draft is not None and asked.path in draft.files:
        text = draft.files[asked.path].text
    ratings = await _ratings(services, asked.path)
    told = forms.FileTold(
        path=asked.path, live=live, text=text, stamp=stamp_of(text), ratings=ratings
    )
    return answer(told)


async def _ratings(services: StudioServices, path: str) -> tuple[forms.EditionRated, ...]:
    """Of the article in a file."""
    serving = (await services.studio.folders.live()).content
    articles = serving.articles.values() if serving is not None else ()
    article = next((one for one in articles if one.path == path), None)
    if article is None:
        return ()
    return editions_rated(article, await services.ratings.count(article=article.id))


@refusing
async def ask(request: web.Request) -> web.StreamResponse:
    """Asks a test question of the live edition and of a draft: which topic wins, and why.

    While the draft is being fitted it answers 202: ask again.
    """
    asking = await read_body(request, taken.Asking)
    services = studio_of(request)
    live = await services.studio.folders.live()
    _, edition = await _edition(request, asking.draft)
    if edition.content is None:
        raise ContentRefusedError(ContentRefusal.CONTENT_BROKEN)
    if not await services.preparing.ready(edition.folder):
        return answer(forms.Progress(state="fitting"), 202)
    question = Question(text=asking.text)
    (now,) = await services.minds.judge(live.folder, (question,))
    drafted = None
    if asking.draft:
        (drafted,) = await services.minds.judge(edition.folder, (question,))
    why = await services.minds.why(edition.folder, question)
    return answer(
        forms.AskedTold(
            live=judgement_told(now, live.content),
            draft=judgement_told(drafted, edition.content) if drafted is not None else None,
            why=reasons_told(why),
        )
    )


@refusing
async def history(request: web.Request) -> web.StreamResponse:
    """The newest changes of the content: who wrote them, who approved."""
    found = await studio_of(request).studio.history(_REVISIONS)
    return answer(forms.History(revisions=tuple(map(revision_told, found))))


@refusing
async def changes(request: web.Request) -> web.StreamResponse:
    """What one change did to each file."""
    found = await studio_of(request).studio.changes(request.match_info["commit"])
    return answer(
        forms.Changes(
            changes=tuple(
                forms.ChangeTold(path=path, before=before, after=after)
                for path, (before, after) in found.items()
            )
        )
    )


@refusing
async def roll_back(request: web.Request) -> web.StreamResponse:
    """Makes the files as they were before a change; it is live at once."""
    services, session = studio_of(request), session_of(request)
    commit = request.match_info["commit"]
    looks = request.app[SERVICES].desk_looks
    await looks.note(request, session, AuditAct.CONTENT_ROLLED_BACK, commit[:40])
    await services.studio.roll_back(commit, session.agent)
    return await history(request)


@refusing
async def misses(request: web.Request) -> web.StreamResponse:
    """Questions that were missed, grouped: unanswered, asked back, badly rated or handed over."""
    services = studio_of(request)
    looks = request.app[SERVICES].desk_looks
    await looks.at(request, session_of(request), AuditAct.QUESTIONS_SEEN, "misses")
    past = await services.past.newest(_MOST_TURNS)
    live = await services.studio.folders.live()
    groups = await services.minds.group(live.folder, past.misses[:_MOST_MISSES])
    return answer(
        Misses(
            groups=tuple(map(miss_told, groups[:_MOST_GROUPS])),
            since=instant(past.since) if past.since is not None else None,
            turns=sum(one.asked for one in past.questions),
        )
    )


@refusing
async def mend(request: web.Request) -> web.StreamResponse:
    """Adds a missed question to the phrases of a topic, in a draft."""
    mending = await read_body(request, taken.Mending)
    studio, person = studio_of(request).studio, session_of(request).agent
    draft = await studio.find(mending.draft) if mending.draft else None
    text = await studio.read(mending.path)
    if draft is not None and mending.path in draft.files:
        text = draft.files[mending.path].text
    if text is None:
        raise ContentRefusedError(ContentRefusal.NO_FILE)
    added = add_phrase(text, mending.path, mending.phrase)
    draft = draft or await studio.begin(mending.phrase[:200], person)
    written = await studio.write(draft, mending.path, added, person)
    edition = await studio.folders.of_draft(written)
    return answer(forms.Written(draft=draft_told(written), faults=faults_told(edition.faults)))


async def _edition(request: web.Request, draft_id: str) -> tuple[Draft | None, CheckedEdition]:
    studio = studio_of(request).studio
    if not draft_id:
        return None, await studio.folders.live()
    draft = await studio.find(draft_id)
    return draft, await studio.folders.of_draft(draft)
