"""The two one-time pages a customer's browser opens: link an identity, confirm a step-up."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Final

from aiohttp import web

from servicebot.sandbox_bank.bank import BANK
from servicebot.sandbox_bank.links import bind_with_pin, look_at_link
from servicebot.sandbox_bank.one_time_pages import Try, Visit
from servicebot.sandbox_bank.page_html import (
    STYLESHEET,
    WRONG,
    SampleChoice,
    link_form,
    outcome_page,
    step_up_form,
)
from servicebot.sandbox_bank.page_language import PageLanguage, language_of
from servicebot.sandbox_bank.step_ups import Decision, Pin, decide_with_pin, look_at_step_up

PAGE_HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none';"
        " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",  # so that a browser says where a form was sent from
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
DECISIONS: Final[Mapping[str, Decision]] = {"approve": "approved", "decline": "declined"}
STATUS_OF = {
    Visit.DONE: HTTPStatus.OK,
    Visit.DECLINED: HTTPStatus.OK,
    Visit.WRONG_PIN: HTTPStatus.FORBIDDEN,
    Visit.WRONG_CODE: HTTPStatus.FORBIDDEN,
    Visit.LOCKED: HTTPStatus.TOO_MANY_REQUESTS,
    Visit.SPENT: HTTPStatus.GONE,
    Visit.UNKNOWN: HTTPStatus.NOT_FOUND,
}


async def read_stylesheet(_request: web.Request) -> web.Response:
    """Answer `GET /pages.css`."""
    return web.Response(text=STYLESHEET, content_type="text/css", headers=PAGE_HEADERS)


async def show_link(request: web.Request) -> web.Response:
    """Show the sample customers and ask for a PIN."""
    return await _link_page(request, None)


async def submit_link(request: web.Request) -> web.Response:
    """Bind the identity when the PIN fits."""
    if not _is_from_our_page(request):
        return await _link_page(request, None)
    bank, token = request.app[BANK], request.match_info["token"]
    form = await _read_form(request)
    now = bank.clock.now()
    wanted = Try(
        customer_id=form.get("customer", ""), pin=form.get("pin", ""), address=request.remote or ""
    )
    code = form.get("code", "")
    visit = await bank.book.run(lambda book: bind_with_pin(book, token, code, wanted, now))
    await bank.callbacks.send_pending()
    if visit in WRONG:
        return await _link_page(request, visit)
    return _page(request, visit, outcome_page(_language(request), visit))


async def show_step_up(request: web.Request) -> web.Response:
    """Show exactly what will be done, and ask for the PIN."""
    return await _step_up_page(request, None)


async def submit_step_up(request: web.Request) -> web.Response:
    """Approve or decline, either with the PIN."""
    bank, token = request.app[BANK], request.match_info["token"]
    form = await _read_form(request)
    now = bank.clock.now()
    decision = DECISIONS.get(form.get("decision", ""))
    if decision is None or not _is_from_our_page(request):
        return await _step_up_page(request, None)
    pin = Pin(pin=form.get("pin", ""), address=request.remote or "")
    visit = await bank.book.run(lambda book: decide_with_pin(book, token, decision, pin, now))
    await bank.callbacks.send_pending()
    if visit in WRONG:
        return await _step_up_page(request, visit)
    return _page(request, visit, outcome_page(_language(request), visit))


async def _link_page(request: web.Request, wrong: Visit | None) -> web.Response:
    bank, token = request.app[BANK], request.match_info["token"]
    now = bank.clock.now()
    seen = await bank.book.run(lambda book: look_at_link(book, token, now))
    if isinstance(seen, Visit):
        return _page(request, seen, outcome_page(_language(request), seen))
    rows = await bank.book.run(
        lambda book: book.execute("SELECT customer_id, name, shows FROM customers").fetchall()
    )
    samples = tuple(SampleChoice(**dict(row)) for row in rows)
    return _page(request, wrong or Visit.DONE, link_form(_language(request), samples, seen, wrong))


async def _step_up_page(request: web.Request, wrong: Visit | None) -> web.Response:
    bank, token = request.app[BANK], request.match_info["token"]
    now = bank.clock.now()
    seen = await bank.book.run(lambda book: look_at_step_up(book, token, now))
    if isinstance(seen, Visit):
        return _page(request, seen, outcome_page(_language(request), seen))
    return _page(request, wrong or Visit.DONE, step_up_form(_language(request), seen, wrong))


async def _read_form(request: web.Request) -> dict[str, str]:
    if request.content_type != "application/x-www-form-urlencoded":
        return {}
    posted = await request.post()
    return {name: value for name, value in posted.items() if isinstance(value, str)}


def _is_from_our_page(request: web.Request) -> bool:
    """Browsers say where a form comes from; what says nothing is no browser."""
    public = request.app[BANK].options.public_url
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    return origin in {None, public, f"{request.scheme}://{request.host}"} and site == "same-origin"


def _language(request: web.Request) -> PageLanguage:
    return language_of(request.query.get("lang", ""), request.headers.get("Accept-Language", ""))


def _page(request: web.Request, visit: Visit, text: str) -> web.Response:
    headers = {**PAGE_HEADERS, "Content-Language": _language(request).tag}
    if request.app[BANK].options.public_url.startswith("https://"):
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return web.Response(
        status=STATUS_OF[visit], text=text, content_type="text/html", headers=headers
    )
