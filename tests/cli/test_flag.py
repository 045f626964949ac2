"""`srs flag`: a remark on a card."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def remarks(sailor: Learner) -> list[str]:
    """Return the acts on mile as the log has them."""
    return [line.partition("  ")[2] for line in sailor.srs("log", "show", "mile").splitlines()]


def test_a_remark_stands_in_place_of_any_other(sailor: Learner) -> None:
    assert sailor.srs("flag", "mile", "which mile?") == "mile flagged\n"
    assert sailor.srs("flag", "mile", " sea\n mile ") == "mile flagged\n"
    assert sailor.srs("flag", "ship:mile", "sea mile") == "ship:mile has that remark already\n"
    assert remarks(sailor) == ["mile: flagged: which mile?", "mile: flagged: sea mile"]
    assert list(sailor.cards("--flagged")) == ["mile"]


def test_a_flag_without_words_says_that_the_card_is_to_be_looked_at(sailor: Learner) -> None:
    sailor.srs("flag", "mile")
    sailor.srs("flag", "mile", " \n ")
    assert remarks(sailor) == ["mile: flagged: to be looked at"]


def test_undo_puts_the_remark_back_that_stood_before(sailor: Learner) -> None:
    sailor.srs("flag", "mile", "which mile?")
    sailor.srs("flag", "mile", "sea mile")
    assert sailor.srs("undo") == "mile: flagged: sea mile undone\n"
    assert remarks(sailor)[-1] == "mile: flagged: which mile?"
    sailor.srs("undo")
    assert sailor.cards("--flagged") == {}


def test_an_id_that_no_card_has_is_told(sailor: Learner) -> None:
    outcome = sailor.types("flag", "nope", "x")
    assert (outcome.code, outcome.err) == (1, "srs: no card nope; `srs cards` lists all cards\n")
