"""Brings a message into the one spelling that everything else works on."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Final

from servicebot.content.content import Content, Synonym
from servicebot.domain.understanding import Language
from servicebot.screening.simplified import simplified_characters
from servicebot.understanding.slots.products import NamedProducts, compile_products

MAX_CHARACTERS: Final = 2000

_SLICE: Final = 200
_JOINERS: Final = frozenset("\u200b\u200c\u200d\u2060\ufeff\u00ad\ufe0e\ufe0f\u20e3")
_DROPPED_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})
_PUNCTUATION: Final = str.maketrans(
    {
        "。": ".",
        "、": ",",
        "“": '"',
        "”": '"',
        "‘": "'",
        "’": "'",
        "「": '"',
        "」": '"',
        "『": '"',
        "』": '"',
        "【": "[",
        "】": "]",
        "《": "<",
        "》": ">",
        "…": ".",
        "—": "-",
        "–": "-",
        "−": "-",
        "~": "-",
    },
)
_END_MARKS: Final = " .,!?;:-"
_SPACES: Final = re.compile(r"\s+")
_REPEATED_MARK: Final = re.compile(r"([^\w\s*#])\1+")
_REPEATED_LETTER: Final = re.compile(r"([^\W\d_])\1{2,}")


def normalize(text: str, *, keep_signs: bool = False) -> str:
    """Folds width, case, script and repetition; synonyms are a step of their own.

    The text is cut to 2,000 characters first. Doing it twice changes nothing.

    Args:
        text: As it was typed.
        keep_signs: Whether emoji stay, for a table of synonyms to read.
    """
    spoken = _spoken_or_sign if keep_signs else _spoken
    folded = _fold_width(_only(spoken, text[:MAX_CHARACTERS])).lower()
    folded = unicodedata.normalize("NFKC", _only(spoken, folded))[:MAX_CHARACTERS]
    plain = folded.translate(simplified_characters()).translate(_PUNCTUATION)
    plain = _SPACES.sub(" ", plain).strip()
    plain = _REPEATED_MARK.sub(r"\1", plain)
    return _REPEATED_LETTER.sub(r"\1\1", plain)


def without_end_marks(text: str) -> str:
    """A normalized text without the punctuation at its end; nothing but punctuation stays."""
    return text.rstrip(_END_MARKS) or text


@dataclass(frozen=True, slots=True, kw_only=True)
class SynonymTable:
    """Replaces variants by their terms, the longest first, in one pass; 👌 may be a variant too.

    Attributes:
        pattern: Matches every variant and, so that they are left alone, every term.
        terms: From what is found to what is written.
    """

    pattern: re.Pattern[str] | None
    terms: dict[str, str]

    def replace(self, text: str) -> str:
        """Writes the term wherever a variant stands in the normalized `text`; drops other emoji."""
        if self.pattern is not None:
            text = self.pattern.sub(lambda found: self.terms[found.group()], text)
        return _SPACES.sub(" ", _only(_spoken, text)).strip()


def build_synonym_table(synonyms: Sequence[Synonym]) -> SynonymTable:
    """Compiles the content's synonyms; the first line that names a variant wins."""
    terms: dict[str, str] = {}
    for synonym in synonyms:
        term = normalize(synonym.term)
        for written in (term, *synonym.variants):
            if variant := normalize(written, keep_signs=True):
                terms.setdefault(variant, term)
    if not terms:
        return SynonymTable(pattern=None, terms={})
    longest_first = sorted(terms, key=lambda variant: (-len(variant), variant))
    pattern = re.compile("|".join(_runs(longest_first)))
    return SynonymTable(pattern=pattern, terms=terms)


def build_synonym_tables(synonyms: Sequence[Synonym]) -> Mapping[Language, SynonymTable]:
    """One table per language: a Chinese term must not turn an English question Chinese."""
    return {
        language: build_synonym_table([one for one in synonyms if one.language is language])
        for language in Language
    }


def build_product_names(content: Content) -> NamedProducts:
    """Compiles the content's names of products, normalized as texts are."""
    return compile_products(
        (found.id, tuple(normalize(name) for name in found.names))
        for found in content.product_names.values()
    )


def _runs(variants: Iterable[str]) -> Iterator[str]:
    """Latin variants match whole words only; Chinese has no word borders to look for.

    What stands in front of Latin words is looked at once for all neighbours, not for each.
    """
    for is_latin, run in groupby(variants, key=lambda variant: _is_latin(variant[0])):
        body = "|".join(map(_with_end, run))
        yield f"(?<![a-z0-9])(?:{body})" if is_latin else body


def _with_end(variant: str) -> str:
    return re.escape(variant) + (r"(?![a-z0-9])" if _is_latin(variant[-1]) else "")


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()


def _fold_width(text: str) -> str:
    """NFKC slice by slice, until there is enough: one sign may become eighteen."""
    folded = ""
    for start in range(0, len(text), _SLICE):
        folded += unicodedata.normalize("NFKC", text[start : start + _SLICE])
        if len(folded) >= MAX_CHARACTERS:
            break
    return folded[:MAX_CHARACTERS]


def _only(spoken: Callable[[str], str], text: str) -> str:
    """Each character as it is spoken."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(spoken, text))


@lru_cache(maxsize=16_384)
def _spoken_or_sign(character: str) -> str:
    return character if unicodedata.category(character) == "So" else _spoken(character)


@lru_cache(maxsize=16_384)
def _spoken(character: str) -> str:
    """Nothing of what nobody says aloud: emoji, controls, joiners, unassigned code points."""
    if character in _JOINERS:
        return ""
    if character.isspace():
        return " "
    # ASCII marks such as ^ and ` are in Sk as well, but people type them on purpose.
    if character.isascii() and character.isprintable():
        return character
    dropped = unicodedata.category(character) in _DROPPED_CATEGORIES
    return "" if dropped and not _compatible_letter(character) else character


def _compatible_letter(character: str) -> bool:
    """Circled and squared letters are symbols too, but NFKC makes plain letters of them."""
    return unicodedata.normalize("NFKC", character)[:1].isalnum()
