"""One line as the head of an article has it behind a field's name."""

from typing import Any, Final

import yaml

from servicebot.content.yaml_depth import require_shallow

_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def yaml_scalar(words: str) -> str:
    """One line as YAML reads it; quoted only where it has to be."""
    if read_scalar(words) == words:
        return words
    quoted = yaml.safe_dump(words, allow_unicode=True, default_style='"', width=10_000)
    return str(quoted).strip()


def read_scalar(words: str) -> object:
    """One line as YAML reads it behind a field's name; None where it cannot."""
    text = f"a: {words}\n"
    try:
        require_shallow(text)
        told: Any = yaml.load(text, Loader=_LOADER)  # noqa: S506  text only
    except (yaml.YAMLError, ValueError):
        return None
    return told.get("a") if isinstance(told, dict) else None
