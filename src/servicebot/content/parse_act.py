"""YAML -> ActPhrases."""

from typing import Final

from servicebot.content.act_file import ActPhrases
from servicebot.content.fields import Fields
from servicebot.content.near_name import nearest
from servicebot.content.place import Place
from servicebot.content.read_text import SourceText, parse_yaml
from servicebot.domain.acts import Act
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
            _note_unknown(fields, other.topic_id, Place(key="not_this", words=other.phrase))
    fields.nothing_else(_KNOWN)
    fields.refuse_faults()
    return phrases


def _act(name: str, fields: Fields) -> Act | None:
    if name in set(Act):
        return Act(name)
    if name not in {"", NO_ACT}:
        _note_unknown(fields, name, Place(key="act"))
    return None


def _note_unknown(fields: Fields, name: str, place: Place) -> None:
    known = (NO_ACT, *Act)
    args = {"name": name, "known": ", ".join(known), "near": nearest(name, known)}
    fields.note("unknown-act", place, **args)
