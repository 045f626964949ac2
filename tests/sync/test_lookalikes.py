"""Notes that are new in the text and look like one that left it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.store.known import NotePut, TextChange
from srs.sync.lookalikes import Adoption, NewNote, lookalikes, new_notes
from tests.learner import MILE
from tests.store.shelf import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.learner import Learner
    from tests.store.shelf import Shelf


@pytest.fixture
def ship() -> Iterator[Shelf]:
    """A store with a deck of which one note left the text, and one that was never answered."""
    with shelf() as one:
        for name in ("mile", "knot", "rope"):
            key = one.change(one.card(name), retired=name != "knot")
            if name != "rope":
                one.answer(key)
        yield one


def alike(one: Shelf, *new: NewNote, decks: tuple[str, ...] = ("ship", "boat")) -> list[Adoption]:
    """Return what looks the same as what left the text."""
    return list(lookalikes(one.connection, new, decks))


def test_a_note_that_moved_to_another_deck_is_known_by_its_id(ship: Shelf) -> None:
    assert alike(ship, NewNote(("boat", "mile"), "")) == [Adoption(("ship", "mile"), ("boat", "mile"))]


def test_a_note_that_got_another_id_is_known_by_its_heading(ship: Shelf) -> None:
    assert alike(ship, NewNote(("ship", "sea-mile"), "## mile?")) == [Adoption(("ship", "mile"), ("ship", "sea-mile"))]


def test_what_stands_or_was_never_answered_is_not_looked_for(ship: Shelf) -> None:
    assert alike(ship, NewNote(("boat", "knot"), "## knot?"), NewNote(("boat", "rope"), "## rope?")) == []
    assert alike(ship) == []


def test_a_deck_whose_namespace_changed_is_told_as_one(ship: Shelf) -> None:
    """Its notes stand as far as the store knows, but the deck is not here."""
    new = (NewNote(("vessel", "knot"), ""), NewNote(("vessel", "mile"), ""), NewNote(("vessel", "sea-mile"), ""))
    assert alike(ship, *new, decks=("vessel",)) == [Adoption(("ship", ""), ("vessel", ""))]


def test_notes_that_the_store_knows_are_not_new() -> None:
    notes = [
        NotePut(name, key, "sea.md", 1, "basic", f"## Q: {name}? {{#{name}}}\n\nText.", changed=True, cards=())
        for name, key in (("mile", 1), ("knot", None))
    ]
    assert [each.name for each in new_notes(TextChange("ship", (), tuple(notes)))] == [("ship", "knot")]


@pytest.mark.parametrize("how", ["moved", "renamed"])
def test_a_sync_tells_it_before_and_after(sailor: Learner, how: str) -> None:
    """A dry run, too; other commands, which sync by the way, tell it on standard error."""
    sailor.srs("answer", "mile", "good")
    if how == "moved":
        sailor.edit("ship/sea.md", MILE, "")
        sailor.write("boat/x.md", MILE.replace("How long", "How far"))
    else:
        sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    new = "boat:mile" if how == "moved" else "ship:sea-mile"
    told = f"{new} looks like ship:mile, which is gone: `srs adopt ship:mile {new}` gives it its history\n"
    for words in (["--dry-run"], []):
        assert sailor.srs("sync", *words).endswith(told)
    assert sailor.srs("sync") == "Nothing changed; the store is up to date with the decks.\n"
    sailor.srs("adopt", "ship:mile", new)
    assert sailor.progress() == {new.partition(":")[2]: (1, "2026-12-02")}


def test_other_commands_tell_it_beside_what_they_print(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    outcome = sailor.types("cards", "--json")
    assert outcome.err.startswith("ship:sea-mile looks like ship:mile")
