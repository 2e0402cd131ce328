"""A rule: words that lean on the last task or lookup: did it work, why, again, how long, solved."""

from typing import Final

from servicebot.content.content import Content
from servicebot.content.topics import is_offered
from servicebot.dialogue.continue_task import begin_again, start
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.escalation import escalates
from servicebot.dialogue.on_rating import rated_by_words
from servicebot.dialogue.say import Say, Title, Value
from servicebot.dialogue.view import TurnView
from servicebot.domain.acts import Act
from servicebot.domain.conversation import Told
from servicebot.domain.heard import Heard
from servicebot.domain.understanding import TAUGHT, Band

# For so many turns after the end of a task its outcome is what the words are about.
_SOON: Final = 2
_LATER: Final = 10
_NEAR: Final = 3
_FAINT: Final = 0.1
_LOOKS_AGAIN: Final = frozenset({Act.AGAIN, Act.OUTCOME, Act.ANOTHER})
_ALWAYS: Final = frozenset({Act.SOLVED, Act.UNSOLVED})


def afterwards(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Answers what the words ask about the end of the last task.

    The reply `after_<end>_<act>` is said where the content has it; else a lookup is made again.
    """
    conversation, act = turn.conversation, heard.act
    if conversation.task is not None or act is None or _is_complete(heard, content):
        return None
    if act in _ALWAYS:
        rated = rated_by_words(turn, content, solved=act is Act.SOLVED)
        return rated or say(f"after:{act}", conversation, Say(reply=f"after_{act}"))
    return _after_all(turn, heard, content) or _about_the_end(act, turn, content)


def _about_the_end(act: Act, turn: TurnView, content: Content) -> Decision | None:
    """What is to be said about how the last task ended, if it did just now."""
    conversation = turn.conversation
    told = conversation.told
    if told is None or conversation.turns - told.turn > (_LATER if act is Act.OUTCOME else _SOON):
        return None
    reply = f"after_{told.reply}_{act}"
    if (reply, conversation.language) in content.replies:
        fields: dict[str, Value] = {"task": Title(told.intent)}
        return say(f"after:{act}", conversation, Say(reply=reply, fields=fields))
    return _look_again(told, act, turn, content)


def _after_all(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """What the customer has just given up, wanted after all, or once more not.

    A bare yes only takes note of what was said; one that speaks of the matter wants it.
    """
    given_up = turn.conversation.given_up
    if given_up is None:
        return None
    if heard.act in {Act.RESUME, Act.AGAIN} or (
        heard.act is Act.AGREE and _speaks_of(given_up.intent, heard, content)
    ):
        return begin_again(given_up, turn, content)
    return given_up_already(turn) if heard.act in {Act.REFUSE, Act.POSTPONE} else None


def given_up_already(turn: TurnView) -> Decision | None:
    """Says that what was just given up was not done, and how to do it after all."""
    given_up = turn.conversation.given_up
    if given_up is None:
        return None
    fields: dict[str, Value] = {"task": Title(given_up.intent)}
    return say("given_up", turn.conversation, Say(reply="given_up_already", fields=fields))


def _speaks_of(intent: str, heard: Heard, content: Content) -> bool:
    """Whether the words are hardly a bare yes, and may be about what the intent begins: 那冻吧."""
    if heard.rest is None:
        return False
    flows = {one.flow for one in content.intents.values() if one.id == intent}
    alike = {one.id for one in content.intents.values() if one.flow in flows and one.flow}
    near = (*heard.whole.ranking[:_NEAR], *heard.rest.ranking[:_NEAR])
    return any(r.topic.id in alike | {intent} and r.probability >= _FAINT for r in near)


def _is_complete(heard: Heard, content: Content) -> bool:
    """Whether the words take something back, or are surely about a matter of their own."""
    best = heard.whole.best
    if heard.leaning is not None and (heard.leaning.corrects or heard.act in _ALWAYS):
        return True
    if best is not None and best.probability >= TAUGHT and is_offered(best.topic, content):
        return True
    if best is None or heard.whole.band is not Band.ANSWER or heard.act not in _ALWAYS:
        return False
    business = is_offered(best.topic, content) and not escalates(best.topic, content)
    return business or best.probability >= TAUGHT


def _look_again(told: Told, act: Act, turn: TurnView, content: Content) -> Decision | None:
    intent = content.intents.get((told.intent, turn.conversation.language))
    if intent is None or intent.flow is None or act not in _LOOKS_AGAIN:
        return None
    if act is not Act.AGAIN and intent.lookup is None:
        return None
    return start(intent, turn, content)
