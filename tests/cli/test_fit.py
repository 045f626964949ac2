"""`srs fit`: FSRS fitted to the learner's own answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.learning import histories
from srs.history import LogLine, Review, format_line

if TYPE_CHECKING:
    from tests.learner import Learner


def test_too_few_answers_are_told(sailor: Learner) -> None:
    outcome = sailor.types("fit")
    assert (outcome.code, outcome.err) == (
        1,
        "srs: a fit needs 200 judged answers, each the first of a card's later study day; the log has 0\n",
    )


def test_a_fit_is_told_with_what_it_is_worth_and_taken_back_like_any_act(sailor: Learner) -> None:
    lines = [
        LogLine("ship", f"n{card}", Review(each.at, each.day, each.grade))
        for card, history in enumerate(histories(1500))
        for each in history
    ]
    log = sailor.home / "log.jsonl"
    log.write_text("".join(format_line(line) + "\n" for line in lines), encoding="utf-8")
    sailor.srs("log", "merge", log)
    head, published, fitted, kept = sailor.srs("fit").splitlines()
    assert head.startswith("Fitted to ")
    assert published.split()[:3] == ["published", "log", "loss"]
    assert fitted.split()[:3] == ["fitted", "log", "loss"]
    assert float(fitted.split()[3]) < float(published.split()[3])
    assert kept.startswith("Kept in the log, on every computer: ")
    assert len(kept.split(": ")[1].split()) == 21
    *_, last = sailor.srs("fit").splitlines()
    assert last == "The fitted parameters do not predict later answers better: what was there stays."
    assert sailor.srs("undo") == "all decks: scheduler sm2, fitted parameters undone\n"
