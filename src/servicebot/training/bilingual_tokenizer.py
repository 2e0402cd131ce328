"""The teacher's tokenizer without what nobody types, and with one token for each Chinese character."""

import json
from pathlib import Path
from typing import Any, Final

from tokenizers import Tokenizer

_SPECIAL: Final = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
# GB 2312: the 6,763 characters of everyday Chinese, by their code bytes.
_FIRST_ROW: Final = 0xB0
_LAST_ROW: Final = 0xF7
_CELLS: Final = range(0xA1, 0xFF)


def build_tokenizer(folder: Path) -> tuple[Tokenizer, tuple[int, ...]]:
    """Makes the tokenizer.

    Args:
        folder: Of a BERT with word pieces.

    Returns:
        The tokenizer, and the old number of each token it keeps: those come first, in their order.
    """
    document = json.loads((folder / "tokenizer.json").read_text("utf-8"))
    old = document["model"]["vocab"]
    kept = [token for token, _ in sorted(old.items(), key=lambda item: item[1]) if _typed(token)]
    numbers = {token: place for place, token in enumerate((*kept, *everyday_characters()))}
    _renumber(document, numbers)
    return Tokenizer.from_str(json.dumps(document)), tuple(old[token] for token in kept)


def everyday_characters() -> tuple[str, ...]:
    """The Chinese characters that get a token, the 3,755 commonest first."""
    codes = (bytes((row, cell)) for row in range(_FIRST_ROW, _LAST_ROW + 1) for cell in _CELLS)
    return tuple("".join(code.decode("gb2312", "ignore") for code in codes))


def _typed(token: str) -> bool:
    return token in _SPECIAL or (token.isascii() and not token.startswith("[unused"))


def _renumber(document: dict[str, Any], numbers: dict[str, int]) -> None:
    document["model"]["vocab"] = numbers
    document["truncation"] = document["padding"] = None
    for token in document["added_tokens"]:
        token["id"] = numbers[token["content"]]
    frame: dict[str, Any] = document["post_processor"]
    for token in frame.get("special_tokens", {}).values():
        token["ids"] = [numbers[name] for name in token["tokens"]]
    for end in ("sep", "cls"):
        if end in frame:
            frame[end] = [frame[end][0], numbers[frame[end][0]]]
