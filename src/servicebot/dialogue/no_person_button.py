"""The button for a person does not stand where the customer waits for one or has one."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import topics_of
from servicebot.domain.messages import OutboundMessage
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import Language


def without_person_button(message: OutboundMessage, content: Content) -> OutboundMessage:
    """The message without buttons whose words wish for a person, by what the content teaches."""
    if not message.buttons:
        return message
    words = _wishes(content)
    kept = tuple(
        button
        for button in message.buttons
        if words.isdisjoint({squeeze(button.says), squeeze(button.label)})
    )
    return replace(message, buttons=kept)


def _wishes(content: Content) -> frozenset[str]:
    found: set[str] = set()
    for topic in topics_of(Role.PERSON, content):
        for language in Language:
            intent = content.intents.get((topic.id, language))
            label = content.replies.get((f"intent_{topic.id.replace('.', '_')}", language))
            found |= {squeeze(example) for example in (intent.examples if intent else ())}
            found |= {squeeze(label.text)} if label is not None else set()
    return frozenset(found)
