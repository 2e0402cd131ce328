"""Several wishes in one message: which they are, and answering them one after the other."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import intent_of, usable
from servicebot.dialogue.answer_topic import answer_topic, offer, offerable
from servicebot.dialogue.decision import MOST_PAUSED, Decision, hand_over
from servicebot.dialogue.escalation import escalates
from servicebot.dialogue.remind import aside
from servicebot.dialogue.say import Saying
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Conversation, Task
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.understanding import SUREST, TAUGHT, Band, Topic, Understanding

MOST_WISHES: Final = 3
_BARE_CHARACTERS: Final = 6
_BARE_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class Wish:
    """One wish: its topic and the words it was said with."""

    topic: Topic
    words: Understanding


def several(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A rule: at least two wishes are answered in order; one for a person or in danger wins."""
    if heard.act is Act.AGAIN:
        return None  # 再来一次 一样的数 is about what was done before
    if heard.leaning is not None and (heard.leaning.corrects or _is_certain(heard.leaning.words)):
        return None  # 说错了 in front of a wish is no wish beside it, nor is 一样吗 behind 那车贷呢
    found = _sure(turn, heard, content)
    urgent = next((w for w in found if escalates(w.topic, content) and not _is_bare(w)), None)
    if urgent is not None and _explained(heard, found) and not _about_another(heard, content):
        return answer_topic("urgent", urgent.topic, _heard_as(urgent, turn), content)
    wishes = _listed(found, turn, heard)
    if len(wishes) > 1:
        return _one_by_one(wishes, turn, content)
    task = turn.conversation.task
    at_it = task is not None and [wish.topic.id for wish in found] == [task.intent]
    return _one_of(found[0], heard, turn, content) if len(found) == 1 and not at_it else None


def _one_of(wish: Wish, heard: Heard, turn: TurnView, content: Content) -> Decision | None:
    """The one clause that is clear, beside greetings or a question that is only half clear."""
    if _only_talk_beside(heard, content):
        return answer_topic("topic", wish.topic, _heard_as(wish, turn), content)
    unsure = _asked_beside(heard)
    return _answer_and_ask(wish, unsure, turn, content) if unsure is not None else None


def _asked_beside(heard: Heard) -> Understanding | None:
    """A further question that is only half understood, where the whole is not clear."""
    if heard.whole.is_likely:
        return None
    asked = (p for p in heard.parts if p.band is Band.ASK_BACK and Mark.QUESTION in p.marks)
    return next(asked, None)


def _answer_and_ask(
    wish: Wish, unsure: Understanding, turn: TurnView, content: Content
) -> Decision | None:
    """Answers the question that is clear and names the topics the other may be about."""
    answered = answer_topic("wish", wish.topic, _heard_as(wish, turn), content)
    state = answered.conversation
    if answered.escalate is not None or (state.task is not None and state.task.asked is not None):
        return answered
    ranking = usable(unsure, content, state.language, turn.today)
    asked = offer(
        answered.rule, "ask_back_also", replace(turn, conversation=state), ranking, content
    )
    return replace(asked, says=(*answered.says, *asked.says))


def _explained(heard: Heard, found: Sequence[Wish]) -> bool:
    """Whether the whole message is no surely understood matter besides those of its clauses."""
    best = heard.whole.best
    if best is None or not heard.whole.is_likely:
        return True
    return best.topic in [wish.topic for wish in found]


def _is_bare(wish: Wish) -> bool:
    """Whether a clause is too short to call for a person by itself, unless it is taught: 打开了."""
    text = wish.words.text
    short = len(text.split()) < _BARE_WORDS if text.isascii() else len(squeeze(text)) < _BARE_WORDS
    return short and not _is_certain(wish.words)


def _is_certain(words: Understanding) -> bool:
    return words.best is not None and words.best.probability >= TAUGHT


def _about_another(heard: Heard, content: Content) -> bool:
    """Whether the message as a whole is surely about something that calls for nobody."""
    best = heard.whole.best
    return (
        best is not None and heard.whole.band is Band.ANSWER and not escalates(best.topic, content)
    )


