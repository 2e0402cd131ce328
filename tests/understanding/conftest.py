"""A small content in two languages and an understander fitted to it."""

import pytest

from servicebot.adapters.local_models.open_encoder import open_encoder
from servicebot.content.article import OtherTopic
from servicebot.content.content import Content, Synonym
from servicebot.content.intent_file import Intent, RequiredLevel
from servicebot.domain.understanding import Language
from servicebot.training.fit import fit_understander
from servicebot.understanding.understand import Understander

EXAMPLES = {
    (
        "loan.repay_early",
        Language.ZH,
    ): "我要提前还款|帮我全部还清|一次性还完|提前结清|现在就还掉|把欠的全还了",
    ("loan.due", Language.ZH): "这个月要还多少|下期还款金额|什么时候还款|还款日是哪天|这期账单多少",
    ("card.freeze", Language.ZH): "冻结我的卡|把卡锁上|先停用这张卡|卡要冻结|锁卡",
    ("talk.greet", Language.ZH): "你好|您好|早上好|在吗|嗨",
    (
        "loan.repay_early",
        Language.EN,
    ): "i want to repay early|pay off my loan now|settle everything",
    ("loan.due", Language.EN): "how much is due this month|when is my payment due|next bill amount",
    ("card.freeze", Language.EN): "freeze my card|lock the card|stop this card",
    ("talk.greet", Language.EN): "hello|hi there|good morning",
}


def build_intent(key: tuple[str, Language], examples: str) -> Intent:
    return Intent(
        id=key[0],
        language=key[1],
        means="",
        flow=None,
        identity=RequiredLevel.L0,
        examples=tuple(examples.split("|")),
        close_but_other=(OtherTopic(phrase="还款日是几号", topic_id="loan.due"),)
        if key == ("loan.repay_early", Language.ZH)
        else (),
        held_out=("全部结清吧",) if key == ("loan.repay_early", Language.ZH) else (),
        path=f"intents/{key[1]}/{key[0]}.yaml",
    )


@pytest.fixture(scope="session")
def content() -> Content:
    """Four intents in two languages."""
    return Content(
        articles={},
        intents={key: build_intent(key, examples) for key, examples in EXAMPLES.items()},
        replies={},
        values={},
        synonyms=(Synonym(language=Language.ZH, term="还款", variants=("还宽", "还欠款")),),
        version="small-content",
    )


@pytest.fixture(scope="session")
def understander(content: Content) -> Understander:
    """Fitted with the bundled encoder."""
    return fit_understander(content, encoder=open_encoder(), cache_folder=None)
