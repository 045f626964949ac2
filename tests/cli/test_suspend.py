"""`srs suspend`: cards out of the queue."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner


def test_suspended_cards_are_not_asked(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    assert sailor.srs("suspend", "mile", "red/c1") == "2 cards suspended\n"
    assert sailor.srs("suspend", "anchor") == "1 card suspended\n"
    cards = sailor.cards()
    assert [name for name, card in cards.items() if card["state"] == "suspended"] == ["anchor", "mile", "red/c1"]
    assert cards["mile"]["due"] == "2026-12-02"
    sailor.now = "2026-12-02 09:00"
    assert sailor.cards("--due") == {}


def test_no_card_is_suspended_if_one_of_them_is_not_there(sailor: Learner) -> None:
    assert sailor.types("suspend", "mile", "nowhere").code == 1
    assert sailor.cards()["mile"]["state"] == "new"
