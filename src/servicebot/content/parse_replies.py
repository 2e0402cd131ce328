"""YAML -> the bot's own sentences."""

from typing import Any

from servicebot.content.fields import Fields
from servicebot.content.place import Place
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.content.reply_file import Reply
from servicebot.domain.understanding import Language


def parse_replies(source: SourceText, language: Language) -> tuple[Reply, ...]:
    """Reads one file of replies: `name: text`, or `name: {text, buttons: {label: says}}`.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    values = parse_yaml(source, source.text)
    fields = Fields(source, values)
    replies = tuple(_reply(fields, name, value, language) for name, value in values.items())
    fields.refuse_faults()
    return replies


def _reply(fields: Fields, name: str, value: Any, language: Language) -> Reply:  # noqa: ANN401  read from YAML
    body = value if isinstance(value, dict) else {"text": value}
    text, buttons = body.get("text"), body.get("buttons", {})
    unknown = sorted(set(body) - {"text", "buttons"})
    if unknown or not isinstance(buttons, dict):
        key = unknown[0] if unknown else "buttons"
        fields.note("reply-form", Place(key=key if unknown else name), name=name, field=key)
        text, buttons = "", {}
    elif not isinstance(text, str) or not text.strip():
        fields.note("reply-text", Place(key=name), name=name)
        text = ""
    return Reply(
        name=name,
        language=language,
        text=text.strip(),
        buttons=tuple((label, says or label) for label, says in buttons.items()),
        path=fields.path,
    )
