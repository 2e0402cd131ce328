"""YAML -> Intent."""

from pathlib import PurePosixPath

from servicebot.content.fields import Fields
from servicebot.content.intent_file import Intent, LookedUp, RequiredLevel, Role
from servicebot.content.parse_article import note_wrong_id
from servicebot.content.place import Place
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language

_KNOWN = (
    "intent",
    "means",
    "flow",
    "identity",
    "examples",
    "close_but_other",
    "held_out",
    "escalates",
    "lookup",
    "stands_alone",
    "never_denied",
    "offered",
    "about_task",
    "alone_reply",
    "role",
)


def parse_intent(source: SourceText, language: Language) -> Intent:
    """Reads one intent.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    fields = Fields(source, parse_yaml(source, source.text))
    name = fields.text("intent")
    intent = Intent(
        id=name,
        language=language,
        means=fields.text("means"),
        flow=fields.optional("flow"),
        identity=_level(fields),
        examples=fields.phrases("examples"),
        close_but_other=fields.others("close_but_other"),
        held_out=fields.phrases("held_out", needed=False),
        path=source.path,
        escalates=fields.one_of("escalates", Reason),
        lookup=fields.one_of("lookup", LookedUp),
        stands_alone=fields.yes("stands_alone"),
        never_denied=fields.yes("never_denied"),
        offered=fields.yes("offered", missing="yes"),
        about_task=fields.yes("about_task"),
        alone_reply=fields.optional("alone_reply"),
        role=fields.one_of("role", Role),
    )
    fields.nothing_else(_KNOWN)
    note_wrong_id(fields, "intent", name, _expected(source.path))
    fields.refuse_faults()
    return intent


def _expected(path: str) -> str:
    """`intents/zh/card/lost.yaml` is `card.lost`."""
    place = PurePosixPath(path)
    return f"{place.parent.name}.{place.stem}"


def _level(fields: Fields) -> RequiredLevel:
    name = fields.text("identity", needed=False) or "L0"
    if name not in RequiredLevel.__members__:
        fields.note("identity", Place(key="identity"), name=name)
        return RequiredLevel.L0
    return RequiredLevel[name]
