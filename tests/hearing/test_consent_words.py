"""A yes is made of words that agree, or names the deed; taking note and praising are none."""

import pytest
from tests.dialogue.stories import money, understood

from servicebot.content.content import Content
from servicebot.domain.understanding import SlotValue
from servicebot.hearing.consent_words import ConsentWords
from servicebot.understanding.lexicon import Lexicon


@pytest.fixture(scope="module")
def consent(content: Content, lexicon: Lexicon) -> ConsentWords:
    return ConsentWords(content, lexicon)


@pytest.mark.parametrize(
    "text",
    [
        *("好的", "嗯嗯,可以", "行,谢谢", "没问题,麻烦您了", "对对对,就这样", "好的呀,可以"),
        *("扣吧", "看了一遍都对,提交", "冻上", "yes please", "sure, go ahead", "ok, fine"),
    ],
)
def test_words_of_agreeing_and_the_deed_say_yes(consent: ConsentWords, text: str) -> None:
    assert consent.says_yes(understood(text))


@pytest.mark.parametrize(
    "text",
    [
        *("嗯我明白了", "好样的", "行了知道了", "好的了解", "可以理解", "好吧你赢了", "谢谢"),
        *("那就是说要等咯", "", "!", "nice one", "ok i found it", "i see now", "thanks a lot"),
    ],
)
def test_taking_note_praising_and_thanking_do_not(consent: ConsentWords, text: str) -> None:
    assert not consent.says_yes(understood(text))


@pytest.mark.parametrize(("text", "slot"), [("好的500", money(50_000)), ("ok 500", money(50_000))])
def test_a_value_may_stand_beside_it(consent: ConsentWords, text: str, slot: SlotValue) -> None:
    said = SlotValue(kind=slot.kind, text="500", start=text.index("5"), end=len(text), value=50_000)
    assert consent.says_yes(understood(text, slots=(said,)))
