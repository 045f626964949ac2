"""Answers from elsewhere: which of those read from Anki the store knows already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.due.day import LATEST
from srs.history import Adopt
from srs.history.force import InForce
from srs.history.moments import PRIMES
from srs.store.adding import moments_of_cards, not_answered_yet
from srs.store.log import merge
from tests.history.told import NOON, answer, does, from_anki

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


@pytest.mark.parametrize(("late", "known"), [(0, True), (4, True), (5, False), (-1, False)])
def test_an_answer_read_from_anki_is_known_up_to_4_ms_after_one_of_its_history(
    shelf: Shelf, late: int, known: bool
) -> None:
    """Whatever name it has there: the card goes on as another, and its old package may come later."""
    shelf.card("mile")
    shelf.card("knot", line=2)
    merge(shelf.connection, [answer(), does(Adopt(NOON + 9, "ship", "mile"), "knot")], InForce(), LATEST)
    for card in ("mile", "knot"):
        line = from_anki(answer(card=card), late, 1)
        assert not_answered_yet(shelf.connection, [line]) == ([] if known else [line])


def test_the_moments_of_each_card_are_summed_up_as_its_primes_say(shelf: Shelf) -> None:
    """Moments that have count, first and last in common, and their sum, come to something else."""
    rows = [shelf.card(name, line=number) for number, name in enumerate(("mile", "knot", "moon"), 1)]
    given = {"mile": (0, 10, 20, 40), "knot": (0, 5, 25, 40)}
    lines = [answer(ms=at, card=card) for card, moments in given.items() for at in moments]
    merge(shelf.connection, lines, InForce(), LATEST)
    found = moments_of_cards(shelf.connection)
    p, q = PRIMES
    for row, moments in zip(rows, given.values(), strict=False):
        at = [NOON + each for each in moments]
        sums = sum(each % p for each in at), sum((each % p) * (each % q) for each in at)
        assert found[row] == (4, at[0], at[-1], *sums)
    assert found[rows[0]][:4] == found[rows[1]][:4]
    assert found[rows[0]] != found[rows[1]]
    assert rows[2] not in found


def test_an_answer_of_another_card_at_that_moment_is_not_known(shelf: Shelf) -> None:
    shelf.card("mile")
    shelf.card("knot", line=2)
    merge(shelf.connection, [answer()], InForce(), LATEST)
    lines = [from_anki(answer(card=card)) for card in ("knot", "moon")]
    assert not_answered_yet(shelf.connection, lines) == lines
