"""Article retrieval on labelled files: learns the articles' phrases, asks the queries."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from servicebot.domain.understanding import Language
from servicebot.evaluation.fit_labelled import fit_labelled
from servicebot.evaluation.one_language import only_language
from servicebot.evaluation.read_table import Line, data_fault, read_csv
from servicebot.evaluation.stopwatch import Ranking, ask_each
from servicebot.ports.encoder import Encoder


@dataclass(frozen=True, slots=True, kw_only=True)
class RetrievalReport:
    """The keys of `servicebot evaluate retrieval --json`; rates are 0..1.

    Attributes:
        n_articles: Different ids, not rows.
        mrr: Mean of 1 / rank of the right article, 0 beyond the tenth.
    """

    n_articles: int
    n_queries: int
    hit_at_1: float
    hit_at_3: float
    hit_at_5: float
    mrr: float
    ms_per_query_p50: float


def evaluate_retrieval(
    articles_csv: Path,
    queries_csv: Path,
    *,
    encoder: Encoder,
    language: Language | None = None,
) -> RetrievalReport:
    """Learns `id,text` rows of the first file, several per article, and asks those of the second.

    With a language only its lines are used.

    Raises:
        ContentError: A file cannot be read, or a query names an article that is not there.
    """
    articles = only_language(
        read_csv(articles_csv, columns=2), language, column=1, path=articles_csv
    )
    queries = only_language(read_csv(queries_csv, columns=2), language, column=1, path=queries_csv)
    known = {line.fields[0] for line in articles}
    for line in queries:
        if line.fields[0] not in known:
            message = f"no row of {articles_csv} has the id {line.fields[0]!r}"
            raise data_fault(queries_csv, line.number, message)
    fitted = fit_labelled([(line.fields[1], line.fields[0]) for line in articles], encoder)
    rankings, times_ms = ask_each(fitted.rank, [line.fields[1] for line in queries])
    ranks = np.array(
        [_rank(ranking, line) for ranking, line in zip(rankings, queries, strict=True)]
    )
    return RetrievalReport(
        n_articles=len(known),
        n_queries=len(queries),
        hit_at_1=float((ranks <= 1).mean()),
        hit_at_3=float((ranks <= 3).mean()),  # noqa: PLR2004 - the measure's own number
        hit_at_5=float((ranks <= 5).mean()),  # noqa: PLR2004 - the measure's own number
        mrr=float((1.0 / ranks).mean()),
        ms_per_query_p50=float(np.percentile(times_ms, 50)),
    )


def _rank(ranking: Ranking, query: Line) -> float:
    """The place of the right article from 1; infinity where the ranking lacks it."""
    labels = [label for label, _ in ranking]
    return labels.index(query.fields[0]) + 1.0 if query.fields[0] in labels else float("inf")
