"""The studio's drafts over HTTP: begun, written, compared, reviewed, published."""

from collections.abc import Callable

from aiohttp import web

from servicebot.domain.audit import AuditAct
from servicebot.domain.content_refusal import ContentChangedError
from servicebot.domain.drafts import Draft, DraftState
from servicebot.domain.file_hash import stamp_of
from servicebot.studio.batch_tests import UnknownRunError
from servicebot.studio.ready import NotReadyError
from servicebot.studio.studio import UnknownDraftError
from servicebot.web import studio_answer_forms as forms
from servicebot.web import studio_request_forms as taken
from servicebot.web.answer import answer
from servicebot.web.content_problem import PROBLEM, content_problem
from servicebot.web.desk_access import session_of
from servicebot.web.read_form import read_body
from servicebot.web.route import Handler
from servicebot.web.services import SERVICES
from servicebot.web.studio_services import StudioServices
from servicebot.web.studio_told import draft_told, faults_told, progress_told

_NOT_FOUND, _CONFLICT = 404, 409


def studio_of(request: web.Request) -> StudioServices:
    """What the handlers work with.

    Raises:
        HTTPNotFound: This process has no studio.
    """
    found = request.app[SERVICES].studio
    if found is None:
        raise web.HTTPNotFound(text="This process has no studio.")
    return found


def refusing(handler: Handler) -> Handler:
    """Tells what is not there with 404, and what somebody else changed first with 409."""

    async def handle(request: web.Request) -> web.StreamResponse:
        try:
            return await handler(request)
        except (UnknownDraftError, UnknownRunError) as error:
            return content_problem(_NOT_FOUND, error)
        except ContentChangedError as error:
            return content_problem(_CONFLICT, error)
        except NotReadyError as error:
            edition = error.edition
            told = forms.NotPublished(
                status=_CONFLICT,
                detail=str(error),
                reason=error.reason,
                named=error.named,
                faults=faults_told(edition.faults) if edition is not None else (),
                unsigned=error.unsigned,
            )
            return answer(told, _CONFLICT, content_type=PROBLEM)

    handle.__doc__ = handler.__doc__
    return handle


async def draft_of(request: web.Request) -> Draft:
    """The draft of the path.

    Raises:
        UnknownDraftError: There is none.
    """
    return await studio_of(request).studio.find(request.match_info["draft"])


async def list_drafts(request: web.Request) -> web.Response:
    """The newest drafts."""
    found = await studio_of(request).studio.every()
    return answer(forms.DraftsTold(drafts=tuple(draft_told(one) for one in found)))


@refusing
async def begin_draft(request: web.Request) -> web.StreamResponse:
    """Begins a draft."""
    titled = await read_body(request, taken.Titled)
    draft = await studio_of(request).studio.begin(titled.title, session_of(request).agent)
    return answer(draft_told(draft), 201)


@refusing
async def show_draft(request: web.Request) -> web.StreamResponse:
    """One draft with what it changes, and what the check says of the content with it."""
    return await _written(request, await draft_of(request))


@refusing
async def write_file(request: web.Request) -> web.StreamResponse:
    """Writes a file of a draft, or takes it away; tells what the check says then."""
    writing = await read_body(request, taken.Writing)
    services, person = studio_of(request), session_of(request).agent
    draft = await services.studio.write(
        await draft_of(request), writing.path, writing.text, person, seen=writing.seen
    )
    return await _written(request, draft, stamp=stamp_of(writing.text))


@refusing
async def take_over(request: web.Request) -> web.StreamResponse:
    """Says that the draft's file shall replace what somebody else has published meanwhile."""
    pathed = await read_body(request, taken.Pathed)
    services, person = studio_of(request), session_of(request).agent
    draft = await services.studio.take_over(await draft_of(request), pathed.path, person)
    return await _written(request, draft)


@refusing
async def begin_effect(request: web.Request) -> web.StreamResponse:
    """Begins to compare a draft with what was asked."""
    services = studio_of(request)
    return answer(progress_told(await services.effects.begin(await draft_of(request))), 202)


@refusing
async def show_effect(request: web.Request) -> web.StreamResponse:
    """How far the comparison is, and which questions come out otherwise."""
    services, draft = studio_of(request), await draft_of(request)
    looks = request.app[SERVICES].desk_looks
    await looks.at(request, session_of(request), AuditAct.QUESTIONS_SEEN, draft.id)
    return answer(progress_told(services.effects.of(draft)))


def _moving(state: DraftState, words: str) -> Callable[[web.Request], object]:
    @refusing
    async def move(request: web.Request) -> web.StreamResponse:
        services = studio_of(request)
        draft = await services.studio.move(await draft_of(request), state)
        return answer(draft_told(draft))

    move.__doc__ = words
    return move


submit = _moving(DraftState.IN_REVIEW, "Gives a draft to a second person.")
reopen = _moving(DraftState.OPEN, "Takes a draft back from review, to write on.")
drop = _moving(DraftState.DROPPED, "Gives a draft up.")


@refusing
async def give_back(request: web.Request) -> web.StreamResponse:
    """Gives a draft back to its author, with the reason."""
    given = await read_body(request, taken.GivenBack)
    services = studio_of(request)
    draft = await services.studio.move(await draft_of(request), DraftState.OPEN, given.said)
    return answer(draft_told(draft))


@refusing
async def sign(request: web.Request) -> web.StreamResponse:
    """Signs groups of changed answers."""
    signing = await read_body(request, taken.Signing)
    services, session = studio_of(request), session_of(request)
    draft = await draft_of(request)
    signed = await services.studio.sign(draft, signing.groups, session.agent)
    looks = request.app[SERVICES].desk_looks
    await looks.note(request, session, AuditAct.DRAFT_SIGNED, draft.id)
    return answer(draft_told(signed))


@refusing
async def publish(request: web.Request) -> web.StreamResponse:
    """Publishes a draft; 409 with what is left to do where it is not ready."""
    services, session = studio_of(request), session_of(request)
    draft = await draft_of(request)
    looks = request.app[SERVICES].desk_looks
    await looks.note(request, session, AuditAct.CONTENT_PUBLISHED, draft.id)
    return answer(draft_told(await services.studio.publish(draft, session.agent)))


async def _written(request: web.Request, draft: Draft, *, stamp: str = "") -> web.Response:
    folders = studio_of(request).studio.folders
    edition, live = await folders.of_draft(draft), await folders.live()
    told = draft_told(draft, live.version)
    return answer(forms.Written(draft=told, faults=faults_told(edition.faults), stamp=stamp))
