"""Conversations that were stored by an older version are still read."""

import json

from servicebot.domain.conversation import Conversation
from servicebot.turns.stored_form import from_json, to_json


def test_a_conversation_stored_without_what_it_was_about_is_read() -> None:
    made = Conversation(id="web:c1", channel="web", sender="c1")
    old = json.loads(to_json(made))
    del old["last_product"], old["last_loan"]
    assert from_json(Conversation, json.dumps(old)) == made


def test_what_the_last_answer_was_about_is_kept() -> None:
    made = Conversation(
        id="web:c1", channel="web", sender="c1", last_product="weichedai", last_loan="loan-2"
    )
    assert from_json(Conversation, to_json(made)) == made
