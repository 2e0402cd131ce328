"""Held-out phrases are asked and counted by band."""

from servicebot.content.content import Content
from servicebot.content.intent_file import Intent, RequiredLevel
from servicebot.domain.understanding import Language
from servicebot.evaluation.held_out import evaluate_held_out
from servicebot.ports.encoder import Encoder
from servicebot.training.fit import fit_understander
from servicebot.understanding.phrasings import collect_held_out, sets_thresholds


def build_intent(name: str, examples: str, held_out: str) -> Intent:
    return Intent(
        id=name,
        language=Language.ZH,
        means="",
        flow=None,
        identity=RequiredLevel.L0,
        examples=tuple(examples.split("|")),
        close_but_other=(),
        held_out=tuple(held_out.split("|")),
        path="",
    )


def test_hits_and_bands_are_counted(encoder: Encoder) -> None:
    intents = (
        build_intent(
            "a.pay", "我要还款|帮我还清|提前还款|还钱", "我想还款|帮我把钱还清|想把款还掉|我来还钱"
        ),
        build_intent(
            "a.freeze",
            "冻结我的卡|锁卡|停用卡|把卡冻结",
            "帮我冻结卡|把卡停掉|锁上我的卡|卡冻结一下",
        ),
    )
    content = Content(
        articles={},
        intents={(intent.id, Language.ZH): intent for intent in intents},
        replies={},
        values={},
        synonyms=(),
        version="held-out",
    )
    understander = fit_understander(content, encoder=encoder, cache_folder=None)
    (report,) = evaluate_held_out(content, understander)
    held_out = collect_held_out(content)
    asked = [phrase for phrase in held_out if not sets_thresholds(phrase)]
    assert 0 < len(asked) < len(held_out) == 8
    assert (report.language, report.asked) == (Language.ZH, len(asked))
    assert report.hit_at_1 >= 0.75
    assert report.hit_at_1 <= report.hit_at_3 <= 1.0
    assert report.answered == 0.0
    assert report.wrong_answers is None
