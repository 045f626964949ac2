"""Whose history a card shows: what adoptions come to in the text as it is here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

import pytest
from sqlalchemy import select, update

from srs.due.day import LATEST
from srs.history import ANKI, Adopt, Flag, LogLine, Review, Standing, Suspend, Undo
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.chaining import links, read_links, rechain
from srs.store.folding import refold
from srs.store.log import merge
from srs.store.memories import standing_of
from srs.store.replaying import replay_all
from srs.store.tables import cards
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.store.shelf import Shelf

NOON = moment(DAY)


def review(card: str, day: int = 0, grade: int = 4) -> LogLine:
    """Return an answer of a card, at noon some days from now."""
    return LogLine("ship", card, Review(moment(days(day)), days(day), Grade(grade), 1000, "script"))


def adopt(new: str, old: str, at: int = 0) -> LogLine:
    """Return an adoption, so many ms after noon."""
    return LogLine("ship", new, Adopt(NOON + at, "ship", old))


def takes(shelf: Shelf, *lines: LogLine) -> None:
    """Merge lines, and see that what is kept is what their fold gives."""
    merge(shelf.connection, lines, InForce(), LATEST)
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def stands(shelf: Shelf, key: int) -> Standing:
    """Return how a card stands."""
    return standing_of(shelf.connection.execute(select(cards).where(cards.c.id == key)).one())


def interval(shelf: Shelf, key: int) -> int:
    """Return a card's interval in days; 0 for a new one."""
    memory = stands(shelf, key).memory
    return memory.interval if memory else 0


def text(shelf: Shelf, key: int, *, stands: bool) -> None:
    """Let a card leave the text or come back."""
    shelf.connection.execute(update(cards).where(cards.c.id == key).values(retired=not stands))
    refold(shelf.connection, rechain(shelf.connection), InForce())
    assert replay_all(shelf.connection, InForce(), write=False).drifted == ()


def test_a_history_is_shown_by_its_latest_name_that_stands_in_the_text(shelf: Shelf) -> None:
    """Another computer's text may be older than the log; lines of any name count, those that come later too."""
    old, new = shelf.card("old"), shelf.card("new", line=2)
    takes(shelf, review("old", -8), adopt("new", "old"), review("new", -7))
    assert (interval(shelf, old), interval(shelf, new)) == (0, 6)
    text(shelf, new, stands=False)
    assert (interval(shelf, old), interval(shelf, new)) == (6, 0)
    takes(shelf, review("old", -1))
    assert interval(shelf, old) > 6
    text(shelf, new, stands=True)
    assert (interval(shelf, old), interval(shelf, new) > 6) == (0, True)


def test_acts_on_a_name_that_no_text_had_count_for_the_name_that_shows_its_history(shelf: Shelf) -> None:
    """The other computer's text is newer: it suspends the card under a name that is not known here."""
    old = shelf.card("old")
    takes(shelf, adopt("new", "old"), LogLine("ship", "new", Suspend(NOON + 1)))
    takes(shelf, LogLine("ship", "new", Flag(NOON + 2, "why?")))
    assert stands(shelf, old) == Standing(suspended=True, remark="why?")


@pytest.mark.parametrize("at", [-9, 9])
def test_an_undone_adoption_gives_each_name_its_own_back(shelf: Shelf, at: int) -> None:
    """Whichever of the two comes first, and whatever would take back the undo."""
    old, new = shelf.card("old"), shelf.card("new", line=2)
    takes(shelf, review("old", -8), adopt("new", "old"), review("new", -7))
    takes(shelf, LogLine("ship", "new", Undo(NOON + at, NOON, "adopt")))
    takes(shelf, LogLine("ship", "new", Undo(NOON + 10, NOON + at, "undo")))
    assert (interval(shelf, old), interval(shelf, new)) == (1, 1)
    assert [link.heir for link in read_links(shelf.connection).values()] == [None, None]


