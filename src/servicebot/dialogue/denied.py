"""A rule: what the customer says they do not want is never done or answered; what follows is."""

from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import topics_of, usable
from servicebot.dialogue.answer_topic import answer_topic, offer, offerable
from servicebot.dialogue.answers_task import answers
from servicebot.dialogue.continue_task import drop
from servicebot.dialogue.decision import Decision
from servicebot.dialogue.remind import aside
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Task
from servicebot.domain.heard import Denied, Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.understanding import RankedTopic, Topic, Understanding

_LIKELY: Final = 0.1


def denied(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A rule: leaves what is denied alone and answers what is meant, or asks for it."""
    found = heard.denied
    task = turn.conversation.task
    if found is None or (task is not None and _gives_value(task, heard)):
        return None
    asks = found.meant is not None and Mark.QUESTION in found.meant.marks
    unwanted = found.unwanted | (_begun_alike(found.unwanted, turn, content) if asks else set())
    held, dropped = turn, task is not None and task.intent in unwanted
    if dropped:
        task = None
        turn = replace(turn, conversation=replace(turn.conversation, task=None))
    meant = _meant(found, unwanted, turn, content)
    if task is not None and meant is not None and meant.id == task.intent:
        return None
    if meant is not None and found.meant is not None:
        as_said = Heard(whole=found.meant, yes_no=YesNo.NONE, rest=found.meant)
        return answer_topic("denied", meant, replace(turn, heard=as_said), content)
    if dropped:
        return drop("denied", held, content, "denied_task")
    return _ask_what(found, heard, unwanted, turn, content)


def _begun_alike(ids: frozenset[str], turn: TurnView, content: Content) -> frozenset[str]:
    """The intents that begin the same as these: who wants no freeze and asks wants none for a loss."""
    language = turn.conversation.language
    denied = (content.intents.get((one, language)) for one in ids)
    flows = {intent.flow for intent in denied if intent is not None and intent.flow is not None}
    return frozenset(intent.id for intent in content.intents.values() if intent.flow in flows)


def _gives_value(task: Task, heard: Heard) -> bool:
    """Whether the words answer the task with a value: 不是500,是600 is no denied wish."""
    return answers(task, heard) and (bool(heard.whole.slots) or Mark.THE_OTHER in heard.whole.marks)


def _meant(
    found: Denied, unwanted: frozenset[str], turn: TurnView, content: Content
) -> Topic | None:
    if found.meant is None:
        return None
    if found.wants_person:
        return next(iter(topics_of(Role.PERSON, content)), None)
    ranking = usable(found.meant, content, turn.conversation.language, turn.today)
    if not found.meant.is_likely or not ranking or ranking[0] != found.meant.best:
        return None
    return None if ranking[0].topic.id in unwanted else ranking[0].topic


def _ask_what(
    found: Denied, heard: Heard, unwanted: frozenset[str], turn: TurnView, content: Content
) -> Decision:
    words = found.meant or heard.whole
    likely = _others(words, unwanted, turn, content)
    if turn.conversation.task is not None or not likely:
        conversation = replace(turn.conversation, offered=())
        return aside("denied", conversation, Say(reply="denied_wish"))
    return offer("denied", "denied_wish", turn, likely, content)


def _others(
    words: Understanding, unwanted: frozenset[str], turn: TurnView, content: Content
) -> tuple[RankedTopic, ...]:
    """What else the words may be about; likely enough beside all that is not unwanted."""
    ranking = offerable(usable(words, content, turn.conversation.language, turn.today), content)
    others = [ranked for ranked in ranking if ranked.topic.id not in unwanted]
    first = bool(words.ranking) and words.ranking[0].topic.id in unwanted
    total = sum(ranked.probability for ranked in others) if first else 1.0
    return tuple(ranked for ranked in others if ranked.probability >= _LIKELY * total)
