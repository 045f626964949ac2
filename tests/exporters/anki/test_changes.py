"""The words by which notes are found in Anki's browser."""

from __future__ import annotations

from dataclasses import replace

from exporters.anki.changes import heading, search
from exporters.anki.note_types import CLOZE_ID, ORDINARY_ID
from exporters.anki.record import Record

MILE = Record("guid", ORDINARY_ID, "Ship::Sea", "", ("a_mile", "How long?"), (0,), changed_s=9)


def test_notes_are_found_by_deck_and_id_and_nothing_by_nothing() -> None:
    """A sign that stands for any other is taken as itself; cards may have stayed in the deck they came to first."""
    others = [replace(MILE, fields=("red", "Where?")), replace(MILE, deck="Boat", fields=("oars", "How many?"))]
    assert search([MILE, *others]) == (
        r'("note:srs" "deck:Ship" ("Id:a\_mile" OR "Id:red")) OR ("note:srs" "deck:Boat" ("Id:oars"))'
    )
    assert search([]) == ""


def test_a_note_type_is_told_by_its_whole_name() -> None:
    """A note that became a cloze shares all with the cloze but the type."""
    assert search([replace(MILE, note_type=CLOZE_ID)], [MILE]) == r'("note:srs cloze" "deck:Ship" ("Id:a\_mile"))'


def test_a_note_like_a_living_one_is_told_by_its_time() -> None:
    """In another namespace the same deck name and id are those of another note; Anki takes no notice of case."""
    living = replace(MILE, guid="other", deck="ship::Ocean", changed_s=12)
    assert search([MILE], [living]) == r'("note:srs" "deck:Ship" (("Id:a\_mile" "Spare1:9")))'


def test_a_heading_is_told_as_text() -> None:
    assert heading(replace(MILE, fields=("x", "Is <b>1 &lt; 2</b>\n<br>so?"))) == "Is 1 < 2 so?"
