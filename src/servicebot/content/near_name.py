"""The right name that is nearest to a wrong one."""

from collections import Counter
from collections.abc import Collection
from difflib import SequenceMatcher, get_close_matches
from functools import partial
from itertools import pairwise
from typing import Final

_LEAST: Final = 0.6
_MANY: Final = 60


def nearest(name: str, known: Collection[str]) -> str:
    """The known name most like `name`, or an empty text where none is like it.

    A name that is right but for its last part (`weilidai/early-repay`) or its folder counts too.
    """
    folded = {one.casefold().replace("-", "_"): one for one in sorted(known, reverse=True)}
    wanted = name.strip().casefold().replace("-", "_").replace(" ", "_")
    found = get_close_matches(wanted, folded, n=1, cutoff=_LEAST)
    if found:
        return folded[found[0]]
    last = wanted.replace(".", "/").rpartition("/")[2]
    ends = {one.replace(".", "/").rpartition("/")[2]: whole for one, whole in folded.items()}
    found = get_close_matches(last, ends, n=1, cutoff=_LEAST) if last else []
    return ends[found[0]] if found else ""


def nearest_phrase(phrase: str, known: Collection[str]) -> str:
    """The known phrase most like `phrase`, of very many; an empty text where none is like it.

    Only those that share most pairs of characters with it are compared in full.
    """
    pairs = frozenset(pairwise(phrase))
    shared = Counter({one: len(pairs & frozenset(pairwise(one))) for one in sorted(known)})
    likely = [one for one, count in shared.most_common(_MANY) if count]
    alike = partial(_alike, phrase)
    best = max(likely, key=alike, default="")
    return best if best and alike(best) >= _LEAST else ""


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