def test_an_answer_read_from_anki_is_known_by_an_adoption_that_was_undone(shelf: Shelf) -> None:
    """Another computer exported it while the adoption stood, under the name that it had then."""
    old, new = shelf.card("old"), shelf.card("new", line=2)
    takes(shelf, review("old"), adopt("new", "old", 5), LogLine("ship", "new", Undo(NOON + 9, NOON + 5, "adopt")))
    takes(shelf, LogLine("ship", "new", Review(NOON + 2, days(1), Grade.GOOD, 1000, ANKI)))
    assert (interval(shelf, old), interval(shelf, new)) == (1, 0)


def test_an_answer_under_an_adopted_name_is_undone_by_its_own_name(shelf: Shelf) -> None:
    shelf.card("old")
    new = shelf.card("new", line=2)
    takes(shelf, review("old", -8), review("new", -7), adopt("new", "old"))
    takes(shelf, LogLine("ship", "new", Undo(NOON, moment(days(-8)))))
    assert interval(shelf, new) == 6  # an undo names the name that the answer was given under
    takes(shelf, LogLine("ship", "old", Undo(NOON, moment(days(-8)))))
    assert interval(shelf, new) == 1


def test_an_adoption_of_a_note_is_one_of_each_of_its_cards(shelf: Shelf) -> None:
    before = shelf.note("old")
    was = [shelf.card(f"old/c{part}", note=before) for part in (1, 2)]
    note = shelf.note("new", line=9)
    now = [shelf.card(f"new/c{part}", note=note) for part in (1, 2)]
    takes(shelf, review("old/c1"), review("old/c2", -1, 1), adopt("new", "old", 1))
    assert [interval(shelf, key) for key in was] == [0, 0]
    memories = [stands(shelf, key).memory for key in now]
    assert [memory.answered_on for memory in memories if memory] == [DAY, days(-1)]


def test_a_circle_is_shown_by_one_of_its_names(shelf: Shelf) -> None:
    one, two = shelf.card("one"), shelf.card("two", line=2)
    takes(shelf, review("one", -8), adopt("two", "one"), adopt("one", "two", 1), review("two", -7))
    assert (interval(shelf, one), interval(shelf, two)) == (6, 0)


def test_a_merge_looks_at_names_only_where_it_brings_some(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers of known cards come every day, adoptions once in a while."""
    shelf.card("old")
    new = shelf.card("new", line=2)
    takes(shelf, review("old", -8), adopt("new", "old"))
    with monkeypatch.context() as patch:
        patch.setattr("srs.store.taking.rechain", lambda _: pytest.fail("looked at all names"))
        merge(shelf.connection, [review("new", -7), LogLine("ship", "new", Suspend(NOON))], InForce(), LATEST)
    assert (interval(shelf, new), stands(shelf, new).suspended) == (6, True)
    takes(shelf, adopt("newest", "new", 2), LogLine("ship", "newest", Flag(NOON + 3, "why?")))
    assert stands(shelf, new).remark == "why?"  # a name that no text has came in


def test_of_a_deck_only_the_cards_that_adoptions_name_are_read(shelf: Shelf) -> None:
    note = shelf.note("new", line=9)
    for name in ("new/c1", "new/c2"):
        shelf.card(name, note=note)
    for line in range(20):
        shelf.card(f"other{line}", line=line)
    takes(shelf, review("old/c1", -8), adopt("new", "old"))
    rows: list[Any] = []

    class Counting:
        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 -- whatever a connection has
            return getattr(shelf.connection, name)

        def execute(self, query: Any, values: Any = None) -> Any:  # noqa: ANN401 -- any statement
            found = shelf.connection.execute(query, values).freeze()
            rows.extend(found().all())
            return found()

    assert len(links(cast("Connection", Counting()))) == 3
    assert {row.name for row in rows if "name" in row._fields} == {"old/c1", "new/c1", "new/c2"}
