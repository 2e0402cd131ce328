"""Everything that reads bytes or texts from outside, without a server."""

import base64
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime
from ipaddress import ip_network
from typing import Any, Final

from hypothesis import strategies as st
from tests.channels.wechat.platform_server import SETTINGS
from tests.fuzz.subject import Subject
from tests.fuzz.values import bodies, pieces, raw, values, well_formed, words
from tests.screening.data_files import ALLOWED
from tests.sealing import FORM, SEAL

from servicebot.adapters.bank_http.answers import refusal_of, result_of
from servicebot.adapters.sealing.master_keys import parse_keys
from servicebot.channels.wechat import api, crypto, inbound, render, wording, xml
from servicebot.domain.audit import AuditHead, read_head, seal_head
from servicebot.domain.bank_calls import ListAccounts, ListLoans, QuoteRepayment, ReadLink
from servicebot.domain.conversation import Conversation
from servicebot.domain.errors import (
    RejectedError,
    SettingsError,
    SignatureError,
    StartError,
    UnavailableError,
    UnreadableError,
)
from servicebot.domain.messages import InboundMessage, OutboundMessage, Text
from servicebot.domain.receipts import Receipt
from servicebot.screening.gate import forbidden_in, hide_forbidden
from servicebot.screening.mask import mask_personal_numbers
from servicebot.screening.reading import visible
from servicebot.settings import load_settings
from servicebot.studio.imports.answer_table import read_answer_table
from servicebot.studio.imports.rasa_nlu import read_rasa
from servicebot.studio.tables.question_table import read_question_table
from servicebot.studio.tables.table_csv import import_table
from servicebot.studio.tables.take_workbook import take_workbook
from servicebot.turns.screen import MOST_CHARACTERS, screen_in
from servicebot.turns.stored_form import from_json, to_json
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.products import compile_products
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.client_address import address_name
from servicebot.web.desk_socket import _turn_to, _Watch
from servicebot.web.read_form import read_values
from servicebot.web.read_json import parse_object
from servicebot.web.request_forms import BankNotice, Hello, Message, Said, SigningIn, Watching

NOW: Final = datetime(2026, 5, 15, 4, 0, tzinfo=UTC)
TODAY: Final = date(2026, 5, 15)
KEY: Final = b"k" * 32
_SEAL: Final = crypto.Seal(SETTINGS.token, SETTINGS.aes_key, SETTINGS.appid)
_TICKETS: Final = ChatTickets("secret of the tests")
_PRODUCTS: Final = compile_products([("loan", ("微粒贷",)), ("car", ("car loan",))])
_PROXIES: Final = (ip_network("10.0.0.0/8"),)
_FIELDS: Final = (
    *("ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId", "Event"),
    *("EventKey", "bizmsgmenuid", "Encrypt"),
)
_FORMS: Final = (BankNotice, Hello, Message, Said, SigningIn, Watching)
_SETTINGS: Final = (
    *("STORE_DIR", "WEB_PORT", "WEB_HOST", "WEB_PROXIES", "WEB_PUBLIC_URL", "LIMIT_REQUESTS"),
    *("LIMIT_WAIT_S", "REDIS_URL", "RECORDS_URL", "RECORDS_DAYS", "DESK_HOURS", "DESK_AGENTS"),
    *("BANK_URL", "LOG_LEVEL", "COSTS", "WRONG_ANSWER_RATE", "WECHAT_AES_KEY", "WECHAT_TOKEN"),
    *("WECHAT_APPID", "WECHAT_SECRET", "DESK_HOLIDAYS", "TYPO"),
)
_CALLS: Final = (
    ListLoans(),
    ListAccounts(),
    ReadLink(link_id="l"),
    QuoteRepayment(loan_id="l", amount_fen=1),
)


def refuses(read: Callable[[Any], object], *errors: type[Exception]) -> Callable[[Any], None]:
    """A check that only these errors come out."""

    def check(value: Any) -> None:
        with suppress(*errors):
            read(value)

    return check


def _xml_comes_back(text: str) -> None:
    clean = xml._FORBIDDEN.sub("", text).strip()
    assert xml.read_xml(xml.write_xml({"Content": text, "N": 7}).encode(errors="replace")) == {
        "Content": clean.encode(errors="replace").decode(),
        "N": "7",
    }


def _push_comes_back(message: bytes) -> None:
    assert _SEAL.open(_SEAL.close(message)) == message


def _sealed_comes_back(pair: tuple[bytes, str]) -> None:
    assert SEAL.open(SEAL.close(*pair), pair[1]) == pair[0]


def _message_comes_back(text: str) -> None:
    message = InboundMessage(
        channel="wechat",
        message_id=text[:20],
        conversation_id="c",
        sender=text,
        received_at=NOW,
        content=Text(text=text),
    )
    assert from_json(InboundMessage, to_json(message)) == message
    assert FORM.read(InboundMessage, FORM.write(message, "c"), "c") == message


def _parts_hold_the_text(text: str) -> None:
    parts = render.split(text)
    assert all(len(part.encode()) <= render.MOST_BYTES for part in parts)
    assert "".join(parts).replace("\n", "") == text.replace("\n", "") or not text.strip()


def _normalized_twice_is_once(text: str) -> None:
    once = normalize(text)
    assert normalize(once) == once


def _screened(text: str) -> None:
    hide_forbidden(text, ALLOWED)
    forbidden_in(text, ALLOWED)
    mask_personal_numbers(text)
    assert visible(visible(text)) == visible(text)
    message = InboundMessage(
        channel="c",
        message_id="m",
        conversation_id="c",
        sender="s",
        received_at=NOW,
        content=Text(text=text),
    )
    content = screen_in(message).content
    assert isinstance(content, Text)
    assert len(content.text) <= MOST_CHARACTERS


