"""What is learnt or asked has a hash; what is only said has none."""

from dataclasses import replace
from types import MappingProxyType

import pytest

from servicebot.content.content import Content, Synonym
from servicebot.content.intent_file import Intent, RequiredLevel
from servicebot.domain.understanding import Language
from servicebot.training.taught_hash import taught_hash as hash_of_language

INTENT = Intent(
    id="a.pay",
    language=Language.ZH,
    means="",
    flow=None,
    identity=RequiredLevel.L0,
    examples=("还款",),
    close_but_other=(),
    held_out=("还清",),
    path="",
)


def content(**changes: object) -> Content:
    intent = replace(INTENT, **changes)  # type: ignore[arg-type]  # the fields of one test
    other = replace(INTENT, id="a.other", examples=("冻结",))
    intents = {(one.id, one.language): one for one in (intent, other)}
    return Content(articles={}, intents=intents, replies={}, values={}, synonyms=(), version="")


def taught_hash(of: Content) -> str:
    return hash_of_language(of, Language.ZH)


def test_each_language_has_its_own() -> None:
    plain = content()
    english = replace(INTENT, language=Language.EN, examples=("pay",))
    both = replace(plain, intents={**plain.intents, (english.id, Language.EN): english})
    assert taught_hash(both) == taught_hash(plain)
    assert hash_of_language(both, Language.EN) != hash_of_language(plain, Language.EN)


@pytest.mark.parametrize("change", [{"means": "x"}, {"flow": "due"}, {"path": "x"}])
def test_what_is_not_learnt_needs_no_fit(change: dict[str, object]) -> None:
    assert taught_hash(content(**change)) == taught_hash(content())


@pytest.mark.parametrize(
    "change", [{"examples": ("还",)}, {"held_out": ()}, {"offered": False}, {"id": "a.b"}]
)
def test_what_is_learnt_or_asked_needs_one(change: dict[str, object]) -> None:
    assert taught_hash(content(**change)) != taught_hash(content())


def test_synonyms_need_one_and_the_order_of_files_does_not() -> None:
    plain = content()
    turned = replace(plain, intents=MappingProxyType(dict(reversed(list(plain.intents.items())))))
    assert taught_hash(turned) == taught_hash(plain)
    synonym = Synonym(term="还款", variants=("还钱",), language=Language.ZH)
    assert taught_hash(replace(plain, synonyms=(synonym,))) != taught_hash(plain)
