"""A night at the desk, over the real doors: said plainly, promised, kept once."""

from tests.web.test_desk import customer_says

from servicebot.app.stage import LiveStage
from servicebot.domain.messages import Author, OutboundMessage
from servicebot.handover.desk_reader import ALWAYS, NEVER


async def said_by_bot(stage: LiveStage) -> list[OutboundMessage]:
    lines = await stage.engine.services.timeline.lines("web:c1", 0)
    return [line.message for line in lines if line.author is Author.BOT]


async def test_a_promise_of_the_night_is_kept_in_the_morning_and_once(stage: LiveStage) -> None:
    stage.engine.desk.board.hours = NEVER
    assert await customer_says(stage, "转人工", "1") == ["handover_closed"]
    (told,) = await said_by_bot(stage)
    assert [button.label for button in told.buttons] == ["上班后在这里联系我"]
    assert await customer_says(stage, told.buttons[0].says, "2") == ["call_back_promised"]
    (ticket,) = await stage.engine.services.tickets.waiting()
    assert ticket.promised
    stage.engine.desk.board.hours = ALWAYS
    for number in range(3):
        await stage.engine.desk.attendant.keep_promises()
        assert await customer_says(stage, "谢谢", f"n{number}") == []
    said = [message.name for message in await said_by_bot(stage)]
    assert said == ["handover_closed", "call_back_promised", "desk_opened"]
    (ticket,) = await stage.engine.services.tickets.waiting()
    assert not ticket.promised


async def test_the_ticket_shows_the_question_before_the_wish_for_a_person(
    stage: LiveStage,
) -> None:
    await customer_says(stage, "微粒贷利率多少", "1")
    await customer_says(stage, "转人工", "2")
    (ticket,) = await stage.engine.services.tickets.waiting()
    assert ticket.summary == "微粒贷利率多少 | 转人工"


async def test_no_button_for_a_person_stands_while_the_customer_waits(stage: LiveStage) -> None:
    assert await customer_says(stage, "转人工", "1") == ["handover_customer_asked"]
    await customer_says(stage, "你能做什么", "2")
    await customer_says(stage, "微粒贷利率多少", "3")
    buttons = [button.label for message in await said_by_bot(stage) for button in message.buttons]
    assert "转人工" not in buttons