def _body_forms(body: bytes) -> None:
    read = parse_object(body)
    for form in _FORMS:
        with suppress(RejectedError):
            read_values(read, form)


def _head_comes_back(number: int) -> None:
    head = AuditHead(number=number, bond="b" * 64)
    assert read_head(KEY, seal_head(KEY, head)) == head


def _ticket_comes_back(text: str) -> None:
    name, ticket = _TICKETS.issue()
    assert _TICKETS.read(ticket) == name
    with suppress(SignatureError):
        assert _TICKETS.read(ticket[: len(text)] + text) == name


def _bank_answers(body: Any) -> None:
    for call in _CALLS:
        for read in (result_of, refusal_of):
            with suppress(UnavailableError):
                read(call, body)


def _stored(data: bytes) -> None:
    for kind in (InboundMessage, OutboundMessage, Conversation, Receipt):
        with suppress(UnreadableError):
            from_json(kind, data)


_PUSHES = st.dictionaries(
    st.sampled_from(_FIELDS),
    st.one_of(st.sampled_from(["text", "event", "subscribe", "o1", "123", "image"]), words),
)
_ENCODED = st.one_of(words, raw.map(lambda data: base64.b64encode(data).decode()))
_ENVIRONS = st.dictionaries(
    st.sampled_from([f"SERVICEBOT_{name}" for name in _SETTINGS]),
    st.one_of(well_formed, st.integers().map(str), st.sampled_from(["redis://x", "http://h", ""])),
    max_size=6,
)
_BANK = st.one_of(
    st.none(),
    st.dictionaries(st.sampled_from(["loans", "accounts", "state", "code", "max_fen"]), values),
)
_SEALABLE = st.tuples(raw, well_formed)
_KEY_LINES = st.lists(
    st.one_of(words, st.just("2020-01-01T00:00:00Z " + base64.b64encode(KEY).decode())), max_size=4
).map("\n".join)

READERS: Final[Sequence[Subject]] = tuple(
    Subject(name=name, values=given, check=check)
    for name, given, check in (
        ("wechat xml", raw.map(lambda data: b"<xml><a>" + data + b"</a></xml>"),
         refuses(xml.read_xml, RejectedError)),
        ("wechat xml, bare", raw, refuses(xml.read_xml, RejectedError)),
        ("wechat xml, written", words, _xml_comes_back),
        ("wechat crypto", _ENCODED, refuses(_SEAL.open, SignatureError)),
        ("wechat crypto, written", raw, _push_comes_back),
        ("wechat push", _PUSHES, refuses(lambda it: inbound.read_inbound(it, NOW), RejectedError)),
        ("wechat text", words, wording.read_text),
        ("wechat answer", bodies("errcode", "errmsg"), refuses(api._parse, UnavailableError)),
        ("wechat parts", st.tuples(well_formed, st.integers(1, 60)).map(lambda p: p[0] * p[1]),
         _parts_hold_the_text),
        ("json body", bodies("id", "text", "after", "ticket"), refuses(_body_forms, RejectedError)),
        ("desk frame", bodies("type", "ticket", "after").map(lambda b: b.decode(errors="replace")),
         lambda frame: _turn_to(_Watch(), frame)),
        ("chat ticket", words, refuses(_TICKETS.read, SignatureError)),
        ("chat ticket, written", words, _ticket_comes_back),
        ("forwarded addresses", st.lists(st.one_of(words, st.just("10.0.0.1, 1.2.3.4"))),
         lambda hops: address_name("10.1.1.1", hops, _PROXIES)),
        ("bank answer", _BANK, _bank_answers),
        ("stored value", st.one_of(raw, bodies("channel", "text", "content", "id")), _stored),
        ("stored value, written", well_formed, _message_comes_back),
        ("sealed value", st.one_of(raw, raw.map(lambda data: b"\x01" + SEAL._keys.in_use().id + data)),
         refuses(lambda data: SEAL.open(data, "c"), UnreadableError)),
        ("sealed value, written", _SEALABLE, _sealed_comes_back),
        ("key file", _KEY_LINES, refuses(parse_keys, StartError)),
        ("audit head", words, lambda line: read_head(KEY, line)),
        ("audit head, written", st.integers(0, 10**17), _head_comes_back),
        ("settings", _ENVIRONS, refuses(load_settings, SettingsError)),
        ("normalizing", words, _normalized_twice_is_once),
        ("slots", st.one_of(pieces, well_formed).map(normalize),
         lambda text: extract_slots(text, today=TODAY, products=_PRODUCTS)),
        ("screening", words, _screened),
        ("training of rasa", raw.map(lambda data: b"nlu:\n- intent: a\n  examples: " + data),
         refuses(read_rasa, RejectedError)),
        ("questions, a table", raw.map(lambda data: b"text,expected,asked\n" + data),
         refuses(lambda data: read_question_table("a.csv", data), RejectedError)),
        ("questions and answers", raw.map(lambda data: b"question,answer\n" + data),
         refuses(lambda data: read_answer_table("a.csv", data), RejectedError)),
        ("a table that comes back", raw.map(lambda data: b"a,b\n" + data),
         refuses(lambda data: import_table("p", "a,b\n1,2\n", data), RejectedError)),
        ("a workbook", raw.map(lambda data: b"PK\x03\x04" + data),
         refuses(lambda data: take_workbook(data, {}, {}), RejectedError)),
    )
)  # fmt: skip
