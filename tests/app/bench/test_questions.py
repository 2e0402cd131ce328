"""What the load asks."""

from itertools import islice

from servicebot.app.bench.questions import distinct_questions
from servicebot.content.content import Content
from servicebot.domain.understanding import Language
from servicebot.understanding.normalize import normalize


def held_out(content: Content, language: Language) -> set[str]:
    articles = (one for one in content.articles.values() if one.language is language)
    intents = (one for one in content.intents.values() if one.language is language)
    lines = [line for one in articles for line in one.held_out]
    lines += [line for one in intents for line in one.held_out]
    return {line.rstrip("?？") for line in lines}


def test_no_text_comes_twice_even_as_the_model_sees_it(content: Content) -> None:
    asked = list(islice(distinct_questions(content), 8_000))
    assert len({normalize(text, keep_signs=True) for text in asked}) == len(asked)


def test_both_languages_are_asked_from_the_content(content: Content) -> None:
    first = set(islice(distinct_questions(content), 100))
    for language in Language:
        assert len(first & held_out(content, language)) > 20


def test_another_seed_asks_what_a_warm_server_has_not_heard(content: Content) -> None:
    first, other = (set(islice(distinct_questions(content, seed), 500)) for seed in (0, 7))
    assert not first & other
    assert first == set(islice(distinct_questions(content, 0), 500))
