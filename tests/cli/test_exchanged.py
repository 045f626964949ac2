"""What `srs sync` says of an exchange, on terminals of any width and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pyte
import pytest

from exporters.anki.edits import Edit
from srs.cli.edited import tell_added
from srs.cli.exchanged import as_json, tell_exchanged
from srs.collection.exchange.terms import Exchanged, Lost
from srs.collection.importing import EditedNote
from srs.history import ANKI, Act, Bury, Forget, LogLine, Place, Resume, Review, Suspend
from srs.scheduler import Grade

if TYPE_CHECKING:
    from collections.abc import Callable

SCREENS = Path(__file__).parents[1] / "data" / "screens"
DAY, AT = date(2026, 12, 1), 1_796_115_600_000
CAME: tuple[Act, ...] = (
    *(Review(AT + number, DAY, Grade(4), 5200, ANKI) for number in range(12)),
    Suspend(AT),
    Suspend(AT + 1),
    Resume(AT),
    Bury(AT, date(2026, 12, 2)),
    Forget(AT, DAY),
    Place(AT, DAY, date(2026, 12, 9), 8, 2500),
)
SEA = Path("decks/ship/sea.md")
NOTHING = Exchanged()
EVERYTHING = Exchanged(
    made=[("ship", f"e{number}-steps") for number in range(1, 13)],
    changed=[("ship", "mile")],
    retired=[("ship", "knot"), ("ship", "rope")],
    deleted=[Lost(("ship", "green"), SEA, 31, "Where is the green light? 绿灯在哪一边？")],
    scheduled=140,
    far=9,
    otherwise=2,
    states=Counter(suspended=3, buried=1, asked=4),
    sent=1200,
    home=[LogLine("ship", "mile", act) for act in CAME],
    added=["Made on the phone", "在手机上写的"],
    looks=["srs", "srs cloze"],
)
EDITED = (
    EditedNote(SEA, 13, (Edit("g", "Answer", "<p>1852 metres.</p>", "<p>1853 metres.</p>"),), False, ""),
    EditedNote(SEA, 22, (Edit("h", "Extra", "", "<p>红灯在左舷。</p>"),), True, ""),
)
PROFILE, SERVER = "Anki's profile User 1", "https://sync.example.org/ as me"
CASES = (
    ("nothing to do", PROFILE, NOTHING, (), False, False),
    ("everything moves", SERVER, EVERYTHING, (), False, False),
    ("the same, said before", SERVER, EVERYTHING, (), False, True),
    ("edits are open", PROFILE, NOTHING, EDITED[:1], False, False),
    ("edits are written", PROFILE, NOTHING, EDITED[1:], True, False),
)


@pytest.mark.parametrize(("width", "height"), [(60, 20), (80, 24), (200, 50)])
def test_one_screen_says_what_went_which_way(
    capsys: pytest.CaptureFixture[str], golden: Callable[[Path, str], None], width: int, height: int
) -> None:
    """As a terminal of that size shows it; only on a narrow one the longest of them scrolls."""
    shown = []
    for title, door, done, edited, apply, dry_run in CASES:
        tell_exchanged(door, done, edited, apply=apply, dry_run=dry_run)
        screen = pyte.Screen(width, 99)
        pyte.Stream(screen).feed(capsys.readouterr().out.replace("\n", "\r\n"))
        lines = "\n".join(line.rstrip() for line in screen.display).rstrip("\n").split("\n")
        assert width < 80 or len(lines) < height, title
        shown += [f"--- {title}", *lines, ""]
    golden(SCREENS / f"sync-{width}x{height}.txt", "\n".join(shown))


def test_as_json_both_ways_are_told_apart(golden: Callable[[Path, str], None]) -> None:
    found = {title: as_json(door, done, edited) for title, door, done, edited, _, dry_run in CASES if not dry_run}
    golden(SCREENS / "sync.json", json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def test_of_many_notes_that_were_added_there_some_are_named_and_the_others_counted(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell_added([f"Word {number}" for number in range(1_010)])
    said = capsys.readouterr().out.split("\n")
    assert said[0].startswith("added in Anki, not here: 1,010 notes;")
    assert said[-3:] == ["  Word 7", "  … and 1,002 more", ""]
