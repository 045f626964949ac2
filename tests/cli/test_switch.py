"""`srs switch`: another scheduler in force."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from srs.history import force
from srs.scheduler import fsrs
from srs.scheduler.fsrs import published

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
    assert said.splitlines()[0] == f"sm2, smoothed would be in force: {number} cards would be due on another day"
    assert (number > 1, sailor.cards(), sailor.srs("log", "export", "-")) == (True, before, log)
    assert sailor.srs("switch", "sm2", "--smooth").splitlines()[0] == (
        f"sm2, smoothed is in force: {number} cards due on another day now"
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


def test_alone_it_says_what_is_in_force(sailor: Learner) -> None:
    assert sailor.srs("switch") == "all decks: sm2\n"
    sailor.srs("switch", "fsrs", "--retention", "0.85")
    sailor.srs("switch", "sm2", "--smooth", "--deck", "ship")
    assert sailor.srs("switch") == "all decks: fsrs, retention 0.85, published parameters\nship: sm2, smoothed\n"
    assert len(sailor.srs("log", "show").splitlines()) == 2


@pytest.mark.parametrize("options", [["--smooth"], ["--no-smooth"], ["--deck", "ship"], ["--published"], ["-n"]])
def test_what_goes_with_a_scheduler_is_nothing_alone(sailor: Learner, options: list[str]) -> None:
    outcome = sailor.types("switch", *options)
    assert (outcome.code, outcome.err) == (2, "srs: say which scheduler: sm2 or fsrs\n")


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
    [
        (["sm-2"], "no scheduler 'sm-2'; it takes sm2, fsrs"),
        (["sm2", "--deck", "boat"], "no deck 'boat'; there is ship"),
        (["fsrs", "--retention", "0.5"], "a retention of 0.5; it goes from 0.7 to 0.97"),
        (["fsrs", "--retention", "nan"], "a retention of nan; it goes from 0.7 to 0.97"),
        (["sm2", "--retention", "0.8"], "--retention and --published go with fsrs; sm2 has neither"),
        (["sm2", "--published"], "--retention and --published go with fsrs; sm2 has neither"),
    ],
)
def test_what_there_is_not_is_told(sailor: Learner, words: list[str], said: str) -> None:
    outcome = sailor.types("switch", *words)
    assert (outcome.code, outcome.err) == (2, f"srs: {said}\n")


def merged(sailor: Learner, *steps: tuple[str, str, int], fit: float | None = None) -> None:
    """Give the sailor a history: cards with days and grades; with `fit`, parameters that end in it."""
    lines = [
        {"card": card, "at": f"{day}T09:00:{n:02}.000Z", "day": day, "grade": grade, "ms": 9, "from": "terminal"}
        for n, (card, day, grade) in enumerate(steps)
    ]
    acts = [
        {"what": "scheduler", "card": "", "at": "2026-11-01T09:00:00.000Z", "name": "sm2", "deck": ""}
        | {"parameters": [*published()[:20], last]}
        for last in ([] if fit is None else [fit])
    ]
    log = sailor.home / "log.jsonl"
    log.write_text("".join(json.dumps(line) + "\n" for line in (*lines, *acts)), encoding="utf-8")
    sailor.srs("log", "merge", log)


LEARNT = (
    *[(card, day, 4) for card in ("mile", "anchor", "red/c1") for day in ("2026-11-01", "2026-11-02", "2026-11-08")],
    ("red/c2", "2026-11-01", 5),
)


def test_a_switch_to_fsrs_says_what_moves_and_by_how_much_and_switching_back_gives_all_back(sailor: Learner) -> None:
    merged(sailor, *LEARNT)
    before = sailor.cards()
    said = sailor.srs("switch", "fsrs", "--dry-run")
    assert said.splitlines() == [
        "fsrs, retention 0.9, published parameters would be in force: 4 cards would be due on another day",
        "0 come earlier, 4 later; half of them by 14 days or less, none by more than 14.",
        "The next 30 days hold 4 cards before, 4 cards after:",
        "  before  ······························  at most 0 a day",
        "  after   ······▇·······················  at most 3 a day",
        "Overdue at once: 1 card (before: 4), spread by 2026-12-01 at 200 a day, 2026-12-01 at 100, 2026-12-01 at 400.",
    ]
    assert sailor.cards() == before
    assert sailor.srs("switch", "fsrs") == said.replace("would be in force", "is in force").replace(
        "would be due on another day", "due on another day now"
    )
    assert sailor.cards()["mile"]["due"] == "2026-12-07"
    assert "All is well" in sailor.srs("doctor")
    assert sailor.srs("switch", "fsrs") == "fsrs, retention 0.9, published parameters is in force already\n"
    sailor.srs("switch", "sm2")
    assert sailor.cards() == before


def test_a_lower_retention_asks_later_and_stays_until_another_is_said(sailor: Learner) -> None:
    merged(sailor, *LEARNT)
    sailor.srs("switch", "fsrs")
    due = sailor.cards()["mile"]["due"]
    sailor.srs("switch", "fsrs", "--retention", "0.8")
    assert sailor.cards()["mile"]["due"] > due
    assert sailor.srs("switch", "fsrs", "--smooth").startswith(
        "fsrs, retention 0.8, published parameters, smoothed is in force: "
    )
    sailor.srs("switch", "fsrs", "--no-smooth", "--retention", "0.9")
    assert sailor.cards()["mile"]["due"] == due


def test_the_latest_fitted_parameters_are_taken_unless_the_published_are_wanted(sailor: Learner) -> None:
    merged(sailor, *LEARNT, fit=0.5)
    assert sailor.srs("switch", "fsrs").startswith("fsrs, retention 0.9, fitted parameters is in force: ")
    fitted = sailor.cards()["mile"]["due"]
    assert sailor.srs("switch", "fsrs", "--published").startswith("fsrs, retention 0.9, published parameters is in")
    assert sailor.cards()["mile"]["due"] != fitted
    sailor.srs("switch", "fsrs")
    assert sailor.cards()["mile"]["due"] == fitted
    assert sailor.srs("undo") == "all decks: scheduler fsrs, retention 0.9, fitted parameters undone\n"


def test_one_deck_may_have_fsrs_alone(sailor: Learner) -> None:
    sailor.write("boat/river.md", "## How deep is it? {#deep}\n\n2 m.\n")
    assert sailor.srs("switch", "fsrs", "--deck", "boat").startswith(
        "fsrs, retention 0.9, published parameters is in force for boat: 0 cards"
    )
    sailor.srs("answer", "deep", "easy")
    sailor.srs("answer", "mile", "easy")
    assert (sailor.cards()["deep"]["due"], sailor.cards()["mile"]["due"]) == ("2026-12-09", "2026-12-02")


def test_what_is_overdue_at_once_is_told_with_the_days_by_which_limits_have_spread_it(sailor: Learner) -> None:
    merged(sailor, *[(card, "2026-11-01", 5) for card in sailor.cards()])
    said = sailor.srs("switch", "fsrs").splitlines()
    assert said[-1] == (
        "Overdue at once: 7 cards (before: 7), spread by 2026-12-01 at 200 a day, 2026-12-01 at 100, 2026-12-01 at 400."
    )
    sailor.edit("ship/deck.toml", "namespace", "reviews = 2\nnamespace")
    said = sailor.srs("switch", "fsrs", "--deck", "ship", "--retention", "0.85").splitlines()
    assert said[-1] == (
        "Overdue at once: 7 cards (before: 7), spread by 2026-12-04 at 2 a day, 2026-12-07 at 1, 2026-12-02 at 4."
    )


def test_what_a_log_has_that_fsrs_cannot_use_is_told_and_the_sitting_goes_on(sailor: Learner) -> None:
    log = sailor.home / "log.jsonl"
    line = '{"what":"scheduler","card":"","at":"2026-11-01T09:00:00.000Z","name":"fsrs","retention":0.5,"deck":""'
    log.write_text(f'{line},"parameters":[1,2]}}', encoding="utf-8")
    sailor.srs("log", "merge", log)
    outcome = sailor.types("answer", "mile", "easy")
    assert (outcome.code, outcome.out) == (0, "mile: due 2026-12-09, interval 8 days\n")
    assert outcome.err == (
        "the scheduler has changed: 0 cards rescheduled from the history\n"
        "the log has a retention of 0.5, outside 0.7 to 0.97, for which 0.9 stands in;"
        " `srs switch fsrs` or `srs fit` says it anew\n"
        "the log has parameters that FSRS cannot use (there are 2 and not 21), for which the published ones stand in;"
        " `srs switch fsrs` or `srs fit` says it anew\n"
    )
    assert sailor.srs("switch", "fsrs").startswith("fsrs, retention 0.9, published parameters is in force: 0 cards")
    assert sailor.types("cards").err == ""


def test_without_its_library_fsrs_is_told_to_be_away_and_sm2_asks(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Once it is there the history gives the due days, as on the other computers."""
    sailor.srs("switch", "fsrs")
    with monkeypatch.context() as away:
        away.setattr(force, "library", lambda: None)
        outcome = sailor.types("answer", "mile", "easy")
        assert (outcome.code, outcome.out) == (0, "mile: due 2026-12-02, interval 1 day\n")
        assert outcome.err.splitlines()[-1] == (
            "FSRS is in force, and its library is not here: `pip install fsrs-rs-python`; until then SM-2 asks,"
            " so due days here are not the history's, and none is given to Anki"
        )
        assert "its library is not here" in sailor.types().err
    assert sailor.cards()["mile"]["due"] == "2026-12-09"


def test_without_its_library_nobody_is_switched_to_fsrs(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fsrs, "library", lambda: None)
    fsrs.model.cache_clear()
    outcome = sailor.types("switch", "fsrs")
    fsrs.model.cache_clear()
    told = "FSRS needs the package fsrs-rs-python, which is not installed here; `pip install fsrs-rs-python` brings it"
    assert (outcome.code, outcome.err) == (1, f"srs: {told}\n")
