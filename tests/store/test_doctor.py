"""The doctor proves that a store is whole, says what is not, and mends what follows from the history."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from srs.due.day import LATEST
from srs.history import Adopt, LogLine
from srs.history.force import InForce
from srs.store.doctor import damage, damage_beside
from srs.store.folding import refold
from srs.store.log import merge
from srs.store.memories import standing_of
from srs.store.opening import open_store
from srs.store.replaying import Replayed, replay_all
from srs.store.tables import cards, reviews
from tests.history.told import NOON, answer, does, from_anki, undo
from tests.store.shelf import Shelf, days, moment

if TYPE_CHECKING:
    from pathlib import Path


def test_a_store_that_is_whole_has_nothing_to_say(shelf: Shelf) -> None:
    """Every card is counted, and every review that stands."""
    one = shelf.card("one")
    shelf.card("never answered", line=2)
    for day in (0, 1):
        shelf.answer(one, day)
    refold(shelf.connection, [one], InForce())
    assert replay_all(shelf.connection, InForce(), write=False) == Replayed(2, 2, ())
    assert damage(shelf.connection) == ()


def test_a_memory_that_drifted_is_named_and_mended(shelf: Shelf) -> None:
    """Also one that no history gives, and one that is missing; looking alone changes nothing."""
    late, none, lost, well = (shelf.card(name, line=line) for line, name in enumerate(("late", "none", "lost", "well")))
    for card in (late, lost, well):
        shelf.answer(card)
    should = refold(shelf.connection, [late, none, lost, well], InForce())
    memory = {"interval": 5, "lapses": 0, "answered_on": days(-5), "state": "[2, 2500, 1]"}
    shelf.change(late, due=days(9))
    shelf.change(none, due=days(9), **memory)
    shelf.change(lost, due=None, **dict.fromkeys(memory))
    drifted = Replayed(4, 3, ("late", "lost", "none"))
    assert replay_all(shelf.connection, InForce(), write=False) == drifted
    assert replay_all(shelf.connection, InForce(), write=True) == drifted
    assert {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))} == should
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def test_an_answer_marked_otherwise_than_it_counts_is_named_and_mended(shelf: Shelf) -> None:
    card = shelf.card("mile")
    answers = [shelf.answer(card, day) for day in (0, 6)]
    refold(shelf.connection, [card], InForce())
    shelf.undone(answers[1])  # by nothing in the log
    drifted = Replayed(1, 2, ("mile",))
    assert [replay_all(shelf.connection, InForce(), write=write) for write in (False, True)] == [drifted, drifted]
    assert replay_all(shelf.connection, InForce(), write=False) == Replayed(1, 2, ())


def test_a_link_that_drifted_is_named_and_mended(shelf: Shelf) -> None:
    """Even between cards that were never answered, which stand alike with it and without."""
    old, _ = shelf.card("old"), shelf.card("new", line=2)
    merge(shelf.connection, [LogLine("ship", "new", Adopt(moment(days(0)), "ship", "old"))], InForce(), LATEST)
    shelf.change(old, heir_id=None)
    assert [replay_all(shelf.connection, InForce(), write=write).drifted for write in (False, True)] == [("old",)] * 2
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def test_drifted_cards_are_named_in_the_order_of_decks_and_ids(shelf: Shelf) -> None:
    for deck, name in (("ship", "b"), ("ship", "a"), ("boat", "c")):
        shelf.card(name, deck=deck, due=3)
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ("c", "a", "b")


def test_a_reference_to_a_row_that_is_not_there_is_damage(shelf: Shelf, tmp_path: Path) -> None:
    file = tmp_path / "srs.db"
    with open_store(str(file)) as store, store.writing() as connection:
        card = Shelf(connection).card("mile")
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("DELETE FROM notes")
    with open_store(str(file)) as store, store.reading() as connection:
        assert damage(connection) == (f"cards row {card} refers to notes, which is not there",)
    assert damage(shelf.connection) == ()


def test_a_page_that_nothing_refers_to_is_damage(tmp_path: Path) -> None:
    """SQLite finds it, and its words are passed on."""
    file = tmp_path / "srs.db"
    with open_store(str(file)) as store, store.writing() as connection:
        Shelf(connection).card("mile")
    with closing(sqlite3.connect(file, isolation_level=None)) as raw:
        raw.execute("PRAGMA writable_schema = ON")
        raw.execute("DELETE FROM sqlite_master WHERE name = 'cards_by_note'")
        raw.execute("PRAGMA writable_schema = RESET")
    with open_store(str(file)) as store, store.reading() as connection:
        (said,) = damage(connection)
    assert "never used" in said


def test_damage_is_found_beside_other_work_and_the_search_ends_with_it(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "srs.db")) as store:
        with store.reading() as connection, damage_beside(store, connection) as found:
            assert found() == ()
        with closing(sqlite3.connect(tmp_path / "srs.db")) as raw, raw:
            raw.execute("INSERT INTO cards (deck, name, note_id, place, retired, suspended) VALUES ('a','b',9,0,1,0)")
        with store.reading() as connection, damage_beside(store, connection) as found:
            assert found() == damage(connection) == ("cards row 1 refers to notes, which is not there",)
        with pytest.raises(KeyError), store.reading() as connection, damage_beside(store, connection) as found:
            raise KeyError


def test_names_that_were_given_away_or_undone_are_folded_with_all_that_they_hang_on(shelf: Shelf) -> None:
    """Beside them a plain card, and one told twice by Anki: what is looked at only now counts as it is."""
    lines = [
        answer(card="mile"),
        answer(1, card="sea-mile"),
        answer(card="knot"),
        from_anki(answer(card="knot"), late=2),
        answer(card="plain"),
        answer(3, card="undone"),
        undo(answer(3, card="undone")),
        does(Adopt(NOON + 9, "ship", "mile"), "sea-mile"),
    ]
    for name in ("mile", "sea-mile", "knot", "plain", "undone"):
        shelf.card(name)
    merge(shelf.connection, lines, InForce(), LATEST)
    assert replay_all(shelf.connection, InForce(), write=False) == Replayed(5, 4, ())
    should = {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))}
    keys = {row.name: row.id for row in shelf.connection.execute(select(cards))}
    shelf.connection.execute(update(reviews).values(counts=False))
    assert replay_all(shelf.connection, InForce(), write=True).drifted == ("knot", "mile", "plain", "sea-mile")
    assert {row.id: standing_of(row) for row in shelf.connection.execute(select(cards))} == should
    shelf.connection.execute(update(reviews).where(reviews.c.name_id == keys["mile"]).values(card_id=keys["plain"]))
    shelf.change(keys["sea-mile"], due=days(90))
    assert replay_all(shelf.connection, InForce(), write=True).drifted == ("mile", "sea-mile")
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def test_how_many_cards_are_proved_is_told(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.store.replaying._AT_ONCE", 2)
    for place in range(5):
        shelf.card(f"c{place}", line=place)
    told: list[tuple[int, int]] = []
    replay_all(shelf.connection, InForce(), write=False, share=lambda done, size: told.append((done, size)))
    assert told == [(2, 5), (4, 5)]
