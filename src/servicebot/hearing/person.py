"""Whether the customer wants a person. Must hit on the first try, in every state."""

from typing import Final

from servicebot.domain.acts import Act
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import Understanding
from servicebot.hearing.act import chance_of
from servicebot.understanding.lexicon import Lexicon

_MOST_CHARACTERS: Final = 60
# Measured with `servicebot evaluate acts`.
_LIKELY: Final = 0.45


def wants_person(words: Understanding, lexicon: Lexicon) -> bool:
    """Whether the words ask for a person, typed well or badly.

    Long texts are left to the ranking: somebody may tell a story in which a person occurs.
    """
    if len(words.text) > _MOST_CHARACTERS:
        return False
    return names_person(words.text, lexicon) or chance_of(Act.PERSON, words) >= _LIKELY


def names_person(text: str, lexicon: Lexicon) -> bool:
    """Whether the words surely ask for a person; blanks within them do not matter."""
    forms = (text, squeeze(text))
    if any(lexicon.has(Mark.NOT_PERSON, form) for form in forms):
        return False
    return any(
        lexicon.has(Mark.PERSON, form) or lexicon.is_all(Mark.PERSON_ALONE, form) for form in forms
    )
