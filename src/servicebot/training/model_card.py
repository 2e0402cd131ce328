"""The README.md that travels with an encoder."""

from collections.abc import Sequence
from typing import Final

from servicebot.training.develop import DevelopmentReport
from servicebot.training.training_texts import TopicPhrasings

_CARD: Final = """# The bundled encoder: a small Chinese-English transformer

Six BERT layers, 384 wide, 12 heads. Latin text is cut into word pieces, Chinese into characters (the 6,763
of GB 2312); the vector is the mean over the tokens, brought to length 1. Words and linear weights are
int8 with one scale per row; the inputs of the linear layers are quantized with fixed scales, measured on a
sample of the taught phrases, so neither the batch nor the number of threads changes a bit of a vector.

The layers and the English word rows come from all-MiniLM-L6-v2; the Chinese rows and everything the layers
learnt since are trained by this project. The weights are under the project's licence, Apache-2.0, which
is also that of all-MiniLM-L6-v2.

## Trained on
| data | used for | licence | attribution |
|---|---|---|---|
| `intents/` and `knowledge_base/`: {topics:,} topics, {zh:,} Chinese and {en:,} English phrases | pairs of the same topic, also across languages; `held_out` lines are never read | the project's own | - |
| customer phrasings: {customer_topics} topics, {customer_zh:,} Chinese and {customer_en:,} English phrases | likewise | the project's own | - |
| `training/glossary.tsv` | bank words and their English | the project's own | - |
| Tatoeba Chinese-English pairs | Chinese learns the meaning of its translation | CC BY 2.0 FR | Tatoeba contributors, tatoeba.org |
| CLINC150, training lines | pairs of the same intent | CC BY 3.0 | Larson et al. 2019 |
| Banking77 and HWU64, training texts without their labels | English keeps its teacher's meaning | CC BY 4.0 | Casanueva et al. 2020, PolyAI; Liu et al. 2019 |
| all-MiniLM-L6-v2 | first weights, and the teacher | Apache-2.0 | sentence-transformers, Microsoft |

No test file of any set was read, and no label of Banking77, HWU64, NLU++ or PAWS-X. CLINC150 figures with this
encoder are for "all training data". About every fourth topic of the customer phrasings was kept out, to
measure with.
Because the taught phrases were trained on, leaving them out in turn says nothing about new ones: the
bot's thresholds are set with `held_out` lines.

## Reproduce
`make train-encoder` with the corpora folder; seed {seed}, 400 steps of translations, {steps:,} of topics and 900 more of
them at half the rate, about 70 minutes on two cores of an Intel Xeon; it can be interrupted and goes on. Sums of floats
differ between processors, so weights may differ in their last step on another machine.

## Measured
On the development set: the {dev_topics} topics of the customer phrasings that were kept out. Their lines were not
learnt and their writers wrote nothing of the content, but wrote the other customer phrasings too; most of
the topics have a like one in the content. Nearest phrasing, no head:

| measure | figure |
|---|---|
| Chinese, 6 phrasings known, {asked:,} asked: hit@1 | {zh1:.1%} |
| the same: hit@3 | {zh3:.1%} |
| English question, Chinese phrasings: hit@1 | {bridge:.1%} |
| English question, the other English phrasings: hit@1 | {en1:.1%} |

Other figures, also of what was tried and lost: `benchmarks/understanding/EXPERIMENTS.md`.
"""


def write_card(
    report: DevelopmentReport,
    *,
    topics: Sequence[TopicPhrasings],
    customers: Sequence[TopicPhrasings],
    seed: int,
    steps: int,
) -> str:
    """The card of the encoder trained from the topics of the content and those of customers."""
    (zh, en), (customer_zh, customer_en) = _phrases(topics), _phrases(customers)
    return _CARD.format(
        topics=len(topics),
        zh=zh,
        en=en,
        customer_topics=len(customers),
        customer_zh=customer_zh,
        customer_en=customer_en,
        seed=seed,
        steps=steps,
        dev_topics=report.topics,
        asked=report.asked,
        zh1=report.zh_hit_at_1,
        zh3=report.zh_hit_at_3,
        bridge=report.en_to_zh,
        en1=report.en_hit_at_1,
    )


def _phrases(topics: Sequence[TopicPhrasings]) -> tuple[int, int]:
    return sum(len(topic.zh) for topic in topics), sum(len(topic.en) for topic in topics)


def write_adapted_card(*, pairs: int, steps: int, seed: int) -> str:
    """The card of an encoder adapted to a bank's own pairs."""
    return (
        "# An encoder adapted to a bank's own messages\n\n"
        f"The bundled encoder after {steps:,} steps on {pairs:,} labelled pairs of the bank's own "
        f"logs, seed {seed}. Keep it where the logs may be kept.\n"
    )


_LURE_CARD: Final = """# The reader of lures

The bundled encoder (`../encoder`), trained further as a whole, and a plane through its vectors
(`lures.safetensors`, without the rows of Latin words, which stay the encoder's): whether a text leads a customer out of the bank or asks for a secret. It reads what
agents and strangers write, never the bank's approved words; rules (`servicebot.screening.gate`) come before it.

## Trained on
{lines:,} lines written for this project, about as many hostile as harmless ones, by {hands} hands
(`training/lures/`), the project's own. Figures stand as noughts, what the bank lists as `[bank]`; now and then a
harmless line stands beside another.

## Reproduce
`servicebot train lures --out FOLDER`, seed {seed}, some twenty minutes on two cores; it can be interrupted and goes
on. `--without HAND` keeps the lines of one hand out and tells how many of them are read wrongly. What it makes of
lines by hands that it did not learn stands in [docs/security.md](../../../../docs/security.md#figures).
"""


def lure_card(*, lines: int, hands: Sequence[str], seed: int) -> str:
    """The README.md of the reader of lures."""
    return _LURE_CARD.format(lines=lines, hands=len(hands), seed=seed)
