"""Names for a shell that completes words: as they begin, in order, and never an error."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import insert

from srs.store.names import card_names, deck_names, tag_names
from srs.store.opening import open_store
from srs.store.tables import cards
from tests.store.shelf import Shelf

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with cards in two decks."""
    found = tmp_path / "srs 100%.db"
    with open_store(str(found)) as store, store.writing() as connection:
        shelf = Shelf(connection)
        for line, name in enumerate(("moor", "mile", "Mole", "m_x", "knot"), 1):
            shelf.card(name, line=line, tags="sea exam")
        shelf.change(shelf.card("mast", line=9), retired=True)
        shelf.card("oar", deck="boat", tags="exam deep")
        shelf.card("oar", deck="raft", tags="deep")
    return found


def test_cards_are_named_in_order_and_without_retired_ones(file: Path) -> None:
    assert card_names(file, "m") == ["m_x", "mile", "moor"]
    assert card_names(file, "mi") == ["mile"]
    assert card_names(file, "m_") == ["m_x"]
    assert card_names(file, "%") == card_names(file, "x") == []
    assert card_names(file, "") == ["Mole", "knot", "m_x", "mile", "moor", "oar"]


def test_decks_and_tags_are_named_once_each(file: Path) -> None:
    assert deck_names(file, "") == ["boat", "raft", "ship"]
    assert deck_names(file, "s") == ["ship"]
    assert tag_names(file, "") == ["deep", "exam", "sea"]
    assert tag_names(file, "e") == ["exam"]


def test_a_shell_is_offered_two_hundred_cards_at_most(file: Path) -> None:
    with open_store(str(file)) as store, store.writing() as connection:
        stub = {"deck": "ship", "place": 0, "retired": False, "suspended": False, "note_id": 1}
        connection.execute(insert(cards), [stub | {"name": f"z{n:03}"} for n in range(201)])
    assert card_names(file, "z") == [f"z{n:03}" for n in range(200)]


def test_what_cannot_be_read_offers_nothing(tmp_path: Path) -> None:
    words = tmp_path / "words.db"
    words.write_text("Dear diary", encoding="utf-8")
    for file in (words, tmp_path, tmp_path / "nowhere.db"):
        assert card_names(file, "") == deck_names(file, "") == tag_names(file, "") == []
    assert not (tmp_path / "nowhere.db").exists()
    empty = tmp_path / "empty.db"
    with closing(empty.open("w")):
        assert card_names(empty, "") == []
