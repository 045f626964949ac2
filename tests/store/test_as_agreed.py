"""Notes whose words are on both sides what was agreed on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.anki.exchange.values import NoteBase
from exporters.anki.note_types import ORDINARY_ID
from srs.deck import Kind
from srs.store.as_agreed import AsAgreed, as_agreed
from srs.store.base import UNSURE, Agreed, Revisions, write_agreed

if TYPE_CHECKING:
    from tests.store.shelf import Shelf

DOOR = "anki User 1"
SINCE = Revisions(notes=7)


def agree(shelf: Shelf, *, gone: bool = False, made_from: str = "digest", guid: str = "g", door: str = DOOR) -> int:
    """Agree on a note with a card, and return its row."""
    key = shelf.note("mile") if guid == "g" and door == DOOR else 1
    if guid == "g" and door == DOOR:
        shelf.card("mile", note=key)
    note = NoteBase({"Prompt": "mile"}, gone=gone)
    write_agreed(shelf.connection, door, {guid: Agreed(note, 11, key, ORDINARY_ID, made_from)}, {})
    return key


def found(shelf: Shelf, key: int, *decks: str) -> dict[str, AsAgreed]:
    return as_agreed(shelf.connection, DOOR, [key], SINCE, decks or ["ship"])


def test_a_note_that_was_agreed_on_is_found_without_its_words(shelf: Shelf) -> None:
    key = agree(shelf)
    assert found(shelf, key) == {"g": AsAgreed(11, key, ORDINARY_ID, Kind.BASIC)}
    agree(shelf, door="another", made_from="")
    assert list(found(shelf, key)) == ["g"]


@pytest.mark.parametrize("how", [{"gone": True}, {"made_from": ""}, {"made_from": UNSURE}], ids=str)
def test_a_note_that_must_be_looked_at_is_not_among_them(shelf: Shelf, how: dict[str, object]) -> None:
    assert found(shelf, agree(shelf, **how)) == {}  # type: ignore[arg-type] # each of its own type


def test_nor_is_one_whose_text_has_changed_since_or_stands_nowhere_or_in_no_deck_that_is_here(shelf: Shelf) -> None:
    key = agree(shelf)
    assert found(shelf, key, "other") == {}
    shelf.connection.exec_driver_sql("UPDATE notes SET revision = 8")
    assert found(shelf, key) == {}
    shelf.connection.exec_driver_sql("UPDATE notes SET revision = 7")
    assert found(shelf, key)
    shelf.connection.exec_driver_sql("UPDATE cards SET retired = 1")
    assert found(shelf, key) == {}


def test_nor_one_with_a_name_that_an_adoption_connects_or_that_was_of_another_kind(shelf: Shelf) -> None:
    key = agree(shelf)
    shelf.connection.exec_driver_sql("UPDATE cards SET kin = 1")
    assert found(shelf, key) == {}
    shelf.connection.exec_driver_sql("UPDATE cards SET kin = NULL")
    agree(shelf, guid="of old", made_from=UNSURE)
    assert found(shelf, key) == {}
