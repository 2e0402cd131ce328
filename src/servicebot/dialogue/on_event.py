"""What to do when the bank has news, an agent acts, or somebody arrives without words."""

from dataclasses import replace
from datetime import datetime

from servicebot.content.content import Content
from servicebot.dialogue.continue_task import go_on, page_of, take_up
from servicebot.dialogue.decision import Decision, say
from servicebot.dialogue.facts import BankRefused, BankSilent
from servicebot.dialogue.fall_asleep import wake
from servicebot.dialogue.on_money_news import on_money_news
from servicebot.dialogue.say import Say, SayAgentWords, Words
from servicebot.dialogue.view import TurnView
from servicebot.domain.conversation import Conversation, Owner
from servicebot.domain.messages import AgentAct, AgentVerb, Arrival, BankEvent, BankNews
from servicebot.domain.task import Question, Task
from servicebot.domain.waiting import Held


def on_bank_event(turn: TurnView, event: BankEvent, content: Content) -> Decision:
    """News about the task in hand goes on with it; news about nothing in hand is silent."""
    task, conversation = turn.conversation.task, turn.conversation
    if event.news is BankNews.MONEY_SETTLED:
        return on_money_news(turn, event)
    if conversation.owner is Owner.PERSON:
        return Decision(rule="news:late", conversation=conversation)
    waiting = [one for one in (task, *reversed(conversation.asleep)) if one is not None]
    meant = next((one for one in waiting if _fits(one, event, conversation)), None)
    if meant is None:
        return _late(conversation, event)
    if meant is not task:
        conversation = wake(conversation, meant)
    return go_on(meant, replace(turn.silent(), conversation=conversation), content)


def _fits(task: Task, event: BankEvent, conversation: Conversation) -> bool:
    if event.news is BankNews.IDENTITY_BOUND:
        linking = task.question is Question.LINK
        return linking and conversation.identity.link_id == event.reference_id
    return page_of(task) == event.reference_id


def _late(conversation: Conversation, event: BankEvent) -> Decision:
    """Silent, but for an approval of what was given up before: nothing was paid."""
    given_up = conversation.dropped_page == event.reference_id
    if event.news is BankNews.STEP_UP_APPROVED and given_up:
        return say("news:too_late", conversation, Say(reply="approved_too_late"))
    return Decision(rule="news:late", conversation=conversation)


def on_arrival(turn: TurnView, arrival: Arrival) -> Decision:
    """Greets once, in the language of the page; who comes back is not greeted again."""
    conversation = turn.conversation
    if conversation.turns:
        return Decision(rule="arrival", conversation=conversation)
    language = arrival.language or conversation.language
    return say("arrival", replace(conversation, language=language), Say(reply="welcome"))


def on_agent_act(turn: TurnView, act: AgentAct, content: Content) -> Decision:
    """A person takes, speaks, hands back or closes; acts for another ticket are ignored."""
    conversation = turn.conversation
    if not _is_hers(turn, act):
        return Decision(rule="agent:late", conversation=conversation)
    agent = {"agent": Words(act.agent)}
    match act.verb:
        case AgentVerb.TAKE | AgentVerb.ASSIGN:
            held = _held(turn, act, owes_since=turn.now)
            return say(f"agent:{act.verb}", held, Say(reply="agent_joined", fields=agent))
        case AgentVerb.SAY:
            held = _held(turn, act, owes_since=None)
            return say("agent:say", held, SayAgentWords(agent=act.agent, text=act.text))
        case AgentVerb.HAND_BACK:
            back = replace(conversation, owner=Owner.BOT, ticket=None)
            notice = Say(reply="agent_handed_back", fields=agent)
            return _hand_back(back, turn, content, notice)
        case AgentVerb.CLOSE:
            done = replace(conversation, owner=Owner.BOT, ticket=None, task=None, paused=())
            return say("agent:close", done, Say(reply="agent_closed", fields=agent))


def _hand_back(back: Conversation, turn: TurnView, content: Content, notice: Say) -> Decision:
    """The bot goes on with the task; she hands back whatever the bank says of it."""
    try:
        return take_up("agent:hand_back", back, turn, content, notice)
    except (BankSilent, BankRefused):
        return say("agent:hand_back", back, notice)


def _is_hers(turn: TurnView, act: AgentAct) -> bool:
    """Whether the act fits: a ticket that waits can be taken, one of hers is hers to answer.

    Her acts and the customer's words stand in one mailbox, so whoever came first decides; the
    desk tells her where she came too late.
    """
    conversation = turn.conversation
    if conversation.ticket_id != act.ticket_id:
        return False
    if act.verb is AgentVerb.TAKE:
        return conversation.owner is Owner.QUEUE
    held = conversation.held
    if act.verb is AgentVerb.ASSIGN:
        is_anothers = held is None or held.agent != act.agent
        return conversation.owner in {Owner.QUEUE, Owner.PERSON} and is_anothers
    return conversation.owner is Owner.PERSON and held is not None and held.agent == act.agent


def _held(turn: TurnView, act: AgentAct, *, owes_since: datetime | None) -> Conversation:
    return replace(
        turn.conversation,
        owner=Owner.PERSON,
        held=Held(agent=act.agent, owes_since=owes_since),
    )
