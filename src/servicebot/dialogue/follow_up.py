"""A rule: words that lean on the turn before: 那利息呢, 那车贷呢, the other one?"""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.topics import usable
from servicebot.dialogue.answer_topic import answer_topic
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.view import TurnView
from servicebot.domain.heard import Heard, YesNo


def follow_up(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A rule: answers the words as they are meant after the turn before."""
    leaning = heard.leaning
    if leaning is None or turn.conversation.task is not None:
        return None
    words = leaning.words
    ranking = usable(words, content, turn.conversation.language, turn.today)
    if not words.is_likely or not ranking or ranking[0] != words.best:
        return None
    as_meant = replace(turn, heard=Heard(whole=words, yes_no=YesNo.NONE, rest=words))
    rule = "corrected" if leaning.corrects else "follow_up"
    return answer_topic(rule, ranking[0].topic, as_meant, content)
