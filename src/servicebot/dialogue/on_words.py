"""What to do with a customer's words: the rules, in the order they are tried."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from servicebot.content.content import Content
from servicebot.content.intent_file import Role
from servicebot.content.topics import intent_of, is_offered, line_of, plays, topics_of, usable
from servicebot.dialogue.afterwards import afterwards, given_up_already
from servicebot.dialogue.answer_topic import answer_topic, ask_back, miss, offerable
from servicebot.dialogue.answers_task import answers
from servicebot.dialogue.at_question import at_question, stops_what
from servicebot.dialogue.chosen import chosen
from servicebot.dialogue.compute_cost import compute_cost
from servicebot.dialogue.continue_task import drop, go_on
from servicebot.dialogue.danger import danger
from servicebot.dialogue.decision import Decision, hand_over, say
from servicebot.dialogue.denied import denied
from servicebot.dialogue.escalation import notice_of
from servicebot.dialogue.fall_asleep import taken_up
from servicebot.dialogue.follow_up import follow_up
from servicebot.dialogue.freeze_words import freezes_unasked
from servicebot.dialogue.means_terms import means_terms, names_yes
from servicebot.dialogue.remind import CONFIRMS, aside, just_asked, remind
from servicebot.dialogue.say import Say, SayArticle
from servicebot.dialogue.told_by_terms import told_by_terms
from servicebot.dialogue.view import TurnView
from servicebot.dialogue.wish_to_repay import wishes_to_repay
from servicebot.dialogue.wishes import several
from servicebot.domain.acts import Act
from servicebot.domain.bank_calls import ReadLink
from servicebot.domain.bank_results import IdentityLink
from servicebot.domain.conversation import Task
from servicebot.domain.heard import Heard, YesNo
from servicebot.domain.marks import Mark
from servicebot.domain.squeeze import squeeze
from servicebot.domain.task import Question
from servicebot.domain.tickets import Reason
from servicebot.domain.understanding import Band, RankedTopic, SlotKind, Topic, TopicKind

Rule = Callable[[TurnView, Heard, Content], Decision | None]


def on_words(turn: TurnView, heard: Heard, content: Content) -> Decision:
    """The first rule that knows what to do decides."""
    for rule in RULES:
        decision = rule(turn, heard, content)
        if decision is not None:
            return decision
    return miss(turn)


def _person(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    sure = _sure(turn, heard, content)
    asks = sure is not None and plays(sure, Role.PERSON, content)
    unwanted = heard.denied.unwanted if heard.denied is not None else frozenset()
    if not unwanted.isdisjoint(topic.id for topic in topics_of(Role.PERSON, content)):
        return None
    if not (asks and heard.denied is None) and not heard.wants_person:
        return None
    reason = Reason.CUSTOMER_ASKED
    return hand_over("person", turn.conversation, reason, notice_of(reason))


def _link_used(turn: TurnView, heard: Heard, content: Content) -> Decision | None:  # noqa: ARG001
    """The page was used, and the bank's news has not come: the words after it go on with it."""
    task, identity = turn.conversation.task, turn.conversation.identity
    if task is None or task.question is not Question.LINK or identity.link_id is None:
        return None
    link = turn.facts.ask(ReadLink(link_id=identity.link_id), IdentityLink)
    return go_on(task, turn.silent(), content) if link.state == "bound" else None


