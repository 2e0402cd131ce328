"""Traditional characters -> simplified ones, one by one, so that no position moves."""

from functools import lru_cache
from typing import Final

import opencc

_HAN_BLOCKS: Final = range(0x3400, 0xA000)


@lru_cache(maxsize=1)
def simplified_characters() -> dict[int, str]:
    """One traditional character -> its simplified form, from OpenCC's table, chains closed.

    Character by character, because a phrase-wise conversion may change what it already changed.
    """
    characters = [chr(code) for code in _HAN_BLOCKS]
    simplified = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {old: new for old, new in zip(characters, simplified, strict=True) if old != new}
    return {ord(old): table.get(new, new) for old, new in table.items()}
