"""The shape of the code: small files and functions, docstrings, no hidden imports, one clock."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path for path in (ROOT / "app").rglob("*.py") if "migrations/versions" not in path.as_posix()
)
TEST_MODULES = sorted((ROOT / "tests").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def length(function: Function) -> int:
    assert function.end_lineno is not None
    return function.end_lineno - function.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_is_short_and_says_what_it_is_for(path: Path) -> None:
    source = path.read_text("utf-8")
    tree = ast.parse(source)

    assert len(source.splitlines()) <= 400
    assert ast.get_docstring(tree), "a module says in a few lines what it decides"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    limit = 30 if path.name == "views.py" or path.parent.name == "views" else 50
    tree = ast.parse(path.read_text("utf-8"))

    too_long = {f.name: length(f) for f in functions(tree) if length(f) > limit}

    assert not too_long


def test_the_wiring_is_short() -> None:
    tree = ast.parse((ROOT / "app" / "__init__.py").read_text("utf-8"))

    (create_app,) = [f for f in functions(tree) if f.name == "create_app"]

    assert length(create_app) <= 60


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_no_import_hides_in_a_function(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))

    hidden = [
        f"{function.name}:{node.lineno}"
        for function in functions(tree)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert not hidden


@pytest.mark.parametrize("path", TEST_MODULES, ids=name_of)
def test_a_test_module_stays_readable(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 600


def public_law_functions() -> list[tuple[str, Function]]:
    found = []
    for path in MODULES:
        parts = {path.stem, path.parent.name}
        if parts & {"rules", "services"}:
            tree = ast.parse(path.read_text("utf-8"))
            found += [
                (f"{name_of(path)}:{node.name}", node)
                for node in tree.body
                if isinstance(node, Function) and not node.name.startswith("_")
            ]
    return found


@pytest.mark.parametrize(
    "function",
    [f for _name, f in public_law_functions()],
    ids=[n for n, _f in public_law_functions()],
)
def test_rules_and_services_say_what_they_give(function: Function) -> None:
    assert ast.get_docstring(function)


def test_sql_is_never_put_together_from_strings() -> None:
    """`text()` with an f-string or a concatenation would open the door to injection."""
    found = []
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                called = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
                built = node.args and isinstance(node.args[0], ast.JoinedStr | ast.BinOp)
                if called in ("text", "exec_driver_sql") and built:
                    found.append(f"{name_of(path)}:{node.lineno}")

    assert not found