def _labelled(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A button under an answer says an intent's own label; an answer to the task goes first."""
    task = turn.conversation.task
    if task is not None and answers(task, heard):
        return None
    intent_id = content.labelled_intents.get(squeeze(heard.whole.text))
    if intent_id is None:
        return None
    return answer_topic("labelled", Topic(kind=TopicKind.INTENT, id=intent_id), turn, content)


def _more(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """The details under the last article."""
    conversation = turn.conversation
    label = content.replies["label_more", conversation.language]
    topic = conversation.last_topic
    if topic is None or squeeze(heard.whole.text) != squeeze(label.text):
        return None
    article = content.articles.get((topic.id, conversation.language))
    if article is None or not article.more:
        return None
    details = SayArticle(article_id=article.id, more=True)
    return aside(f"more:{article.id}", conversation, details)


def _cancel(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    best = _best(turn, heard, content)
    if best is None or not plays(best, Role.CANCEL, content) or heard.act is Act.RESUME:
        return None
    if turn.conversation.task is None:
        nothing = say("cancel", turn.conversation, Say(reply="nothing_to_cancel"))
        return given_up_already(turn) or nothing
    return drop("cancel", turn, content, "task_cancelled")


def _task_answer(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    conversation, task = turn.conversation, turn.conversation.task
    if task is None or not answers(task, heard):
        return None
    if heard.plain_yes and conversation.offered and not means_terms(task, heard, content):
        return None  # a yes to "which of these?" is no consent to the terms above it
    meant = Mark.DEED in heard.whole.marks or names_yes(task, heard, content)
    stale = not just_asked(conversation) and not meant
    if heard.plain_yes and task.question in CONFIRMS and stale:
        return remind("confirm_again", conversation, task)
    return go_on(task, turn, content)


def _aside(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """Something else in the middle of a task: it is answered, the task waits.

    `可以,但是有手续费吗` comes here: the question is answered, the yes in front of it is not used.
    """
    task = turn.conversation.task
    if task is None:
        return None
    best = _best(turn, heard, content)
    told = told_by_terms(task, best, turn, content)
    if told is not None:
        return told
    if best is not None:
        return _step_aside(task, best, turn, content)
    return _likely_aside(turn, heard, content) or _missed_aside(task, turn)


def _likely_aside(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """What is only likely is asked back, once."""
    named = _likely(turn, heard, content)
    worth = named and (named[0].probability >= WORTH_ASKING or heard.act is Act.ASK)
    return ask_back(turn, named, content) if worth and not turn.conversation.offered else None


def _missed_aside(task: Task, turn: TurnView) -> Decision:
    misses = turn.conversation.misses + 1
    if misses >= MOST_MISSES:
        reason = Reason.NOT_UNDERSTOOD
        return hand_over("missed", turn.conversation, reason, notice_of(reason))
    conversation = replace(turn.conversation, misses=misses)
    return remind("missed", conversation, task, Say(reply="not_understood_in_task"))


MOST_MISSES: Final = 3
# In the middle of a task unlikely choices only lead away from it, unless something is asked.
WORTH_ASKING: Final = 0.3
# Where words are likeliest small talk or about nothing here, a choice less likely is none.
_WORTH_NAMING: Final = 0.1


def _step_aside(task: Task, topic: Topic, turn: TurnView, content: Content) -> Decision:
    if topic.id == task.intent:
        return go_on(task, turn, content)
    said = answer_topic("aside", topic, turn, content)
    if task.question in CONFIRMS and not is_offered(topic, content):
        # Whoever thanks for what is not done yet, or says goodbye, may believe that it is.
        return remind(said.rule, said.conversation, task, *said.says)
    return said


def _bare_number(turn: TurnView, heard: Heard, content: Content) -> Decision | None:  # noqa: ARG001
    """A number and nothing else, where none was asked for: what it is for is asked."""
    text = heard.whole.text
    alone = any(slot.kind is SlotKind.MONEY and slot.fills(text) for slot in heard.whole.slots)
    if not alone and not squeeze(text).isdecimal():
        return None
    task = turn.conversation.task
    if task is not None:
        return remind("number", turn.conversation, task)
    return say("number", turn.conversation, Say(reply="what_number"))


def _yes_no(turn: TurnView, heard: Heard, content: Content) -> Decision | None:  # noqa: ARG001
    """A bare yes or no with nothing to answer."""
    if heard.rest is not None or heard.yes_no is YesNo.NONE:
        return None
    return say("yes_no", turn.conversation, Say(reply="nothing_to_confirm"))


def _leaves_it(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """A no to a deed that nobody has begun (先不解绑): it is not begun."""
    named = _likely(turn, heard, content)
    best = _best(turn, heard, content) or (named[0].topic if named else None)
    intent = intent_of(best, content) if best is not None else None
    if intent is None or intent.flow is None or intent.lookup is not None:
        return None
    if not heard.plain_no or Mark.STOPS_A_CARD in heard.whole.marks:
        return None  # a card that is to be stopped may sound like a no
    return say("declined", turn.conversation, Say(reply="nothing_done"))


def _topic(turn: TurnView, heard: Heard, content: Content) -> Decision | None:
    """No task in hand: the ranking decides by its band; words that name nothing are asked about."""
    best = _best(turn, heard, content)
    if best is not None:
        return answer_topic("topic", best, turn, content)
    named = _likely(turn, heard, content)
    matter = named and named[0].probability >= WORTH_ASKING
    if heard.plain_no and not matter and not _deed_just_ended(turn, content):
        return say("declined", turn.conversation, Say(reply="nothing_done"))
    return ask_back(turn, named, content) if named else None


def _deed_just_ended(turn: TurnView, content: Content) -> bool:
    """Whether something was done, or not done, just now: a no may be to that."""
    told = turn.conversation.told
    if told is None or not turn.conversation.told_just_now:
        return False
    intent = intent_of(Topic(kind=TopicKind.INTENT, id=told.intent), content)
    return intent is None or intent.lookup is None


def _likely(turn: TurnView, heard: Heard, content: Content) -> tuple[RankedTopic, ...]:
    """The ranking to ask back about; empty where even the first is not likely enough."""
    leaning = heard.leaning.words if heard.leaning is not None else None
    words = heard.about or leaning or heard.rest or heard.whole
    if words.band is Band.HAND_OVER:
        return ()
    ranking = usable(words, content, turn.conversation.language, turn.today)
    named = offerable(ranking, content)
    unlike = bool(named) and named[0] != ranking[0] and named[0].probability < _WORTH_NAMING
    return () if unlike else named


def _best(turn: TurnView, heard: Heard, content: Content) -> Topic | None:
    """The topic to answer: that of the words behind a yes or no, else of the whole message.

    In the middle of a task an article about another product is no answer to words that name no
    product: the fee of one loan must not be told for another.
    """
    loan = turn.conversation.task.loan if turn.conversation.task else None
    product = loan.product if loan is not None else None
    for words in (heard.about, heard.rest, heard.whole):
        if words is None or words.band is not Band.ANSWER:
            continue
        ranking = usable(words, content, turn.conversation.language, turn.today)
        if not ranking or ranking[0] != words.best:
            continue
        topic = ranking[0].topic
        if Mark.NAMES_NOTHING in words.marks and is_offered(topic, content):
            return None
        if freezes_unasked(topic, words, content):
            return None
        if words is heard.about and line_of(topic) != product:
            continue
        if heard.about is not None and line_of(topic) in content.product_lines - {product}:
            continue
        return topic
    return None


def _sure(turn: TurnView, heard: Heard, content: Content) -> Topic | None:
    ranking: tuple[RankedTopic, ...] = usable(
        heard.whole, content, turn.conversation.language, turn.today
    )
    return ranking[0].topic if ranking and heard.whole.band is Band.ANSWER else None


RULES: Final[tuple[Rule, ...]] = (
    danger,
    _person,
    denied,
    chosen,
    _link_used,
    _labelled,
    _more,
    stops_what,
    at_question,
    _cancel,
    _task_answer,
    compute_cost,
    several,
    wishes_to_repay,
    _bare_number,
    _aside,
    taken_up,
    afterwards,
    _yes_no,
    follow_up,
    _leaves_it,
    _topic,
)