def _only_talk_beside(heard: Heard, content: Content) -> bool:
    """Whether one clause is business, the others are greetings, and the whole is not clear."""
    if heard.whole.is_likely:
        return False
    sure = [p.best for p in heard.parts if p.is_likely and p.best is not None]
    talk = [best for best in sure if _is_talk(best.topic, content)]
    return len(sure) == len(heard.parts) and len(talk) == len(sure) - 1


def _is_talk(topic: Topic, content: Content) -> bool:
    intent = intent_of(topic, content)
    return intent is not None and not intent.offered and not intent.about_task


def _sure(turn: TurnView, heard: Heard, content: Content) -> tuple[Wish, ...]:
    """The clauses that are surely understood as business, the first of each topic."""
    found: dict[str, Wish] = {}
    for words in heard.parts:
        ranking = usable(words, content, turn.conversation.language, turn.today)
        if not words.is_likely or not ranking or ranking[0] != words.best:
            continue
        topic = ranking[0].topic
        if offerable(ranking[:1], content) or escalates(topic, content):
            found.setdefault(topic.id, Wish(topic, words))
    return tuple(found.values())


def _listed(found: Sequence[Wish], turn: TurnView, heard: Heard) -> tuple[Wish, ...]:
    """The wishes to take the clauses for; none where the whole is one wish with its story."""
    best = heard.whole.best
    task = turn.conversation.task
    if best is not None and best.probability >= SUREST:
        return ()
    if any(Mark.CONTRAST in words.marks for words in heard.parts[1:]):
        return ()
    if not _explained(heard, found):
        return ()
    asking = [wish for wish in found if _asks(wish.words)]
    if not asking and heard.whole.is_likely:
        return ()
    kept = [w for w in asking or found if task is None or w.topic.id != task.intent]
    return tuple(kept[:MOST_WISHES])


def _asks(words: Understanding) -> bool:
    """Whether a clause wants something, rather than telling what happened."""
    return _is_brief(words) or not words.marks.isdisjoint({Mark.QUESTION, Mark.REQUEST})


def _is_brief(words: Understanding) -> bool:
    """A thing that is only named: 余额, 明细也要; 余额没了 tells something."""
    if words.text.isascii():
        return len(words.text.split()) <= _BARE_WORDS
    return len(squeeze(words.text)) <= _BARE_CHARACTERS and Mark.TELLS not in words.marks


def _one_by_one(wishes: Sequence[Wish], turn: TurnView, content: Content) -> Decision:
    """Answers first, then the question of the first task; a second task waits behind it."""
    rule = f"wishes:{'+'.join(wish.topic.id for wish in wishes)}"
    before = turn.conversation
    free = replace(before, task=None, paused=())
    says: tuple[Saying, ...] = ()
    begun: list[tuple[Task, tuple[Saying, ...]]] = []
    for place, wish in enumerate(wishes):
        view = replace(
            _heard_as(wish, turn), conversation=free, message_id=f"{turn.message_id}+{place}"
        )
        decision = answer_topic("wish", wish.topic, view, content)
        free = replace(decision.conversation, task=None, paused=())
        if decision.escalate is not None:
            kept = replace(free, task=decision.conversation.task or before.task)
            return hand_over(rule, kept, decision.escalate, *says, *decision.says)
        if decision.conversation.task is None:
            says += decision.says
        else:
            begun.append((decision.conversation.task, decision.says))
    if not begun:
        after = replace(free, task=before.task, paused=before.paused)
        return aside(rule, after, *says)
    (task, question), *later = begun
    conversation = replace(free, task=task, paused=_waiting([t for t, _ in later], task, before))
    return Decision(rule=rule, conversation=conversation, says=(*says, *question))


def _waiting(later: Sequence[Task], task: Task, before: Conversation) -> tuple[Task, ...]:
    """What is taken up when the task is done: the later wishes first, then what was in hand."""
    new = {task.flow, *(one.flow for one in later)}
    old = (*before.paused, *((before.task,) if before.task is not None else ()))
    kept = [one for one in old if one.flow not in new]
    return (*kept, *reversed(later))[-MOST_PAUSED:]


def _heard_as(wish: Wish, turn: TurnView) -> TurnView:
    heard = Heard(whole=wish.words, yes_no=YesNo.NONE, rest=wish.words)
    return replace(turn, heard=heard)
