"""House rules that no linter knows."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "servicebot").rglob("*.py"))
MOST_LINES = 300
MOST_BODY = 40
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "core"}


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize("file", SOURCES, ids=lambda f: str(f.relative_to(ROOT / "src")))
def test_a_module_is_short_and_its_functions_are_shorter(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MOST_LINES
    for function in _functions(ast.parse(text)):
        body = function.body[1:] if ast.get_docstring(function) else function.body
        if body:
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
            assert lines <= MOST_BODY, f"{file.name}:{function.lineno} {function.name}: {lines}"


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [file for file in SOURCES if file.stem in BANNED] == []


def test_nothing_names_a_path_of_a_machine() -> None:
    marks = tuple("/" + name + "/" for name in ("work", "root", "home"))
    for file in [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]:
        text = file.read_text(encoding="utf-8")
        assert not any(f'"{mark}' in text or f" {mark}" in text for mark in marks), file


def test_every_package_with_behaviour_has_tests_beside_it() -> None:
    packages = {file.relative_to(ROOT / "src" / "servicebot").parts[0] for file in SOURCES}
    folders = {name for name in packages if not name.endswith(".py")}
    tested = {folder.name for folder in (ROOT / "tests").iterdir() if folder.is_dir()}
    assert folders - tested - {"domain", "ports", "models"} == set()


def test_suppressions_name_their_code() -> None:
    for file in SOURCES:
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if "# noqa" in line:
                assert "# noqa: " in line, f"{file.name}:{number}"
            if "# type: ignore" in line:
                assert "# type: ignore[" in line, f"{file.name}:{number}"
