"""The rules of the house: imports as pyproject.toml draws them, each package in its room, no clock inside."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

TOP = Path(__file__).resolve().parents[1]

HOME_OF = {
    "alembic": {"store"},
    "anki": {"exporters"},
    "dateutil": {"cli"},
    "fsrs_rs_python": {"scheduler"},
    "genanki": {"exporters"},
    "latex2mathml": {"exporters"},
    "markdown_it": {"deck", "exporters", "terminal"},
    "mdit_py_plugins": {"deck"},
    "platformdirs": {"cli"},
    "pylatexenc": {"terminal"},
    "rich": {"terminal", "cli"},
    "sqlalchemy": {"collection", "store", "sync"},
    "sqlmodel": {"store"},
    "tomlkit": {"collection"},
    "typer": {"cli", "terminal"},
    "uniseg": {"terminal"},
    "yaml": {"deck"},
    "zstandard": {"exporters"},
}
"""In which rooms each third-party package may be named."""
ANYWHERE = {"msgspec"}
"""What values are made of."""

EDGE = {"terminal", "cli"}
CHANCE = {("chance.py", "random")}
"""The one file that draws at random, and what it draws with."""
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}
LONGEST_FILE = 260


@cache
def files() -> dict[Path, ast.Module]:
    """Return the sources of the engine and the exporters, parsed; migrations apart, which Alembic loads by itself."""
    found = [*(TOP / "srs").rglob("*.py"), *(TOP / "exporters").rglob("*.py")]
    rooms = [file for file in found if "migrations" not in file.parts and "decks" not in file.parts]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in rooms}


def room_of(file: Path) -> str:
    """Return the room a file stands in."""
    parts = file.relative_to(TOP).parts
    return parts[0] if parts[0] == "exporters" else parts[1].removesuffix(".py")


def imports(tree: ast.Module) -> set[str]:
    """Return the full names of all modules a file imports, wherever in it."""
    found = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return found | {node.module or "." for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}


def test_the_rooms_know_each_other_as_they_may() -> None:
    """The contracts stand in pyproject.toml; `lint-imports` shows which one is broken, and by which import."""
    assert lint_imports(str(TOP / "pyproject.toml"), no_cache=True) == 0


def test_each_package_lives_in_its_room() -> None:
    ours = set(sys.stdlib_module_names) | {"srs", "exporters"} | ANYWHERE
    strays = {
        (str(file.relative_to(TOP)), package)
        for file, tree in files().items()
        for package in {module.partition(".")[0] for module in imports(tree)} - ours
        if room_of(file) not in HOME_OF.get(package, set())
    }
    assert len(files()) > 90
    assert strays == set()


def test_only_the_edge_knows_a_clock_or_chance() -> None:
    told = set()
    for file, tree in files().items():
        if room_of(file) in EDGE:
            continue
        calls = (node.func for node in ast.walk(tree) if isinstance(node, ast.Call))
        called = {call.attr for call in calls if isinstance(call, ast.Attribute)} & CLOCKS
        told |= {(file.name, name) for name in called | imports(tree) & {"time", "random", "secrets", "uuid"}}
    assert told == CHANCE


def test_one_place_says_text_to_people() -> None:
    """What a command prints goes through `srs.cli.saying`, in which nothing acts on a terminal; pages are drawn."""
    told = set()
    for file, tree in files().items():
        calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
        names = {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}
        told |= {(file.name, name) for name in names & {"print", "echo", "secho", "print_json", "write_json"}}
    drawn = {"compare.py", "listing.py", "mock.py", "review.py", "show.py", "stats.py", "screen.py"}
    assert told == {("saying.py", "echo"), *((name, "print") for name in drawn)}


def test_no_statement_asks_for_a_list_of_any_length() -> None:
    """A database takes so many values to a statement: longer lists come in lots."""
    told = set()
    for file, tree in files().items():
        lots = {
            name.id
            for node in ast.walk(tree)
            if isinstance(node, ast.For | ast.comprehension) and _called(node.iter) in {"in_lots", "lots"}
            for name in ast.walk(node.target)
            if isinstance(name, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _called(node) in {"in_", "not_in"}:
                (values,) = node.args
                known = {name.id for name in ast.walk(values) if isinstance(name, ast.Name)} & lots
                if not (known or _called(values) in {"_list", "bindparam"} or ast.unparse(values) in SHORT):
                    told.add((file.name, ast.unparse(values)))
    assert told == IN_LOTS_BY_THE_CALLER


SHORT = {"DRILLS", "_WELL", "('', UNSURE)", "decks", "_REMADE", "list(decks)", "choice.decks"}
"""Lists of a few values, and the decks that are read (`MOST_DECKS`)."""
IN_LOTS_BY_THE_CALLER = {
    ("chaining.py", "called"),
    ("chaining.py", "of"),
    ("earlier.py", "answered"),
    ("earlier.py", "keys"),
    ("everything.py", "wanted"),
    ("log.py", "keys"),
    ("statements.py", "these"),
    ("texts.py", "keys"),
    ("waiting.py", "names"),
    ("waiting.py", "replaced"),
}
"""What is a lot, or of one, or one or two values, at every place that gives it."""


def _called(node: ast.AST) -> str:
    """Return what a call calls, by its last name."""
    if not isinstance(node, ast.Call):
        return ""
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("srs", {"sqlalchemy", "typer", "rich", "markdown_it"}),
        ("srs.cli.main", {"sqlalchemy", "sqlmodel", "alembic", "genanki", "markdown_it", "uniseg", "rich"}),
        (
            "srs.cli.review",
            {"sqlalchemy", "pydantic", "alembic", "genanki", "pylatexenc", "uniseg", "yaml", "dateutil"},
        ),
        ("srs.cli.show", {"sqlalchemy", "pydantic", "alembic", "genanki"}),
        ("srs.cli.stats", {"sqlalchemy", "pydantic", "alembic", "genanki"}),
        pytest.param("srs.cli.export", {"sqlalchemy", "pydantic", "alembic"}, marks=pytest.mark.slow),
        ("exporters.sheet", {"sqlalchemy", "latex2mathml"}),
        ("exporters", {"genanki", "sqlalchemy"}),
        ("srs.cli.sync", {"sqlalchemy", "pydantic", "alembic", "genanki", "anki"}),
        ("srs.cli.bringing", {"anki", "genanki", "zstandard"}),
        ("srs.collection.exchange.session", {"anki"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(module: str, heavy: set[str]) -> None:
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=TOP)
    assert not heavy & set(done.stdout.split())


def test_a_file_is_one_noun_of_readable_length() -> None:
    long = {file.name for file in files() if len(file.read_text(encoding="utf-8").split("\n")) > LONGEST_FILE}
    assert long == set()
