"""Names of a deck's own cards: those in outlines are checked against the whole deck, though little of it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.learner import Learner

TALK = '## Talk {#talk .mock}\n\n- a mile {cards="mile red/c1"}\n'


def test_cards_of_chapters_that_are_not_read_again_are_known(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.write("ship/talk.md", TALK)
    assert sailor.reads("sync")["decks"]["problems"] == []
    assert "a mile" in sailor.srs("show", "talk")


def test_an_unknown_card_is_a_mistake_and_nothing_is_retired_for_it(sailor: Learner) -> None:
    """The outline before it stays as it was."""
    sailor.write("ship/talk.md", TALK)
    sailor.srs("sync")
    file = sailor.write("ship/talk.md", TALK.replace("red/c1", "reed"))
    for command in ("check", "sync"):
        outcome = sailor.types(command)
        assert outcome.code == 1
        assert f"{file}:3: there is no card reed in this deck; `srs cards` lists its cards" in outcome.err
    assert "red/c1" in sailor.srs("show", "talk")
    assert sailor.types("check").out.endswith("1 problem\n")


def test_entries_of_an_order_are_told_only_where_all_is_read(sailor: Learner) -> None:
    """One chapter alone cannot say what fits no note."""
    file = sailor.write("ship/deck.toml", 'name = "Ship"\nnamespace = "ship"\norder = ["exam", "tag:exam", "SEA"]\n')
    told = f"{file}:3: warning: order: 'exam' fits no note; it takes a chapter by its name (e2) or a tag (tag:core)"
    assert sailor.types("check").err.splitlines() == [told]
    assert sailor.types("check").code == 0
    assert sailor.reads("sync")["decks"]["problems"] == []
