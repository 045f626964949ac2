"""Which formats notes can be written in: ours, one line each, and those that other packages add.

A package adds one by an entry point of the group `srs.exporters`, which names a function like `Write`.
"""

from collections.abc import Iterable
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path
from typing import Protocol, cast

from exporters import ExportNote
from srs.errors import UsageError, unknown_name

GROUP = "srs.exporters"
_OURS = {"text": "exporters.text", "html": "exporters.sheet"}


class Write(Protocol):
    """Write notes to a file, whole or not at all, and return how many were written; raise SrsError if it fails."""

    def __call__(self, path: Path, notes: Iterable[ExportNote]) -> int:
        """Write the notes in this order; each is made when it is its turn."""
        ...


def formats() -> tuple[str, ...]:
    """Return the names of all formats."""
    return (*_OURS, *(point.name for point in entry_points(group=GROUP) if point.name not in _OURS))


def expect(name: str) -> None:
    """Raise UsageError if there is no format of this name, with those that there are; none is loaded for it."""
    if name not in _OURS and name not in (there := formats()):
        raise UsageError(f"no format {name!r}; {unknown_name(name, ('anki', *there))}")


def writer(name: str) -> Write:
    """Return the function that writes a format; raises UsageError as `expect` does."""
    expect(name)
    if name in _OURS:
        return cast("Write", import_module(_OURS[name]).write)
    return cast("Write", next(iter(entry_points(group=GROUP, name=name))).load())
