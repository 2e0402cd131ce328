"""Training files of Rasa are read as their authors mean them, or refused with words."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from servicebot.domain.errors import RejectedError
from servicebot.domain.understanding import Language
from servicebot.studio.imports.imported_topic import one_line
from servicebot.studio.imports.rasa_nlu import plain_example, read_rasa
from servicebot.studio.tables.not_taken import Why

FILE = """\
version: "3.1"
nlu:
- intent: faq/ask_fee
  examples: |
    - 提前[还款](action)要手续费吗
    - [微粒贷]{"entity": "product", "value": "weilidai"}提前还要钱吗
    - 提前还款要手续费吗
- intent: greet
  examples:
  - text: |
      - hello
    metadata: {sentiment: neutral}
  - good morning
- synonym: 微粒贷
  examples: |
    - 微粒代
- intent: empty
responses:
  utter_faq/ask_fee:
  - text: |
      提前还款不收手续费。
      在这里说「我要提前还款」就可以办理。
  - text: 另一种说法
"""
PLAIN = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cf", "Co", "Cn"), exclude_characters="[](){}"),
    min_size=1,
).map(one_line)


def test_intents_are_topics_with_plain_examples_and_their_response() -> None:
    topics, refused = read_rasa(FILE.encode())
    fee, greet = topics
    assert fee.phrases == ("提前还款要手续费吗", "微粒贷提前还要钱吗")
    assert fee.answer == "提前还款不收手续费。\n在这里说「我要提前还款」就可以办理。"
    assert (fee.name, fee.language) == ("faq/ask_fee", Language.ZH)
    assert greet.phrases == ("hello", "good morning")
    assert [(one.place, one.why) for one in refused] == [
        ("greet", Why.NO_ANSWER),
        ("nlu 3", Why.NOT_EXAMPLES),
        ("empty", Why.NO_QUESTION),
    ]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"nlu: [", "no YAML: look at line"),
        (b"a: b\n", "no list `nlu:`"),
        (b"nlu: words\n", "no list `nlu:`"),
        (b"\xff\xfe", "not UTF-8"),
        (b"[" * 3000, "no YAML|nested"),
        (b"", "no list"),
    ],
)
def test_what_is_no_training_file_says_why(data: bytes, told: str) -> None:
    with pytest.raises(RejectedError, match=told):
        read_rasa(data)


@given(st.lists(st.tuples(PLAIN, PLAIN).filter(all), min_size=1, max_size=6))
def test_marks_are_taken_off_and_nothing_else(parts: list[tuple[str, str]]) -> None:
    marked = "".join(f"{before}[{word}](entity)" for before, word in parts)
    assert plain_example(marked) == one_line("".join(f"{a}{b}" for a, b in parts))


@given(st.dictionaries(PLAIN.filter(bool), st.lists(PLAIN.filter(bool), min_size=1), max_size=5))
def test_what_is_written_is_read(intents: dict[str, list[str]]) -> None:
    told = {
        "nlu": [
            {"intent": name, "examples": "".join(f"- {one}\n" for one in examples)}
            for name, examples in intents.items()
        ]
    }
    topics, _ = read_rasa(yaml.safe_dump(told, allow_unicode=True).encode())
    assert {one.name: list(one.phrases) for one in topics} == {
        name: list(dict.fromkeys(examples)) for name, examples in intents.items()
    }


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda one: b"nlu:\n- " + one.encode()))
def test_anything_is_read_or_refused(data: bytes) -> None:
    try:
        topics, _ = read_rasa(data)
    except RejectedError:
        return
    assert all(topic.phrases for topic in topics)


@pytest.mark.parametrize(
    "nested", ["[" * 100_000, "- " * 100_000 + "x", "{a: " * 100_000, "[" * 51 + "]" * 51]
)
def test_a_file_of_brackets_is_refused_and_does_not_end_the_process(nested: str) -> None:
    with pytest.raises(RejectedError):
        read_rasa(f"nlu:\n  {nested}\n".encode())


def test_an_anchor_that_is_named_again_and_again_is_refused() -> None:
    levels = "".join(f"y{n + 1}: &y{n + 1} [{', '.join([f'*y{n}'] * 10)}]\n" for n in range(9))
    with pytest.raises(RejectedError):
        read_rasa(f"y: &y0 [a]\n{levels}nlu:\n- intent: *y9\n  examples: '- x'\n".encode())


def test_many_blank_lines_are_read_at_once() -> None:
    text = "nlu:\n- intent: a\n  examples: |\n    x\n" + "\n" * 100_000 + "    - hi\n"
    (topic,), _ = read_rasa(text.encode())
    assert topic.phrases == ("hi",)
