"""Answers a topic: an article, a named reply, a task or a person; or asks which one is meant."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, Role
from servicebot.content.topics import is_offered, label_of, line_of, plays
from servicebot.dialogue.continue_task import start
from servicebot.dialogue.decision import Decision, hand_over
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.own_product import meant_product
from servicebot.dialogue.remind import aside
from servicebot.dialogue.repayment.read_amount import tells_the_past
from servicebot.dialogue.repays import repays
from servicebot.dialogue.say import Say, SayAgain, SayArticle, Saying, Title
from servicebot.dialogue.unfreeze import nothing_frozen
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Choice, Conversation, Offered
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import (
    RankedTopic,
    SlotKind,
    Topic,
    TopicKind,
)

_MOST_CHOICES: Final = 3
_MOST_MISSES: Final = 2


def answer_topic(rule: str, topic: Topic, turn: TurnView, content: Content) -> Decision:
    """What a topic leads to; in the middle of a task its question is asked again afterwards."""
    conversation = replace(_remembering(topic, turn, content), misses=0, offered=())
    turn = replace(turn, conversation=conversation)
    rule = f"{rule}:{topic.id}"
    if topic.kind is TopicKind.ARTICLE:
        return _answer_article(rule, topic, turn, content)
    return _answer_intent(rule, content.intents[topic.id, conversation.language], turn, content)


def _answer_intent(rule: str, intent: Intent, turn: TurnView, content: Content) -> Decision:
    """What an intent leads to."""
    conversation = turn.conversation
    if intent.escalates is Reason.CARD_UNFREEZE and nothing_frozen(turn):
        return aside(rule, conversation, Say(reply="card_not_frozen"))
    if intent.escalates is not None:
        return hand_over(rule, conversation, intent.escalates, notice_of(intent.escalates))
    if intent.flow is not None:
        return start(intent, turn, content)
    named = _named_reply(intent, turn)
    if isinstance(named, SayAgain):  # the task's question is among what is said again
        return Decision(rule=rule, conversation=conversation, says=(named,))
    return aside(rule, conversation, named)


def offerable(ranking: Sequence[RankedTopic], content: Content) -> tuple[RankedTopic, ...]:
    """What may be named as a choice: business, not small talk; a person is offered beside it."""
    return tuple(
        ranked
        for ranked in ranking
        if is_offered(ranked.topic, content) and not plays(ranked.topic, Role.PERSON, content)
    )


def ask_back(turn: TurnView, ranking: tuple[RankedTopic, ...], content: Content) -> Decision:
    """Names the two or three likeliest topics and lets the customer pick."""
    return offer("ask_back", "ask_back", turn, ranking, content)


def offer(
    rule: str, reply: str, turn: TurnView, ranking: Sequence[RankedTopic], content: Content
) -> Decision:
    """Says a reply with the likeliest topics under it, at most three, to pick from."""
    named = [ranked.topic for ranked in offerable(ranking, content)[:_MOST_CHOICES]]
    language = turn.conversation.language
    offered = tuple(Choice(id=t.id, label=label_of(t, content, language)) for t in named)
    past = turn.heard is None or tells_the_past(turn.heard)
    slots = turn.heard.whole.slots if turn.heard is not None and not past else ()
    conversation = replace(turn.conversation, offered=offered, offered_slots=slots, misses=0)
    repayment = next((topic for topic in named if repays(topic, content)), None)
    if repayment is not None:
        seen = Offered(intent=repayment.id, turn=conversation.turns)
        conversation = replace(conversation, repayment_offered=seen)
    titles = tuple(Title(topic.id) for topic in named)
    says = (Say(reply=reply, choices=titles),)
    return Decision(rule=rule, conversation=conversation, says=says)


def miss(turn: TurnView) -> Decision:
    """Not understood: says so and offers a person; the second time in a row a person comes."""
    misses = turn.conversation.misses + 1
    if misses >= _MOST_MISSES:
        reason = Reason.NOT_UNDERSTOOD
        return hand_over("missed", turn.conversation, reason, notice_of(reason))
    conversation = replace(turn.conversation, misses=misses, offered=())
    return aside("missed", conversation, Say(reply="not_understood"))


def _answer_article(rule: str, topic: Topic, turn: TurnView, content: Content) -> Decision:
    """The article, or its twin about the customer's own product, or the question which is meant."""
    language = turn.conversation.language
    meant = meant_product(content.articles[topic.id, language], turn, content)
    busy = turn.conversation.task is not None and meant.answer is not None
    shown = () if busy else meant.others[:_MOST_CHOICES]
    others = tuple(Choice(id=one.id, label=one.title) for one in shown)
    titles = tuple(Title(choice.id) for choice in others)
    conversation = replace(meant.conversation, offered=others)
    if meant.answer is None:
        asked = Say(reply="ask_which_product", choices=titles)
        return Decision(rule=f"{rule}?", conversation=conversation, says=(asked,))
    answered = Topic(kind=TopicKind.ARTICLE, id=meant.answer.id)
    conversation = replace(conversation, last_topic=answered, last_product=meant.answer.line)
    says: list[Saying] = [SayArticle(article_id=answered.id, names_line=meant.names_line)]
    if meant.answer.hand_over:
        says.append(Say(reply="offer_person"))
    if titles:
        says.append(Say(reply="other_products", choices=titles))
    rule = rule if answered.id == topic.id else f"{rule}>{answered.id}"
    return aside(rule, conversation, *says)


def _named_reply(intent: Intent, turn: TurnView) -> Saying:
    if intent.role is Role.REPEAT and turn.conversation.last_said:
        return SayAgain()
    if turn.conversation.task is None and intent.alone_reply is not None:
        return Say(reply=intent.alone_reply)
    return Say(reply=intent.id.replace(".", "_"))


def _remembering(topic: Topic, turn: TurnView, content: Content) -> Conversation:
    """What the next message may lean on; small talk in between makes nobody forget it."""
    if not is_offered(topic, content):
        return turn.conversation
    slot = turn.heard.slot(SlotKind.PRODUCT) if turn.heard is not None else None
    line = line_of(topic)
    named = str(slot.value) if slot is not None else ""
    if line in content.product_lines:  # whose product is meant is decided with the article
        return replace(turn.conversation, last_topic=topic)
    return replace(turn.conversation, last_topic=topic, last_product=named)
