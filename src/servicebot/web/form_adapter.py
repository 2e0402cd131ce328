"""What reads and writes a form, and what each of its fields must be."""

from collections.abc import Hashable, Mapping
from functools import cache
from types import UnionType
from typing import Any, cast

from pydantic import TypeAdapter


def form_adapter(form: type[Any] | UnionType) -> TypeAdapter[Any]:
    """Made when a form is first needed, then kept."""
    return _adapter(cast("Hashable", form))


def form_rules(form: type[Any]) -> Mapping[str, str]:
    """What each field must be, in the words of the API's document."""
    return _rules(cast("Hashable", form))


@cache
def _adapter(form: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", form))


@cache
def _rules(form: Hashable) -> Mapping[str, str]:
    fields: Mapping[str, Mapping[str, str]] = _adapter(form).json_schema()["properties"]
    return {name: field["description"] for name, field in fields.items()}
