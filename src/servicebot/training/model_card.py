"""The README.md that travels with an encoder."""

from typing import Final

from servicebot.training.develop import DevelopmentReport

_CARD: Final = """# The bundled encoder: a bag of hashed pieces, Chinese and English

A text is cut into runs of one to three characters or words, parts of Latin words, and runs of one and
two toneless pinyin syllables. Each piece is hashed to one of 98,304 rows of 256 whole numbers (int8);
the rows are added and the sum is brought to length 1. Sums of whole numbers are exact, so a vector
is the same on every machine and in every batch. About 0.1 ms per message on one core, no GPU, no torch.

The weights (`model.safetensors`, 25 MB) are trained by this project and are under its licence, Apache-2.0.

## Trained on
| data | used for | licence | attribution |
|---|---|---|---|
| Banking77, training lines | pairs of the same intent | CC BY 4.0 | Casanueva et al. 2020, PolyAI |
| CLINC150, training lines | pairs of the same intent | CC BY 3.0 | Larson et al. 2019 |
| HWU64, training lines | pairs of the same intent | CC BY 4.0 | Liu et al. 2019 |
| Tatoeba Chinese-English pairs | translations; Chinese sentences with one translation | CC BY 2.0 FR | Tatoeba contributors, tatoeba.org |
| customer phrasings, 182 of 231 topics | pairs of the same topic | the project's own | - |
| `training/glossary.tsv` | bank words and their English | the project's own | - |
| all-MiniLM-L6-v2 as a teacher | vectors of English words and sentences | Apache-2.0 | sentence-transformers, Microsoft |

No test file of any set was read. The phrasings in `intents/` and `knowledge_base/` were not used, so that
thresholds fitted on them by leaving phrases out are honest. Banking77, CLINC150 and HWU64 figures with
this encoder are for "all training data"; few-shot figures on them would profit from the labels seen here.

## Reproduce
`make train-encoder` or `servicebot train encoder` with the corpora folder; seed {seed}, {steps:,} steps,
{minutes:.0f} minutes on two cores. Sums of floats differ between processors, so the rows may differ in
their last step on another machine.

## Measured
On {topics} topics of the customer phrasings kept out of the training (every topic whose CRC-32 is a
multiple of 4), nearest phrasing, no head:

| measure | figure |
|---|---|
| Chinese, 6 phrasings known, {asked} asked: hit@1 | {zh1:.1%} |
| the same: hit@3 | {zh3:.1%} |
| English question, Chinese phrasings: hit@1 | {bridge:.1%} |
| English question, the other English phrasings: hit@1 | {en1:.1%} |
"""


def write_card(report: DevelopmentReport, *, seed: int, steps: int, seconds: float) -> str:
    """The card of an encoder trained from the licensed corpora."""
    return _CARD.format(
        seed=seed,
        steps=steps,
        minutes=seconds / 60,
        topics=report.topics,
        asked=report.asked,
        zh1=report.zh_hit_at_1,
        zh3=report.zh_hit_at_3,
        bridge=report.en_to_zh,
        en1=report.en_hit_at_1,
    )


def write_adapted_card(*, pairs: int, steps: int, seed: int) -> str:
    """The card of an encoder adapted to a bank's own pairs."""
    return (
        "# An encoder adapted to a bank's own messages\n\n"
        f"The bundled encoder after {steps:,} steps on {pairs:,} pairs of the bank's own logs, "
        f"seed {seed}. Keep it where the logs may be kept.\n"
    )
