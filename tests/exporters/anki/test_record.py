"""When two notes are the same to Anki."""

from __future__ import annotations

from dataclasses import replace

from exporters import Progress
from exporters.anki.record import Record

RECORD = Record("guid", 1, "Ship", " sea ", ("mile", "How long?"), (0,), changed_s=9)


def test_progress_is_no_part_of_what_was_given() -> None:
    """No export is remembered with it, and another answer is no other text."""
    assert replace(RECORD, progress={0: Progress(None, suspended=True)}) == RECORD
    assert replace(RECORD, changed_s=10) != RECORD


def test_anki_sees_fields_and_tags() -> None:
    assert RECORD.same_as(replace(RECORD, changed_s=10, deck="Boat"))
    assert not RECORD.same_as(replace(RECORD, tags=""))
    assert not RECORD.same_as(replace(RECORD, fields=("mile", "How far?")))
    assert RECORD.note_id == "mile"
