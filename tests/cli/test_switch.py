"""`srs switch`: another scheduler in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


def answers(sailor: Learner) -> None:
    """Answer all until their intervals are so long that they can be smoothed."""
    for day in ("2026-12-01", "2026-12-02", "2026-12-08", "2026-12-23", "2027-01-30"):
        sailor.now = f"{day} 09:00"
        for card in sailor.cards():
            sailor.srs("answer", card, "good")


def test_a_dry_run_says_how_many_cards_move_and_writes_nothing(sailor: Learner) -> None:
    answers(sailor)
    before, log = sailor.cards(), sailor.srs("log", "export", "-")
    said = sailor.srs("switch", "sm2", "--smooth", "--dry-run")
    number = int(said.split()[6])
    assert said == f"sm2, smoothed would be in force: {number} cards would be due on another day\n"
    assert (number > 1, sailor.cards(), sailor.srs("log", "export", "-")) == (True, before, log)
    assert sailor.srs("switch", "sm2", "--smooth") == (
        f"sm2, smoothed is in force: {number} cards due on another day now\n"
    )
    after = sailor.cards()
    assert sum(after[name]["due"] != before[name]["due"] for name in before) == number
    assert sailor.srs("undo") == "all decks: scheduler sm2, smoothed undone\n"
    assert sailor.cards() == before


def test_what_is_in_force_already_is_told_to_be_and_no_act_is_written(sailor: Learner) -> None:
    assert sailor.srs("switch", "sm2") == "sm2 is in force already\n"
    sailor.srs("switch", "sm2", "--smooth", "--deck", "Ship")
    assert sailor.srs("switch", "sm2", "--deck", "ship") == "sm2, smoothed is in force for ship already\n"
    assert len(sailor.srs("log", "show").splitlines()) == 1


def test_a_word_for_all_decks_outdoes_that_for_one(sailor: Learner) -> None:
    sailor.srs("switch", "sm2", "--smooth", "--deck", "ship")
    assert sailor.srs("switch", "sm2", "--no-smooth") == "sm2 is in force: 0 cards due on another day now\n"
    assert sailor.srs("switch", "sm2", "--deck", "ship") == "sm2 is in force for ship already\n"


def test_a_scheduler_that_this_version_lacks_is_told_and_left_for_one_that_it_has(sailor: Learner) -> None:
    """SM-2 stands in for it; what is said once is one line."""
    log = sailor.home / "log.jsonl"
    line = '{"what":"scheduler","card":"","at":"2026-11-01T09:00:00.000Z","name":"fsrs-9","deck":""}'
    log.write_text(line, encoding="utf-8")
    sailor.srs("log", "merge", log)
    outcome = sailor.types("answer", "mile", "good")
    assert outcome.out == "mile: due 2026-12-02, interval 1 day\n"
    assert outcome.err == (
        "the scheduler fsrs-9 is in force, which this srs does not have; SM-2 stands in for it until you upgrade srs,"
        " or `srs switch sm2`\n"
    )
    assert sailor.types("switch", "sm2").out == "sm2 is in force: 0 cards due on another day now\n"
    assert sailor.types("cards").err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [(["fsrs"], "no scheduler 'fsrs'; it takes sm2"), (["sm2", "--deck", "boat"], "no deck 'boat'; there is ship")],
)
def test_what_there_is_not_is_told(sailor: Learner, words: list[str], said: str) -> None:
    outcome = sailor.types("switch", *words)
    assert (outcome.code, outcome.err) == (2, f"srs: {said}\n")
