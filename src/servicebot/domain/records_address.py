"""Where the records stand: a SQLite file or PostgreSQL, as a setting writes it."""

from typing import Final

_DRIVERS: Final = {
    "sqlite": "sqlite",
    **dict.fromkeys(("postgresql+psycopg", "postgresql", "postgres"), "postgresql+psycopg"),
}


def parse_records_address(raw: str) -> str:
    """The address with the driver named; empty for the usual file.

    Raises:
        ValueError: It is none; the words do not repeat it, for it may hold a password.
    """
    address = raw.strip()
    scheme, _, rest = address.partition("://")
    driver = _DRIVERS.get(scheme)
    if address and (driver is None or not rest.strip("/")):
        raise ValueError("write sqlite:////path/of/a/file or postgresql://user:password@host/name")
    return f"{driver}://{rest}" if address else ""
