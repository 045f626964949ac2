"""`srs unflag`: remarks taken off."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_remarks_are_taken_off_and_a_card_without_one_is_told(sailor: Learner) -> None:
    sailor.srs("flag", "mile", "which mile?")
    sailor.srs("flag", "red/c1", "port?")
    assert sailor.srs("unflag", "mile", "anchor") == "1 card unflagged\nanchor has no remark\n"
    assert list(sailor.cards("--flagged")) == ["red/c1"]
    assert sailor.srs("unflag", "ship:mile") == "ship:mile has no remark\n"


def test_undo_puts_a_remark_back(sailor: Learner) -> None:
    sailor.srs("flag", "mile", "which mile?")
    sailor.srs("unflag", "mile")
    assert sailor.srs("undo") == "mile: flag taken off undone\n"
    assert list(sailor.cards("--flagged")) == ["mile"]


def test_nothing_is_taken_off_if_an_id_is_wrong(sailor: Learner) -> None:
    sailor.srs("flag", "mile", "which mile?")
    assert sailor.types("unflag", "mile", "nope").code == 1
    assert list(sailor.cards("--flagged")) == ["mile"]
