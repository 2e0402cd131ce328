"""YAML -> Intent."""

from servicebot.content.fields import Fields
from servicebot.content.intent_file import Intent, LookedUp, RequiredLevel, Role, SlotRule
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.errors import ContentError
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Language

SLOT_KINDS = frozenset({"money", "date", "loan", "card", "account", "product", "application"})
_KNOWN = (
    "intent",
    "means",
    "flow",
    "identity",
    "slots",
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
    intent = Intent(
        id=fields.text("intent"),
        language=language,
        means=fields.text("means"),
        flow=fields.optional("flow"),
        identity=_level(fields),
        slots=_slots(fields),
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
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return intent


def _level(fields: Fields) -> RequiredLevel:
    name = fields.text("identity", needed=False) or "L0"
    if name not in RequiredLevel.__members__:
        fields.note("identity", f"`{name}` is no level. Write L0, L1, L2 or L3.", near="identity:")
        return RequiredLevel.L0
    return RequiredLevel[name]


def _slots(fields: Fields) -> tuple[SlotRule, ...]:
    rules = []
    for name, rule in fields.mapping("slots").items():
        if not isinstance(rule, dict) or rule.get("kind") not in SLOT_KINDS:
            kinds = ", ".join(sorted(SLOT_KINDS))
            message = f"Write `{name}: {{kind: …, needed: yes, ask: …}}` with a kind of {kinds}."
            fields.note("slot", message, near=f"{name}:")
            continue
        rules.append(
            SlotRule(
                name=name,
                kind=str(rule["kind"]),
                needed=rule.get("needed") == "yes",
                ask=rule.get("ask"),
            )
        )
    return tuple(rules)
