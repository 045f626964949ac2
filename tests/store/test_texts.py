"""Deck text in the store: a change is written whole, and read back as it was."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from sqlalchemy import insert, select

from srs.deck import Chapter
from srs.store.called import standing_notes
from srs.store.known import CardPut, KnownCard, KnownNote, NotePut, Rename, TextChange
from srs.store.marks import read_stamps
from srs.store.stamps import GONE, ChapterStamp
from srs.store.tables import cards, notes
from srs.store.texts import loose_cards, notes_of, places_of, write_change
from srs.store.values import Choice, StandingNote
from tests.store.shelf import shelf as open_shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.store.shelf import Shelf

STAMP = ChapterStamp("sea.md", 100, 5_000_000_000)
SEA = (Chapter(PurePosixPath("sea.md"), "Sea", ("sea", "exam"), "A log book"), STAMP)
MILE = NotePut("mile", None, "sea.md", 9, "basic", "## Mile?", changed=True, cards=(CardPut("mile", 0, None),))
HOW = NotePut(
    *("how", None, "sea.md", 3, "steps", "## How?"),
    changed=True,
    cards=(CardPut("how", 0, None), CardPut("how/c1", 1, None)),
)


@pytest.fixture
def written() -> Iterator[Shelf]:
    """A store that has read one chapter of two notes, at moment 7: notes 1 and 2, cards 1 to 3."""
    with open_shelf() as shelf:
        write_change(shelf.connection, TextChange("ship", (SEA,), (HOW, MILE)), 7)
        yield shelf


def test_a_chapter_is_read_back_as_it_was_written(written: Shelf) -> None:
    assert read_stamps(written.connection, "ship") == {"sea.md": STAMP}
    assert read_stamps(written.connection, "boat") == {}
    how, mile = standing_notes(written.connection, Choice(("ship",)))
    chapter = Chapter(PurePosixPath("sea.md"), "Sea", ("sea", "exam"), "A log book")
    assert how == StandingNote(1, "how", "ship", chapter, "## How?", 3, 7)
    assert mile == StandingNote(2, "mile", "ship", chapter, "## Mile?", 9, 7)
    rows = written.connection.execute(select(cards).order_by(cards.c.id)).all()
    assert [(row.deck, row.name, row.note_id, row.place, row.retired, row.suspended, row.due) for row in rows] == [
        ("ship", "how", 1, 0, False, False, None),
        ("ship", "how/c1", 1, 1, False, False, None),
        ("ship", "mile", 2, 0, False, False, None),
    ]
    assert list(written.connection.scalars(select(notes.c.kind).order_by(notes.c.id))) == ["steps", "basic"]


def test_known_notes_are_found_by_id_and_by_chapter(written: Shelf) -> None:
    how = KnownNote(
        *(1, "how", "sea.md", "## How?", ("sea", "exam"), "A log book"),
        cards=(KnownCard(1, "how", retired=False), KnownCard(2, "how/c1", retired=False)),
    )
    assert notes_of(written.connection, "ship", ["how", "nothing"], []) == [how]
    assert [note.name for note in notes_of(written.connection, "ship", ["mile"], ["sea.md"])] == ["mile", "how"]
    assert notes_of(written.connection, "ship", [], ["sky.md"]) == []
    assert notes_of(written.connection, "boat", ["how"], ["sea.md"]) == []


def test_a_changed_note_gets_the_moment_of_its_change(written: Shelf) -> None:
    """One that only moved within its file keeps its own."""
    puts = (
        replace(HOW, key=1, line=4, changed=False, cards=(CardPut("how", 1, 1), CardPut("how/c1", 0, 2))),
        replace(MILE, key=2, text="## Miles?", kind="set", cards=(CardPut("mile", 0, 3),)),
    )
    write_change(written.connection, TextChange("ship", ((replace(SEA[0], title="Ocean"), STAMP),), puts), 8)
    how, mile = standing_notes(written.connection, Choice(("ship",)))
    assert (how.line, how.changed_ms, how.chapter.title) == (4, 7, "Ocean")
    assert (mile.text, mile.changed_ms) == ("## Miles?", 8)
    assert list(written.connection.scalars(select(cards.c.place).order_by(cards.c.id))) == [1, 0, 0]
    assert len(read_stamps(written.connection, "ship")) == 1


def test_a_note_moves_to_another_chapter_with_its_row(written: Shelf) -> None:
    sky = (Chapter(PurePosixPath("sky.md"), "Sky"), ChapterStamp("sky.md", 5, 6))
    moved = replace(MILE, key=2, path="sky.md", cards=(CardPut("mile", 0, 3),))
    write_change(written.connection, TextChange("ship", (sky,), (moved,)), 8)
    assert [(note.key, str(note.chapter.path)) for note in standing_notes(written.connection, Choice(("ship",)))] == [
        (1, "sea.md"),
        (2, "sky.md"),
    ]


def test_renamed_rows_keep_all_else(written: Shelf) -> None:
    change = TextChange(
        "ship",
        (),
        (),
        renamed_notes=(Rename(2, "mile", "league"),),
        renamed_cards=(Rename(3, "mile", "league"), Rename(2, "how/c1", "how/c9")),
    )
    write_change(written.connection, change, 8)
    found = notes_of(written.connection, "ship", ["league", "how", "mile"], [])
    assert [(note.key, note.name, [card.name for card in note.cards]) for note in found] == [
        (1, "how", ["how", "how/c9"]),
        (2, "league", ["league"]),
    ]


def test_a_retired_card_stands_no_longer_and_returns_with_its_text(written: Shelf) -> None:
    write_change(written.connection, TextChange("ship", (), (), retired=(3, 2)), 8)
    assert [note.name for note in standing_notes(written.connection, Choice(("ship",)))] == ["how"]
    (how, mile) = notes_of(written.connection, "ship", ["how", "mile"], [])
    assert [card.retired for card in (*how.cards, *mile.cards)] == [False, True, True]
    back = replace(MILE, key=2, changed=False, cards=(CardPut("mile", 0, 3),))
    write_change(written.connection, TextChange("ship", (SEA,), (back,)), 9)
    assert [note.name for note in standing_notes(written.connection, Choice(("ship",)))] == ["how", "mile"]


def test_a_file_that_is_gone_is_missed_only_once(written: Shelf) -> None:
    """Its row stays, for the notes that stood there last; a file of that path that comes back is read again."""
    other = (Chapter(PurePosixPath("sky.md"), "Sky"), ChapterStamp("sky.md", 5, 6))
    write_change(written.connection, TextChange("ship", (other,), ()), 8)
    write_change(written.connection, TextChange("ship", (), (), gone=("sea.md",)), 9)
    assert read_stamps(written.connection, "ship") == {"sea.md": ChapterStamp("sea.md", GONE, 0), "sky.md": other[1]}
    write_change(written.connection, TextChange("ship", (SEA,), ()), 10)
    assert read_stamps(written.connection, "ship") == {"sea.md": STAMP, "sky.md": other[1]}


def test_a_file_that_is_gone_from_one_deck_stays_in_another(written: Shelf) -> None:
    write_change(written.connection, TextChange("boat", (SEA,), ()), 8)
    write_change(written.connection, TextChange("boat", (), (), gone=("sea.md",)), 9)
    assert read_stamps(written.connection, "ship") == {"sea.md": STAMP}
    assert read_stamps(written.connection, "boat") == {"sea.md": ChapterStamp("sea.md", GONE, 0)}


def test_cards_of_a_merged_history_are_loose_until_a_deck_brings_them(written: Shelf) -> None:
    """Those of other decks are not, nor those under none, nor cards with text."""
    stub = insert(cards).returning(cards.c.id)
    values = {"place": 0, "retired": True, "suspended": False}
    for deck, name in (("ship", "moon"), ("boat", "moon"), ("ship", "sun"), ("boat", "star"), ("ship", "x")):
        written.connection.execute(stub.values(deck=deck, name=name, **values))
    found = loose_cards(written.connection, "ship", ["moon", "sun", "star", "mile", "how"])
    assert sorted((card.name, card.key, card.retired) for card in found) == [("moon", 4, True), ("sun", 6, True)]
    moon = NotePut("moon", None, "sea.md", 20, "basic", "## Moon?", changed=True, cards=(CardPut("moon", 0, 4),))
    sun = replace(moon, name="sun", line=30, cards=(CardPut("sun", 0, 6),))
    write_change(written.connection, TextChange("ship", (SEA,), (moon, sun)), 9)
    rows = written.connection.execute(select(cards).where(cards.c.id.in_([4, 6])).order_by(cards.c.id)).all()
    assert [(row.deck, row.name, row.retired, row.note_id is None) for row in rows] == [
        ("ship", "moon", False, False),
        ("ship", "sun", False, False),
    ]


def test_the_place_of_an_id_is_where_its_note_stands_today(written: Shelf) -> None:
    def places(*paths: str) -> dict[str, tuple[str, int]]:
        return places_of(written.connection, "ship", ["how", "mile", "nothing"], paths)

    assert places("sea.md", "sky.md") == {"how": ("sea.md", 3), "mile": ("sea.md", 9)}
    assert places("sky.md") == places() == {}
    assert places_of(written.connection, "ship", ["mile"], ["sea.md"]) == {"mile": ("sea.md", 9)}
    assert places_of(written.connection, "boat", ["how"], ["sea.md"]) == {}
    write_change(written.connection, TextChange("ship", (), (), retired=(3, 2)), 8)
    assert places("sea.md") == {"how": ("sea.md", 3)}


def test_notes_stand_in_the_order_of_the_decks_and_by_tag(written: Shelf) -> None:
    for deck, path, line in (("boat", "z.md", 1), ("ship", "a.md", 5), ("ship", "a.md", 2)):
        name = f"{deck}-{path}-{line}"
        written.card(name, deck=deck, path=path, line=line)
    both = [note.name for note in standing_notes(written.connection, Choice(("ship", "boat")))]
    assert both == ["boat-z.md-1", "ship-a.md-2", "ship-a.md-5", "how", "mile"]
    assert [note.name for note in standing_notes(written.connection, Choice(("boat",)))] == ["boat-z.md-1"]
    assert [note.name for note in standing_notes(written.connection, Choice(("ship", "boat"), "sea"))] == [
        "how",
        "mile",
    ]


def test_many_notes_are_written_and_found_at_once(written: Shelf) -> None:
    """More than a database takes as the parameters of one query; each new note keeps its own cards."""
    numbers = range(1, 1201)
    puts = tuple(
        replace(MILE, name=f"n{n}", line=100 + n, cards=(CardPut(f"n{n}", 0, None), CardPut(f"n{n}/c1", 1, None)))
        for n in numbers
    )
    write_change(written.connection, TextChange("ship", (SEA,), puts), 8)
    found = notes_of(written.connection, "ship", [f"n{n}" for n in numbers], [])
    assert len(found) == 1200
    assert all([card.name for card in note.cards] == [note.name, f"{note.name}/c1"] for note in found)
    every = tuple(card.key for note in found for card in note.cards)
    write_change(written.connection, TextChange("ship", (), (), retired=every), 9)
    assert len(list(standing_notes(written.connection, Choice(("ship",))))) == 2
