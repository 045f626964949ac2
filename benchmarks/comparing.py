"""Two runs held against each other: which ratios have grown by more than a tenth."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from benchmarks.timing import Row

_CELLS = 6
_MORE = 1.1


def ratios(text: str) -> dict[tuple[str, str], float]:
    """Return the ratios of the tables in a text, by what was measured against what; the last, if one stands twice."""
    found: dict[tuple[str, str], float] = {}
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split(" | ")]
        if line.startswith("| ") and len(cells) in {_CELLS - 1, _CELLS} and _number(cells[4]) is not None:
            found[cells[0], cells[1]] = float(cells[4])
    return found


def slower(before: Mapping[tuple[str, str], float], rows: Iterable[Row]) -> list[str]:
    """Return a sentence for each row whose ratio, as printed, is more than a tenth over what it was."""
    printed = {(row.what, row.against): float(f"{row.ratio:.2g}") for row in rows}
    return [
        f"slower: {what}: {now:g} × {against}, {before[what, against]:g} before"
        for (what, against), now in printed.items()
        if (what, against) in before and now > _MORE * before[what, against]
    ]


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
