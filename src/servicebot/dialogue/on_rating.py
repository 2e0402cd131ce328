"""What to do when the customer says that an answer solved what was asked, or did not."""

from dataclasses import replace

from servicebot.content.content import Content
from servicebot.content.topics import in_force, topic_of
from servicebot.dialogue.answer_topic import offer
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.say import Say
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import Rate
from servicebot.domain.rating import RatableAnswer, Rating
from servicebot.domain.understanding import RankedTopic, Topic, TopicKind


def on_rating(turn: TurnView, rate: Rate, content: Content) -> Decision:
    """Takes the first word on an answer; thanks are the page's, so only what helps on is said."""
    conversation = turn.conversation
    answer = conversation.answer_to(rate.answers, rate.article)
    if answer is None:
        return Decision(rule="rating:unknown", conversation=conversation)
    if answer.rated:
        return Decision(rule="rating:again", conversation=conversation)
    if rate.solved:
        said = Decision(rule="rating:solved", conversation=conversation)
    else:
        said = _unsolved("rating:unsolved", answer, turn, content)
    return _rated(said, answer, turn, solved=rate.solved)


def rated_by_words(turn: TurnView, content: Content, *, solved: bool) -> Decision | None:
    """The same in words, right behind the only answer out of an article; else None.

    So customers of messengers rate too, where no answer is cluttered with buttons for it.
    """
    conversation = turn.conversation
    just_given = [one for one in conversation.answers if one.turn == conversation.turns - 1]
    if len(just_given) != 1 or just_given[0].rated:
        return None
    answer = just_given[0]
    if solved:
        said = say("after:solved", conversation, Say(reply="after_solved"))
    else:
        said = _unsolved("after:unsolved", answer, turn, content)
    return _rated(said, answer, turn, solved=solved)


def _unsolved(rule: str, answer: RatableAnswer, turn: TurnView, content: Content) -> Decision:
    """Names what else may be meant, and a person; who waits for one or has one is left alone."""
    if turn.conversation.owner is not Owner.BOT:
        return Decision(rule=rule, conversation=turn.conversation)
    topics = [topic_of(name) for name in answer.next]
    near = [
        RankedTopic(topic=one, probability=0.0) for one in topics if _is_there(one, turn, content)
    ]
    if not near:
        return say(rule, turn.conversation, Say(reply="after_unsolved"))
    return offer(rule, "rated_unsolved", turn, near, content)


def _is_there(topic: Topic, turn: TurnView, content: Content) -> bool:
    """Whether the content still has it, in the language of the moment: it may have changed since."""
    key = topic.id, turn.conversation.language
    if topic.kind is TopicKind.INTENT:
        return key in content.intents
    article = content.articles.get(key)
    return article is not None and in_force(article, turn.today)


def _rated(decision: Decision, answer: RatableAnswer, turn: TurnView, *, solved: bool) -> Decision:
    after: Conversation = decision.conversation.with_rated(answer)
    rating = Rating(
        message_id=answer.message_id,
        article=answer.article,
        edition=answer.edition,
        language=answer.language,
        solved=solved,
        at=turn.now,
    )
    return replace(decision, conversation=after, rated=rating)
