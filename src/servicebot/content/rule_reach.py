"""Every rule across files, by how far it must look: a file alone, beside its like, or everything."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from servicebot.content.content import Content
from servicebot.content.rules.contradictions import no_contradictions
from servicebot.content.rules.figures import figures_in_table, figures_of_line, placeholders_whole
from servicebot.content.rules.finding import Finding
from servicebot.content.rules.languages import same_in_both, same_placeholders
from servicebot.content.rules.near_twins import near_twins
from servicebot.content.rules.phrases import (
    doubled_phrases,
    enough_phrases,
    plain_phrases,
    taught_elsewhere,
    taught_in_acts,
)
from servicebot.content.rules.products import names_unique, products_named, products_shown
from servicebot.content.rules.promises import no_promises, no_way_out
from servicebot.content.rules.quoted import quotes_known, same_links
from servicebot.content.rules.references import (
    alone_replies_exist,
    labels_exist,
    roles_filled,
    targets_exist,
)
from servicebot.content.rules.relations import figures_agree
from servicebot.content.rules.safe import safe_texts
from servicebot.content.rules.scripts import right_language
from servicebot.content.rules.thin import thin_topics
from servicebot.content.rules.unwritten import nothing_unwritten
from servicebot.content.rules.values import values_are_figures
from servicebot.content.rules.wording import (
    answers_with_the_fact,
    no_markup,
    one_register,
    short_answers,
)

Rule = Callable[[Content], Iterable[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesByReach:
    """Rules of one level.

    Attributes:
        alone: Look at each text by itself, beside the tables.
        beside: Compare a file with those that say what it says: its twin, its line, its phrases.
        whole: Look at everything, in a few milliseconds.
        slow: Look at everything for longer; a file that is typed is not kept waiting for them.
    """

    alone: tuple[Rule, ...] = ()
    beside: tuple[Rule, ...] = ()
    whole: tuple[Rule, ...] = ()
    slow: tuple[Rule, ...] = ()

    @property
    def every(self) -> tuple[Rule, ...]:
        """All of them."""
        return (*self.alone, *self.beside, *self.whole, *self.slow)


ERRORS: Final = RulesByReach(
    alone=(
        placeholders_whole,
        figures_in_table,
        figures_of_line,
        values_are_figures,
        taught_in_acts,
        enough_phrases,
        plain_phrases,
        safe_texts,
        nothing_unwritten,
        no_promises,
        no_way_out,
        right_language,
        short_answers,
        answers_with_the_fact,
        one_register,
        no_markup,
    ),
    beside=(doubled_phrases, same_placeholders),
    whole=(
        targets_exist,
        labels_exist,
        alone_replies_exist,
        roles_filled,
        figures_agree,
        same_in_both,
        products_named,
        names_unique,
        products_shown,
    ),
    slow=(near_twins, quotes_known),
)
WARNINGS: Final = RulesByReach(
    alone=(thin_topics,), beside=(taught_elsewhere, no_contradictions, same_links)
)
