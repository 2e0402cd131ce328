"""What the load generator asks: the content's own held-out questions, in both languages."""

import random
from collections.abc import Iterator
from itertools import cycle, islice, pairwise, product
from typing import Final

from servicebot.content.content import Content

# Customers end the same question in many ways, and each is another text to the model's cache. What
# reads alike after normalizing ("??" as "?") is left out.
_MARKS: Final = "?!.~"
_ENDS: Final = tuple(
    "".join(marks)
    for length in range(5)
    for marks in product(_MARKS, repeat=length)
    if all(one != other for one, other in pairwise(marks))
)
TAUGHT: Final = (
    "微粒贷提前还款要手续费吗",
    "逾期一天会上征信吗",
    "多久能到账",
    "how do I repay my loan early",
    "额度为什么是0",
    "你好",
    "联合贷款是什么意思",
    "is there a fee for early repayment",
    "怎么修改绑定的银行卡",
    "理财赎回什么时候到账",
)


def distinct_questions(content: Content, seed: int = 0) -> Iterator[str]:
    """Questions without end, in an order of the seed; none comes twice.

    They are written by people and nothing has learnt from them. When all have been asked they are
    asked again with other marks at the end. Seed 0 begins with plain ones; another with marks that
    hardly any run before it had, so that a warm server has not heard them.

    Raises:
        ValueError: The content holds no question put aside.
    """
    lines = _lines(content)
    if not lines:
        raise ValueError("The content has no `held_out` lines to ask.")
    dice = random.Random(seed)  # noqa: S311  an order, not a secret
    first = dice.randrange(len(_ENDS)) if seed else 0
    for end in islice(cycle(_ENDS), first, None):
        dice.shuffle(lines)
        for line in lines:
            yield line + end


def _lines(content: Content) -> list[str]:
    of_articles = [line for one in content.articles.values() for line in one.held_out]
    of_intents = [line for one in content.intents.values() for line in one.held_out]
    found = {line.rstrip(" 。?？!！.~～…") for line in of_articles + of_intents}
    return sorted(line for line in found if line)
