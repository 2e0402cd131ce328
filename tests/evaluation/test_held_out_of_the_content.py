"""The shipped content's held-out phrases, asked as customers would. The floors may only rise.

They were written by hands that wrote none of the examples asked for, and neither encoder nor head
has learnt from them; half of them set the thresholds, these are the other half. The figures are no
figures on customers.
"""

import pytest

from servicebot.content.content import Content
from servicebot.domain.understanding import Language
from servicebot.evaluation.held_out import evaluate_held_out
from servicebot.understanding.understand import Understander

FLOORS = {Language.ZH: (0.79, 0.91), Language.EN: (0.66, 0.83)}


def test_hit_rates_do_not_fall(content: Content, understander: Understander) -> None:
    reports = {report.language: report for report in evaluate_held_out(content, understander)}
    for language, (at_1, at_3) in FLOORS.items():
        assert reports[language].asked > 500
        assert reports[language].hit_at_1 >= at_1
        assert reports[language].hit_at_3 >= at_3


@pytest.mark.parametrize("language", list(Language))
def test_the_threshold_rests_on_enough_messages(
    understander: Understander, language: Language
) -> None:
    answer, _ = understander.thresholds()[language]
    assert answer.answered > 250
    assert answer.bound <= 0.10
