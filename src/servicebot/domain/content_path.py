"""Which paths are files of the content."""

from typing import Final

FOLDERS: Final = ("knowledge_base", "intents")
_SUFFIXES: Final = (".md", ".yaml", ".csv")
_MOST_PARTS: Final = 5
MOST_LENGTH: Final = 200
_MOST_NAME_BYTES: Final = 200


def _is_name(part: str) -> bool:
    """Whether a disk takes it, and no reader passes it over."""
    usual = bool(part) and not part.startswith(".") and part.isprintable()
    return usual and len(part.encode()) <= _MOST_NAME_BYTES


def is_content_path(path: str) -> bool:
    """Whether a path below the content folder is one of its files, and leads nowhere else."""
    parts = path.split("/")
    return (
        len(path) <= MOST_LENGTH
        and 1 < len(parts) <= _MOST_PARTS
        and parts[0] in FOLDERS
        and path.endswith(_SUFFIXES)
        and all(map(_is_name, parts))
        and "\\" not in path
    )
