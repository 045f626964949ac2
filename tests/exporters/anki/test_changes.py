"""The words by which notes are found in Anki's browser."""

from __future__ import annotations

from dataclasses import replace

from exporters.anki.changes import search
from exporters.anki.record import Record

MILE = Record("guid", 1, "Ship::Sea", "", ("a_mile", "How long?"), (0,), changed_s=9)


def test_notes_are_found_by_deck_and_id_and_nothing_by_nothing() -> None:
    """A sign that stands for any other is taken as itself; cards may have stayed in the deck they came to first."""
    others = [replace(MILE, fields=("red", "Where?")), replace(MILE, deck="Boat", fields=("oars", "How many?"))]
    assert search([MILE, *others]) == (
        r'"note:srs*" (("deck:Ship" ("Id:a\_mile" OR "Id:red")) OR ("deck:Boat" ("Id:oars")))'
    )
    assert search([]) == ""
