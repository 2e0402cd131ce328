"""Whatever comes from outside is read or refused: no other error, no long time, nothing changed."""

import time
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz import contents
from tests.fuzz.readers import NOW, READERS, TODAY
from tests.fuzz.subject import Subject, examples, fuzz
from tests.fuzz.values import LARGE, large, pieces, well_formed

from servicebot.adapters.sealing.master_keys import parse_keys
from servicebot.channels.wechat import wording, xml
from servicebot.domain.audit import read_head
from servicebot.domain.errors import ServicebotError, SignatureError
from servicebot.domain.messages import InboundMessage, Text
from servicebot.turns.screen import screen_in
from servicebot.understanding.extract_slots import extract_slots
from servicebot.understanding.normalize import normalize
from servicebot.understanding.slots.products import compile_products
from servicebot.web.chat_ticket import ChatTickets
from servicebot.web.read_json import parse_object

LONGEST_S = 0.1
CONTENTS = tuple(contents.subjects())


@pytest.mark.parametrize("subject", READERS, ids=lambda one: one.name)
def test_a_reader_reads_or_refuses(subject: Subject) -> None:
    fuzz(subject, examples())


@pytest.mark.parametrize("subject", CONTENTS, ids=lambda one: one.name)
def test_a_file_of_the_content_is_read_or_its_faults_are_told(subject: Subject) -> None:
    fuzz(subject, examples() // 2)


def message(text: str) -> InboundMessage:
    return InboundMessage(
        channel="c",
        message_id="m",
        conversation_id="c",
        sender="s",
        received_at=NOW,
        content=Text(text=text),
    )


def slots(text: str) -> object:
    return extract_slots(normalize(text), today=TODAY, products=compile_products([]))


LARGE_READERS: dict[str, Callable[[str], Any]] = {
    "wechat xml": lambda text: xml.read_xml(text.encode(errors="replace")),
    "wechat text": lambda text: xml.read_xml(xml.write_xml({"Content": text}).encode()),
    "emoticons": wording.read_text,
    "json": lambda text: parse_object(text.encode(errors="replace")),
    "json in an object": lambda text: parse_object(b'{"a":' + text.encode(errors="replace")),
    "screening": lambda text: screen_in(message(text)),
    "normalizing": normalize,
    "slots": slots,
    "keys": parse_keys,
}


@pytest.mark.parametrize("name", LARGE_READERS)
def test_64_kib_of_anything_are_read_within_100_ms(name: str) -> None:
    read = LARGE_READERS[name]

    @settings(max_examples=25, deadline=None, database=None)
    @given(text=st.one_of(pieces, well_formed).map(large))
    def check(text: str) -> None:
        assert len(text) <= LARGE
        begun = time.thread_time()
        with suppress(ServicebotError):
            read(text)
        assert time.thread_time() - begun <= LONGEST_S

    read(large("a")) if name in {"screening", "slots", "normalizing"} else None
    check()


def test_half_a_character_in_a_ticket_or_in_the_head_of_the_trail_is_no_fault() -> None:
    with pytest.raises(SignatureError):
        ChatTickets("secret").read("\ud83d")
    assert read_head(b"key", "9 b \ud83d") is None
    assert read_head(b"key", "9 \ud83d b") is None
