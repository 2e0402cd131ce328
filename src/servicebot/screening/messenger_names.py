"""A pattern of the names of messengers, in whatever characters of the same sound."""

import re
from typing import Final

from servicebot.screening.words import Words, alternatives

_GAP: Final = r"[\s·.\-_/|*~+]?"
_SIGN: Final = r"[·.\-_/|*~+]\s?"


def messenger_names(words: Words, *more: str) -> str:
    """The names of `messengers`, those of `sounding_messengers` as they are misspelt, and more.

    Args:
        words: All words.
        more: Further lists.
    """
    listed = {word for name in ("messengers", *more) for word in words.lists[name]}
    listed |= {
        f"{word}{words.signs['id_word']}" for word in words.lists["messengers"] if word.isascii()
    }
    sounding = [name.split() for name in words.lists["sounding_messengers"]]
    misspelt = "|".join(_sounding(words, *name) for name in sounding)
    first = {word[0] for word in listed}.union(*(_first(words, name[0]) for name in sounding))
    named = alternatives(listed, parted=True)
    parted = "|".join(_SIGN.join(word) for word in words.lists["parted_messengers"])
    return (
        f"(?=[{re.escape(''.join(sorted(first)))}])"
        rf"(?:(?<![{words.signs['no_sounds']}])(?:{misspelt})|(?<![a-z])(?:{parted})(?![a-z])|{named})"
    )


def _first(words: Words, syllable: str) -> set[str]:
    return {*words.tables["syllables"][syllable], syllable[0]}


def _sounding(words: Words, first: str, last: str) -> str:
    """`薇 芯`, `薇xin`, `w芯`: two syllables, one Chinese at least, with nothing much between."""
    signs = words.tables["syllables"]
    front, back = f"[{signs[first]}]", f"[{signs[last]}]"
    latin_front, latin_back = f"(?:{first}|{first[0]})", f"(?:{last}|{last[0]})"
    return rf"{front}{_GAP}(?:{back}|{latin_back}(?![a-z]))|(?<![a-z]){latin_front}{_GAP}{back}"
