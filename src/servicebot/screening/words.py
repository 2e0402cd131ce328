"""The words by which private numbers and ways out of the bank are known."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Final

import yaml

_Tree = dict[str, "_Tree"]
_FILES: Final = ("words.yaml", "ways_out.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """`words.yaml` and `ways_out.yaml`, read once.

    Attributes:
        lists: By name, the words of a list, folded.
        tables: By name, what words stand for.
        signs: By name, signs of one kind, one behind the other.
    """

    lists: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, Mapping[str, str]]
    signs: Mapping[str, str]

    def any_of(self, *names: str) -> str:
        """A pattern of every word of some lists or tables, the longest first; blanks may be any."""
        found = {word for name in names for word in self.lists.get(name) or self.tables[name]}
        return alternatives(found)

    def split(self, name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The Latin words of a list, and the others."""
        latin = tuple(word for word in self.lists[name] if word.isascii())
        return latin, tuple(word for word in self.lists[name] if not word.isascii())


def alternatives(words: Collection[str], *, parted: bool = False) -> str:
    """A pattern of words, the longest first; Latin words are whole words, and no other is read.

    The words are laid out as a tree, so that what they begin with in common is looked at once.

    Args:
        words: Folded.
        parted: Whether a blank or a dot may stand between the characters of a Chinese word.
    """
    latin: _Tree = {}
    other: _Tree = {}
    for word in sorted(words):
        tree = latin if _is_latin(word[0]) else other
        for sign in _signs(word, parted=parted):
            tree = tree.setdefault(sign, {})
        tree[r"(?![a-z])" if _is_latin(word[-1]) else ""] = {}
    first = "".join(sorted({word[0] for word in words}))  # one look rules most places out
    branches = ([rf"(?<![a-z]){_laid_out(latin)}"] if latin else []) + (
        [_laid_out(other)] if other else []
    )
    return f"(?=[{re.escape(first)}])(?>{'|'.join(branches)})"


def _signs(word: str, *, parted: bool) -> Iterable[str]:
    """The pattern of each sign of a word."""
    may_part = parted and len(word) > 1 and not word.isascii()
    for place, sign in enumerate(word):
        gap = r"[\s·.\-]?" if may_part and place else ""
        yield gap + (r"\s?" if sign == " " else re.escape(sign))


def _laid_out(tree: _Tree) -> str:
    """The pattern of a tree: what goes on before what ends."""
    goes_on = [sign + _laid_out(more) for sign, more in tree.items() if more]
    branches = goes_on + [end for end, more in tree.items() if not more]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


@lru_cache(maxsize=1)
def load_words() -> Words:
    """The words beside the code."""
    folder = files("servicebot.screening")
    values: dict[str, object] = {}
    for name in _FILES:
        text = folder.joinpath(name).read_text(encoding="utf-8")
        values |= yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506  reads text, builds nothing
    return Words(
        lists={name: tuple(words) for name, words in values.items() if isinstance(words, list)},
        tables={name: one for name, one in values.items() if isinstance(one, dict)},
        signs={name: one for name, one in values.items() if isinstance(one, str)},
    )
