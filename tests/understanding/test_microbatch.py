"""Messages are batched in a thread, and nobody waits for ever."""

import asyncio
import threading
import time
from collections.abc import Sequence
from datetime import date

import pytest

from servicebot.domain.errors import UnavailableError
from servicebot.domain.understanding import Band, Language, Understanding
from servicebot.understanding.microbatch import MicroBatcher
from servicebot.understanding.understand import Understander, Utterance

TODAY = date(2026, 11, 23)


def say(text: str) -> Utterance:
    return Utterance(text=text, language_hint=None, today=TODAY)


class SlowUnderstander:
    """Answers with the text it got, after a while, and remembers the batches."""

    def __init__(self, delay_s: float = 0.0) -> None:
        self.batches: list[int] = []
        self.threads: set[str] = set()
        self._delay_s = delay_s

    def understand(self, utterances: Sequence[Utterance]) -> tuple[Understanding, ...]:
        self.batches.append(len(utterances))
        self.threads.add(threading.current_thread().name)
        time.sleep(self._delay_s)
        if any(utterance.text == "bad" for utterance in utterances):
            raise ValueError("bad text")
        return tuple(
            Understanding(text=item.text, language=Language.ZH, ranking=(), band=Band.HAND_OVER)
            for item in utterances
        )


async def test_everyone_gets_their_own_answer(understander: Understander) -> None:
    texts = [f"我要还第{number}笔" for number in range(100)]
    async with MicroBatcher(understander) as batcher:
        answers = await asyncio.gather(*(batcher.understand(say(text)) for text in texts))
    assert [answer.text for answer in answers] == texts


async def test_a_crowd_is_batched_up_to_the_limit() -> None:
    slow = SlowUnderstander(0.01)
    async with MicroBatcher(slow, max_batch=8) as batcher:
        await asyncio.gather(*(batcher.understand(say(str(number))) for number in range(40)))
    assert sum(slow.batches) == 40
    assert max(slow.batches) == 8
    assert len(slow.threads) == 1


async def test_the_texts_of_one_message_wait_for_nobody() -> None:
    slow = SlowUnderstander()
    async with MicroBatcher(slow, max_wait_s=60.0, deadline_s=5.0) as batcher:
        answers = await batcher.understand_all([say("a"), say("b"), say("c")])
        assert await batcher.understand_all([]) == ()
    assert [answer.text for answer in answers] == ["a", "b", "c"]
    assert slow.batches == [3]


async def test_the_event_loop_runs_while_the_thread_works() -> None:
    async with MicroBatcher(SlowUnderstander(0.2)) as batcher:
        asked = asyncio.create_task(batcher.understand(say("a")))
        begun = time.perf_counter()
        await asyncio.sleep(0.02)
        assert time.perf_counter() - begun < 0.1
        assert (await asked).text == "a"


async def test_a_late_answer_is_an_error() -> None:
    async with MicroBatcher(SlowUnderstander(0.2), deadline_s=0.02) as batcher:
        with pytest.raises(UnavailableError, match="longer than"):
            await batcher.understand(say("a"))


async def test_one_failure_does_not_stop_the_worker() -> None:
    async with MicroBatcher(SlowUnderstander()) as batcher:
        with pytest.raises(ValueError, match="bad text"):
            await batcher.understand(say("bad"))
        assert (await batcher.understand(say("good"))).text == "good"


async def test_closing_refuses_those_who_wait() -> None:
    batcher = MicroBatcher(SlowUnderstander(0.1), max_batch=1)
    asked = [asyncio.create_task(batcher.understand(say(str(n)))) for n in range(3)]
    await asyncio.sleep(0.02)
    await batcher.close()
    results = await asyncio.gather(*asked, return_exceptions=True)
    assert all(isinstance(result, (UnavailableError, Understanding)) for result in results)
    with pytest.raises(UnavailableError):
        await batcher.understand(say("late"))
