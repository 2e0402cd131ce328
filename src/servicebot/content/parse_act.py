"""YAML -> ActPhrases."""

from typing import Final

from servicebot.content.act_file import ActPhrases
from servicebot.content.fields import Fields
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.acts import Act
from servicebot.domain.errors import ContentError
from servicebot.domain.understanding import Language

NO_ACT: Final = "none"
_AT_FREEZE, _AT_UNLINK = "held_out_at_freeze", "held_out_at_unlink"
_KNOWN = ("act", "means", "same_as", "examples", "not_this", "held_out", _AT_FREEZE, _AT_UNLINK)


def parse_act(source: SourceText, language: Language) -> ActPhrases:
    """Reads the phrases of one act.

    Raises:
        ContentError: Every fault of the file, with its line.
    """
    fields = Fields(source, parse_yaml(source, source.text))
    name = fields.text("act")
    phrases = ActPhrases(
        act=_act(name, fields),
        language=language,
        means=fields.text("means"),
        same_as=fields.phrases("same_as", needed=False),
        examples=fields.phrases("examples", needed=name != NO_ACT),
        not_this=fields.others("not_this"),
        held_out=fields.phrases("held_out", needed=False),
        held_out_at_freeze=fields.phrases(_AT_FREEZE, needed=False),
        held_out_at_unlink=fields.phrases(_AT_UNLINK, needed=False),
        path=source.path,
    )
    for other in phrases.not_this:
        if other.topic_id not in {NO_ACT, *Act}:
            message = f"There is no act `{other.topic_id}`. Known: none, {', '.join(Act)}."
            fields.note("unknown-act", message, near=other.phrase)
    fields.nothing_else(_KNOWN)
    if fields.faults:
        raise ContentError(tuple(fields.faults))
    return phrases


def _act(name: str, fields: Fields) -> Act | None:
    if name in set(Act):
        return Act(name)
    if name not in {"", NO_ACT}:
        message = f"There is no act `{name}`. Known: none, {', '.join(Act)}."
        fields.note("unknown-act", message, near="act:")
    return None
