"""Reading text from strangers: twice the text, twice the time, whatever stands in it."""

from __future__ import annotations

import gc
import json
import time
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import Row
from exporters.anki.wording import as_markdown
from srs.deck.chapter import read_chapter
from srs.deck.uncollected import uncollected
from srs.errors import SrsError
from srs.history.folder import Mark, read_end
from srs.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

DOUBLINGS = 10
_ROUNDS = 12
_SMALL = 2_000  # characters: such texts are only run through
_SHORTEST = 0.004  # s; what takes less says nothing of how time grows
_CHAPTERS = {
    "notes": ("", "## a\n\nb *c* `d`\n\n"),
    "steps": ("## a\n\n", "1. a\n1. b {#c1}\n"),
    "clozes never closed": ("## a\n\n", "{{c1:: b\n\n"),
    "clozes": ("## a\n\n", "{{c1::a}} b\n\n"),
    "brackets never closed": ("## a\n\n", "[[ ![ b\n\n"),
    "emphasis never closed": ("## a\n\n", "*a **b _c\n"),
    "formulas never closed": ("## a\n\n", "$$a\n---\n"),
    "comments never closed": ("## a\n\n", "<!-- a\n"),
    "rows of a table": ("## a\n\n|a|b|\n|-|-|\n", "|c|d|\n"),
    "code": ("## a\n\n", "` `` ```` a\n"),
}
_LINE = {
    "card": "a",
    "deck": "b",
    "at": "2026-11-01T09:00:00.000Z",
    "day": "2026-11-01",
    "grade": 4,
    "ms": 1,
    "from": "c",
}


def rows(place: Path, scale: float) -> list[Row]:
    """Read each text doubled ten times, and give the step that grew most."""
    most = int(25_600 * scale)
    found = [
        _worst(f"a chapter of {name}", partial(_chapter, place, begin, piece), most)
        for name, (begin, piece) in _CHAPTERS.items()
    ]
    return [
        *found,
        _worst("a chapter in one line", partial(_chapter, place, "## a\n\n", "*a `b ["), int(20_000 * scale)),
        _worst("front matter", partial(_chapter, place, "---\ntags: [", "a, "), int(16_000 * scale)),
        _worst("settings", partial(_settings, place), int(16_000 * scale)),
        _worst("a file of a history folder", partial(_log, place), most),
        _worst("a field that comes back from Anki", _field, most),
    ]


def _worst(what: str, reader: Callable[[int], Callable[[], object]], most: int) -> Row:
    """Return the row of the step that took the most of its half, of texts from `most` / 1024 characters to `most`."""
    sizes = [max(1, most >> (DOUBLINGS - step)) for step in range(DOUBLINGS + 1)]
    works = [reader(size) for size in sizes]
    for work in works:  # what is loaded at the first time is
        work()
    rounds = [_round(works) for _ in range(_ROUNDS if most > _SMALL else 2)]
    taken = [min(each) for each in zip(*rounds, strict=True)]  # what others do on the machine only adds
    steps = [(twice / once, once, twice, size) for (once, twice), size in zip(pairwise(taken), sizes[1:], strict=True)]
    _, once, twice, size = max([step for step in steps if step[2] >= _SHORTEST] or steps[-1:])
    return Row(f"reading {what}, {size:,} characters", "reading half of them", twice, once, aim=2.5)


def _round(works: Sequence[Callable[[], object]]) -> list[float]:
    gc.collect()
    with uncollected():  # as where decks are read
        return [_seconds(work) for work in works]


def _seconds(work: Callable[[], object]) -> float:
    """Return the seconds of the processor that a run takes."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _chapter(place: Path, begin: str, piece: str, size: int) -> Callable[[], object]:
    data = (begin + piece * (size // len(piece))).encode()
    return lambda: read_chapter(place / "a.md", place, data)


def _settings(place: Path, size: int) -> Callable[[], object]:
    file = place / "config.toml"
    text = "decks = [" + '"a", ' * (size // 5) + "]\n"

    def read() -> None:
        file.write_text(text, encoding="utf-8")
        try:
            read_settings(file)
        except SrsError:  # beyond the limit
            return

    return read


def _log(place: Path, size: int) -> Callable[[], object]:
    line = json.dumps(_LINE) + "\n"
    (place / "one.jsonl").write_text(line * (size // len(line) + 1), encoding="utf-8")
    return lambda: read_end(place, Mark("one.jsonl"))


def _field(size: int) -> Callable[[], object]:
    text = "<b>a</b> <br <i " * (size // 16)
    return lambda: as_markdown(text)
