"""Notes that are new in the text and look like one that left it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from srs.sync.lookalikes import Adoption, lookalikes
from tests.learner import MILE
from tests.store.shelf import shelf

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.learner import Learner
    from tests.store.shelf import Shelf


@pytest.fixture
def ship() -> Iterator[Shelf]:
    """A store with a deck of which one note left the text, one stands, and one was never answered."""
    with shelf() as one:
        for name in ("mile", "knot", "rope"):
            key = one.change(one.card(name), retired=name != "knot")
            if name != "rope":
                one.answer(key)
        yield one


def alike(one: Shelf, *decks: str) -> list[Adoption]:
    """Return what looks the same as what left the text."""
    return list(lookalikes(one.connection, decks or ("ship", "boat")))


def test_a_note_that_moved_to_another_deck_is_known_by_its_id(ship: Shelf) -> None:
    ship.card("mile", note=ship.note("mile", deck="boat", asks="How far"), deck="boat")
    assert alike(ship) == [Adoption(("ship", "mile"), ("boat", "mile"))]


def test_a_note_that_got_another_id_is_known_by_its_heading(ship: Shelf) -> None:
    ship.card("sea-mile", note=ship.note("sea-mile", asks="mile"))
    assert alike(ship) == [Adoption(("ship", "mile"), ("ship", "sea-mile"))]


def test_what_stands_or_was_never_answered_is_not_looked_for(ship: Shelf) -> None:
    ship.card("knot", deck="boat")
    ship.card("rope", deck="boat")
    assert alike(ship) == []


def test_what_has_answers_of_its_own_or_does_not_stand_looks_like_nothing(ship: Shelf) -> None:
    ship.answer(ship.card("sea-mile", note=ship.note("sea-mile", asks="mile")))
    ship.change(ship.card("old-mile", note=ship.note("old-mile", asks="mile")), retired=True)
    assert alike(ship) == []


def test_what_goes_on_elsewhere_is_not_looked_for() -> None:
    with shelf() as ship:
        old, new = ship.card("mile"), ship.card("sea-mile", note=ship.note("sea-mile", asks="mile"))
        ship.answer(ship.change(old, retired=True))
        assert alike(ship) == [Adoption(("ship", "mile"), ("ship", "sea-mile"))]
        ship.change(old, heir_id=new)
        assert alike(ship) == []


def test_a_deck_whose_namespace_changed_is_told_as_one(ship: Shelf) -> None:
    """Its notes stand as far as the store knows, but the deck is not here."""
    for name in ("knot", "mile", "sea-mile"):
        ship.card(name, deck="vessel")
    assert alike(ship, "vessel") == [Adoption(("ship", ""), ("vessel", ""))]


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
    assert sailor.srs("sync") == f"Nothing changed; the store is up to date with the decks.\n{told}"
    sailor.srs("adopt", "ship:mile", new)
    assert sailor.srs("sync") == "Nothing changed; the store is up to date with the decks.\n"
    assert sailor.progress() == {new.partition(":")[2]: (1, "2026-12-02")}


def test_other_commands_tell_it_beside_what_they_print(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    outcome = sailor.types("cards", "--json")
    left, alike = outcome.err.splitlines()
    assert left.startswith("1 card left the text: mile; ")
    assert alike.startswith("ship:sea-mile looks like ship:mile")


def test_it_is_told_once_the_mistake_that_kept_the_old_note_is_gone(sailor: Learner) -> None:
    """While a deck has a mistake nothing of it is retired, so that there is nothing to adopt yet."""
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    sailor.edit("ship/sea.md", "{{c2::", "{{cx::")
    assert "looks like" not in sailor.types("sync").out
    sailor.edit("ship/sea.md", "{{cx::", "{{c2::")
    assert "ship:sea-mile looks like ship:mile" in sailor.types("cards").err
    assert "ship:sea-mile looks like ship:mile" in sailor.srs("sync")


def test_it_is_told_until_the_note_has_answers_of_its_own(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    sailor.srs("sync")
    sailor.srs("answer", "sea-mile", "good")
    assert "looks like" not in sailor.srs("sync")


def test_of_a_history_with_two_names_the_later_is_told(sailor: Learner) -> None:
    """The earlier would leave behind what was answered since, and name a deck that goes on as another already."""
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/deck.toml", 'namespace = "ship"', 'namespace = "vessel"')
    sailor.srs("adopt", "ship:", "vessel:")
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", MILE, "")
    sailor.write("boat/x.md", MILE)
    assert "boat:mile looks like vessel:mile, which is gone: `srs adopt vessel:mile boat:mile`" in sailor.srs("sync")
    sailor.srs("adopt", "vessel:mile", "boat:mile")
    assert "looks like" not in sailor.srs("sync")
    assert sailor.srs("show", "boat:mile").count("grade 4") == 2


def test_a_note_without_an_id_is_known_by_its_body(sailor: Learner) -> None:
    bare = MILE.replace(" {#mile}", "")
    sailor.edit("ship/sea.md", MILE, bare)
    (old,) = (card["id"] for card in json.loads(sailor.srs("cards", "mile", "--json")))
    sailor.srs("answer", old, "good")
    sailor.edit("ship/sea.md", bare, bare.replace("How long is", "What length has"))
    (new,) = (card["id"] for card in json.loads(sailor.srs("cards", "length", "--json")))
    assert f"ship:{new} looks like ship:{old}, which is gone" in sailor.srs("sync")
    sailor.write("ship/more.md", bare.replace("How long is", "And what is"))
    assert "looks like" not in sailor.srs("sync")


def test_cards_that_left_the_text_are_told_by_whatever_reads_it_next(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.edit("ship/sea.md", MILE, "")
    outcome = sailor.types("cards", "--json")
    assert outcome.err == (
        "1 card left the text: mile; what was learnt is kept, and comes back with the text (`srs cards --retired`)\n"
    )
    assert sailor.types("cards", "--json").err == ""
