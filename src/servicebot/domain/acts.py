"""What a customer does with words, apart from the topic they name."""

from enum import StrEnum
from typing import Final


class Act(StrEnum):
    """The files of `intents/<language>/acts/`, by their name there."""

    AGREE = "agree"
    REFUSE = "refuse"
    POSTPONE = "postpone"
    WAIT = "wait"
    DOUBT = "doubt"
    ASK = "ask"
    CORRECT = "correct"
    OUTCOME = "outcome"
    WHY = "why"
    AGAIN = "again"
    HOW_LONG = "how_long"
    ANOTHER = "another"
    SOLVED = "solved"
    UNSOLVED = "unsolved"
    PERSON = "person"
    DISTRESS = "distress"
    THREAT = "threat"
    SCAMMED = "scammed"
    CARD_LOST = "card_lost"
    LINK_TROUBLE = "link_trouble"
    LEAVE = "leave"
    RESUME = "resume"


# What a message may do while the bot waits for an answer to its question.
AT_A_QUESTION: Final = frozenset(
    {Act.AGREE, Act.REFUSE, Act.POSTPONE, Act.WAIT, Act.DOUBT, Act.ASK, Act.CORRECT}
)
# What it may do after something was done or looked up.
AFTERWARDS: Final = frozenset(
    {
        *(Act.OUTCOME, Act.WHY, Act.AGAIN, Act.HOW_LONG, Act.ANOTHER),
        *(Act.SOLVED, Act.UNSOLVED, Act.RESUME),
    }
)
# What is heard in every state, against everything else that customers say.
ANY_TIME: Final = frozenset(
    {
        *(Act.PERSON, Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST),
        Act.LINK_TROUBLE,
    }
)
# Somebody may come to harm: one of those heard in every state.
DANGERS: Final = frozenset({Act.DISTRESS, Act.THREAT, Act.SCAMMED, Act.CARD_LOST})
