"""The button for a person goes, every other one stays."""

import pytest

from servicebot.content.content import Content
from servicebot.dialogue.no_person_button import without_person_button
from servicebot.dialogue.phrase import Phraser
from servicebot.dialogue.say import Say
from servicebot.domain.understanding import Language


@pytest.mark.parametrize("language", list(Language))
def test_no_reply_keeps_a_button_for_a_person(content: Content, language: Language) -> None:
    with_button = 0
    for (name, spoken), reply in content.replies.items():
        if spoken is not language or not reply.buttons or "{{" in reply.text:
            continue
        (message,) = Phraser(content, language).messages((Say(reply=name),), ())
        kept = without_person_button(message, content)
        gone = {button.label for button in message.buttons} - {b.label for b in kept.buttons}
        assert gone <= {"转人工", "Talk to a person"}
        assert not {button.label for button in kept.buttons} & {"转人工", "Talk to a person"}
        with_button += len(gone)
    assert with_button > 5
