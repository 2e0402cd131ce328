"""What the load generator asks: the content's own held-out questions, in both languages."""

import random
from collections.abc import Iterator
from itertools import count
from typing import Final

from servicebot.content.content import Content

# Customers end the same question in many ways, and each is another text to the model's cache.
_ENDS: Final = ("", "?", "!", ".", "~", "?!", "!!", "...", "??", ".!", "~~", "!?")


def distinct_questions(content: Content, seed: int = 0) -> Iterator[str]:
    """Questions without end, shuffled by the seed; none comes twice.

    They are written by people and nothing has learnt from them. When all have been asked they are
    asked again with another mark at the end, later with several.

    Raises:
        ValueError: The content holds no question put aside.
    """
    lines = _lines(content)
    if not lines:
        raise ValueError("The content has no `held_out` lines to ask.")
    dice = random.Random(seed)  # noqa: S311  an order, not a secret
    for round_ in count():
        end = _ENDS[round_ % len(_ENDS)] * (round_ // len(_ENDS) + 1)
        dice.shuffle(lines)
        for line in lines:
            yield line + end


def _lines(content: Content) -> list[str]:
    of_articles = [line for one in content.articles.values() for line in one.held_out]
    of_intents = [line for one in content.intents.values() for line in one.held_out]
    found = {line.rstrip(" 。?？!！.~～…") for line in of_articles + of_intents}
    return sorted(line for line in found if line)
