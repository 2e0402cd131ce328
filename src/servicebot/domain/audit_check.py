"""Finds what is wrong in an audit trail, row by row."""

import hmac
from dataclasses import dataclass

from servicebot.domain.audit import START, AuditHead, AuditRow, bond_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditFault:
    """Something that is not as it was written.

    Attributes:
        number: The row it is about.
        words: What is wrong.
    """

    number: int
    words: str


class AuditCheck:
    """Takes the rows in the order in which they are stored, then says whether the end is there."""

    def __init__(self, key: bytes, heads: tuple[AuditHead, ...]) -> None:
        """Takes the key and the heads that were kept elsewhere."""
        self._key = key
        self._heads = {head.number: head.bond for head in heads}
        self._last = START

    @property
    def last(self) -> AuditHead:
        """The end, so far."""
        return self._last

    def take(self, row: AuditRow) -> AuditFault | None:
        """The fault of the next row, if it has one; after a fault nothing more is told by it."""
        due = self._last.number + 1
        if row.number != due:
            missing = f"row {due} is missing" if row.number > due else f"row {due} is due here"
            return AuditFault(number=due, words=f"{missing}: found row {row.number} in its place")
        if row.entry is None:
            return AuditFault(number=due, words="it was changed: it cannot be read")
        bond = bond_of(self._key, row.number, row.entry, self._last.bond)
        if not hmac.compare_digest(bond.encode(), row.bond.encode()):
            words = "it was changed or moved: its bond does not fit it and the row before"
            return AuditFault(number=row.number, words=words)
        if self._heads.get(row.number, row.bond) != row.bond:
            words = "it is another row than the kept head says"
            return AuditFault(number=row.number, words=words)
        self._last = AuditHead(number=row.number, bond=row.bond)
        return None

    def end(self) -> AuditFault | None:
        """What is missing at the end."""
        furthest = max(self._heads, default=0)
        if furthest <= self._last.number:
            return None
        words = f"the end was cut off: the kept head names row {furthest}"
        return AuditFault(number=self._last.number + 1, words=words)
