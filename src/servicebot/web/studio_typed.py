"""A file while somebody types it, over HTTP: complaints and a preview; nothing is saved."""

from aiohttp import web

from servicebot.studio.preview import PhraseList, Preview, Said
from servicebot.studio.typed import TypedText
from servicebot.web import studio_typed_forms as forms
from servicebot.web.answer import answer
from servicebot.web.read_form import read_body
from servicebot.web.studio_drafts import refusing, studio_of
from servicebot.web.studio_request_forms import Typing
from servicebot.web.studio_told import faults_told
from servicebot.web.wire import shown_message


@refusing
async def look_at_typed(request: web.Request) -> web.StreamResponse:
    """What the check says of a file as it is typed, and what customers would read of it."""
    typing = await read_body(request, Typing)
    services = studio_of(request)
    draft = await services.studio.find(typing.draft) if typing.draft else None
    typed = TypedText(path=typing.path, text=typing.text, line=typing.line)
    found = await services.typed.look(draft, typed)
    return answer(
        forms.TypedTold(
            faults=faults_told(found.faults),
            preview=_preview_told(found.preview) if found.preview is not None else None,
            whole=found.whole,
        )
    )


def _preview_told(shown: Preview) -> forms.PreviewTold:
    return forms.PreviewTold(
        said=tuple(map(_said_told, shown.said)),
        phrases=tuple(map(_phrases_told, shown.phrases)),
        values=tuple(
            forms.ValueTold(name=one.name, printed=one.printed, uses=one.uses, paths=one.paths)
            for one in shown.values
        ),
    )


def _said_told(one: Said) -> forms.SaidTold:
    return forms.SaidTold(name=one.name, message=shown_message(one.message), wechat=one.wechat)


def _phrases_told(one: PhraseList) -> forms.PhraseListTold:
    told = tuple(forms.PhraseTold(text=text, topic=topic) for text, topic in one.phrases)
    return forms.PhraseListTold(field=one.field, phrases=told)
