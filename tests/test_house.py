"""The rules of the house: who may import whom, where each third-party package lives, no clock inside."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TOP = Path(__file__).resolve().parents[1]

MAY_IMPORT = {
    "errors": set(),
    "files": {"errors"},
    "settings": {"due", "errors", "files"},
    "scheduler": set(),
    "deck": {"errors", "files"},
    "due": {"scheduler"},
    "store": {"errors", "files", "scheduler", "deck", "due", "exporters"},
    "sync": {"errors", "deck", "store"},
    "exporters": {"errors", "files", "deck", "scheduler"},
    "stats": {"scheduler"},
    "collection": {"errors", "files", "settings", "scheduler", "deck", "due", "store", "exporters", "stats", "sync"},
    "terminal": {"errors", "scheduler", "deck", "due", "collection", "stats", "store"},
    "cli": {
        *("errors", "files", "settings", "scheduler", "deck", "due", "store", "sync", "collection", "stats"),
        *("terminal", "exporters"),
    },
}
"""Which rooms each room may name; the order is that of the floors, from the ground up."""

HOME_OF = {
    "alembic": {"store"},
    "dateutil": {"cli"},
    "genanki": {"exporters"},
    "markdown_it": {"deck", "exporters", "terminal"},
    "mdit_py_plugins": {"deck"},
    "platformdirs": {"cli"},
    "rich": {"terminal", "cli"},
    "sqlalchemy": {"cli", "collection", "store", "sync"},
    "sqlmodel": {"store"},
    "typer": {"cli", "terminal"},
    "uniseg": {"terminal"},
    "yaml": {"deck"},
    "zstandard": {"exporters"},
}
"""In which rooms each third-party package may be named."""

EDGE = {"terminal", "cli"}
CLOCKS = {"now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"}


def files() -> list[Path]:
    """Return the sources of the engine and the exporters, migrations apart, which Alembic loads by itself."""
    found = [*(TOP / "srs").rglob("*.py"), *(TOP / "exporters").rglob("*.py")]
    return [file for file in found if "migrations" not in file.parts and "decks" not in file.parts]


def room_of(file: Path) -> str:
    """Return the room a file stands in."""
    parts = file.relative_to(TOP).parts
    return parts[0] if parts[0] == "exporters" else parts[1].removesuffix(".py")


def imports(file: Path) -> set[str]:
    """Return the full names of all modules a file imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: import by full name"
            found.add(node.module or "")
    return found


def named_room(module: str) -> str | None:
    """Return the room of ours that a module belongs to, if it is ours."""
    first, _, rest = module.partition(".")
    if first == "exporters":
        return first
    return rest.partition(".")[0] or None if first == "srs" else None


ROOMS = [file for file in files() if room_of(file) in MAY_IMPORT]


def test_there_is_a_house_to_look_at() -> None:
    assert {room_of(file) for file in ROOMS} == set(MAY_IMPORT)


@pytest.mark.parametrize("file", ROOMS, ids=lambda file: str(file.relative_to(TOP)))
def test_imports_run_one_way(file: Path) -> None:
    room = room_of(file)
    named = {other for module in imports(file) if (other := named_room(module))} - {room}
    assert named <= MAY_IMPORT[room]


@pytest.mark.parametrize("file", ROOMS, ids=lambda file: str(file.relative_to(TOP)))
def test_each_package_lives_in_its_room(file: Path) -> None:
    outside = (
        {module.partition(".")[0] for module in imports(file)} - set(sys.stdlib_module_names) - {"srs", "exporters"}
    )
    assert {package for package in outside if room_of(file) not in HOME_OF.get(package, set())} == set()


@pytest.mark.parametrize(
    "file", [file for file in ROOMS if room_of(file) not in EDGE], ids=lambda file: str(file.relative_to(TOP))
)
def test_only_the_edge_knows_a_clock_or_chance(file: Path) -> None:
    assert not imports(file) & {"time", "random", "secrets", "uuid"}
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not calls & CLOCKS


@pytest.mark.parametrize(
    ("module", "heavy"),
    [
        ("srs.cli.main", {"sqlalchemy", "sqlmodel", "alembic", "genanki", "markdown_it", "uniseg", "rich"}),
        ("srs.terminal.reviewing", {"alembic", "genanki"}),
        ("exporters", {"genanki", "sqlalchemy"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(module: str, heavy: set[str]) -> None:
    script = f"import sys, {module}; print(*{{name.partition('.')[0] for name in sys.modules}})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=TOP)
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize("file", files(), ids=lambda file: str(file.relative_to(TOP)))
def test_a_file_is_one_noun_of_readable_length(file: Path) -> None:
    assert len(file.read_text(encoding="utf-8").split("\n")) <= 260
