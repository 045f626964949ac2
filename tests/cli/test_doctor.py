"""`srs doctor`: proof that the store is whole, and what to do if it is not."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


@pytest.fixture
def studied(sailor: Learner) -> Learner:
    """Somebody who answered two cards."""
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "anchor", "4")
    return sailor


def harm(learner: Learner, *statements: str) -> None:
    """Change a store behind the back of the program."""
    with closing(sqlite3.connect(learner.store)) as store, store:
        for statement in statements:
            store.execute(statement)


def test_a_store_that_is_whole_is_said_to_be_so(studied: Learner) -> None:
    """What is counted are all cards, and the reviews that stand."""
    studied.srs("answer", "mile", "1")
    studied.srs("undo")
    counted, verdict = studied.srs("doctor").splitlines()
    assert counted == f"{studied.store}: 7 cards, 2 reviews"
    assert "All is well" in verdict
    assert "All is well" in studied.srs("doctor", "--repair")


def test_memories_that_are_not_what_the_history_gives_are_named_and_mended(studied: Learner) -> None:
    before = studied.progress()
    harm(studied, "UPDATE cards SET due = '2030-01-01' WHERE name IN ('mile', 'anchor')")
    outcome = studied.types("doctor")
    assert (outcome.code, outcome.out) == (1, f"{studied.store}: 7 cards, 2 reviews\n")
    assert "2 cards" in outcome.err
    assert "(anchor mile)" in outcome.err
    assert "`srs doctor --repair`" in outcome.err
    assert studied.srs("doctor", "--repair").splitlines()[1] == "Repaired 2 cards: anchor mile"
    assert "All is well" in studied.srs("doctor")
    assert studied.progress() == before


def test_the_first_eight_cards_that_drifted_are_named(learner: Learner) -> None:
    learner.write("ship/sea.md", "".join(f"## Unit {n}? {{#u{n}}}\n\nSo long.\n\n" for n in range(9)))
    learner.srs("sync")
    harm(
        learner,
        "UPDATE cards SET due = '2030-01-01', interval = 1, lapses = 0, answered_on = '2026-12-01', state = '[0]'",
    )
    assert "9 cards do not match the history (u0 u1 u2 u3 u4 u5 u6 u7);" in learner.types("doctor").err


@pytest.mark.parametrize("options", [[], ["--repair"]], ids=["looked at", "mended"])
def test_damage_is_told_line_by_line_and_never_passed_over(studied: Learner, options: list[str]) -> None:
    """Also where every memory is what the history gives."""
    harm(studied, "DELETE FROM notes WHERE name = 'mile'")
    outcome = studied.types("doctor", *options)
    assert outcome.code == 1
    damage, verdict = outcome.err.splitlines()
    assert damage.startswith("damage: cards row ")
    assert damage.endswith(" refers to notes, which is not there")
    assert "the database is damaged; restore a copy made with `srs backup`" in verdict
    assert "All is well" not in outcome.out
