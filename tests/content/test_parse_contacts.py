"""The list of numbers and hosts that may be named is checked like every table."""

from datetime import date
from pathlib import Path

import pytest

from servicebot.content.load import load_contacts, load_content
from servicebot.content.parse_contacts import parse_contacts
from servicebot.content.read_text import SourceText
from servicebot.domain.errors import ContentError

HEADER = "name,value,what,valid_from,valid_until,source\n"


def table(*rows: str) -> SourceText:
    return SourceText(path="knowledge_base/values/contacts.csv", text=HEADER + "\n".join(rows))


def test_a_number_and_a_host_are_read_with_their_days() -> None:
    number, host = parse_contacts(
        table(
            "line,95000,hotline,2026-01-01,2026-12-31,sample", "host,a.cn,site,2026-01-01,,sample"
        )
    )
    assert (number.contact.value, number.contact.valid_until) == ("95000", date(2026, 12, 31))
    assert (host.contact.value, host.contact.valid_until) == ("a.cn", None)
    assert number.value.value == "95000"


@pytest.mark.parametrize(
    ("row", "rule"),
    [
        ("line,95 000,hotline,2026-01-01,,sample", "contact"),
        ("line,https://a.cn,site,2026-01-01,,sample", "contact"),
        ("line,A.cn,site,2026-01-01,,sample", "contact"),
        ("line,localhost,site,2026-01-01,,sample", "contact"),
        ("line,95000,,2026-01-01,,sample", "empty-cell"),
        ("line,95000,hotline,2026-01-01,,", "empty-cell"),
        ("line,95000,hotline,2026-13-01,,sample", "date"),
        ("line,95000,hotline,2026-01-01,soon,sample", "date"),
        ("line,95000,hotline,2026-01-02,2026-01-01,sample", "valid-order"),
        ("line,95000", "too-few-cells"),
    ],
)
def test_a_wrong_row_is_told_with_its_rule(row: str, rule: str) -> None:
    with pytest.raises(ContentError) as error:
        parse_contacts(table(row))
    assert rule in {fault.rule for fault in error.value.faults}


def test_the_list_is_the_same_alone_and_with_all_content(project: Path) -> None:
    alone = load_contacts(project)
    assert tuple(load_content(project).contacts.values()) == alone
    assert {"110", "119", "12356", "12378", "96110"} <= {one.contact.value for one in alone}
    samples = {one.name for one in alone if one.source == "sandbox sample"}
    assert samples == {"line_bank", "host_bank", "account_bank"}
