"""Domain values <-> sealed JSON: the form in which every store keeps what is about customers."""

from dataclasses import dataclass
from typing import TypeVar

from servicebot.domain.errors import UnreadableError
from servicebot.ports.seal import Seal
from servicebot.turns.stored_form import from_json, to_json

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SealedForm:
    """Writes and reads values with one seal."""

    seal: Seal

    def write(self, value: object, about: str) -> bytes:
        """The sealed JSON of a value."""
        return self.seal.close(to_json(value), about)

    def read(self, kind: type[T], sealed: bytes | str, about: str) -> T:
        """The value back.

        Raises:
            UnreadableError: The bytes are not such a value, sealed for this place.
        """
        if isinstance(sealed, str):  # SQLite gives text back where somebody wrote text by hand
            raise UnreadableError("not sealed")
        return from_json(kind, self.seal.open(sealed, about))
