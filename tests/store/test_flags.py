"""Remarks on cards: one at most a card, taken off by an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from srs.store.flags import flag_of, read_flags, set_flag
from srs.store.tables import flags

if TYPE_CHECKING:
    from tests.store.shelf import Shelf


def test_a_card_has_one_remark_at_most(shelf: Shelf) -> None:
    one, other = shelf.card("one", line=1), shelf.card("other", line=2)
    assert (flag_of(shelf.connection, one), read_flags(shelf.connection, ["ship"])) == ("", {})
    set_flag(shelf.connection, one, "too long", 1)
    set_flag(shelf.connection, other, "wrong", 2)
    set_flag(shelf.connection, one, "much too long", 3)
    assert (flag_of(shelf.connection, one), flag_of(shelf.connection, other)) == ("much too long", "wrong")
    assert list(shelf.connection.scalars(select(flags.c.at).order_by(flags.c.at))) == [2, 3]


def test_an_empty_remark_takes_it_off(shelf: Shelf) -> None:
    one, other = shelf.card("one", line=1), shelf.card("other", line=2)
    for card in (one, other):
        set_flag(shelf.connection, card, "wrong", 1)
    set_flag(shelf.connection, one, "", 2)
    assert (flag_of(shelf.connection, one), flag_of(shelf.connection, other)) == ("", "wrong")
    assert read_flags(shelf.connection, ["ship"]) == {other: "wrong"}


def test_remarks_are_read_by_deck(shelf: Shelf) -> None:
    ours, theirs = shelf.card("ours"), shelf.card("theirs", deck="boat")
    set_flag(shelf.connection, ours, "a", 1)
    set_flag(shelf.connection, theirs, "b", 1)
    assert read_flags(shelf.connection, ["boat"]) == {theirs: "b"}
    assert read_flags(shelf.connection, ["ship", "boat"]) == {ours: "a", theirs: "b"}
