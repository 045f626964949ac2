"""`srs answer`: one answer from a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.learner import MILE

if TYPE_CHECKING:
    from tests.learner import Learner


def test_an_answer_says_when_the_card_is_due(sailor: Learner) -> None:
    assert sailor.srs("answer", "mile", "4") == "mile: due 2026-12-02, interval 1 day\n"
    assert "a drill: only a day's first answer counts" in sailor.srs("answer", "mile", "1")
    assert sailor.progress() == {"mile": (2, "2026-12-02")}


def test_each_grade_can_be_given_and_no_other(sailor: Learner) -> None:
    for day, grade in enumerate(("0", "1", "2", "3", "4", "5"), 10):
        sailor.now = f"2026-12-{day} 09:00"
        sailor.srs("answer", "mile", grade)
    assert sailor.cards()["mile"]["reviews"] == 6
    for grade in ("6", "-1", "+4", "4.0", "٤", ""):
        assert sailor.types("answer", "--", "mile", grade).code == 2
    assert sailor.cards()["mile"]["reviews"] == 6


def test_an_answer_on_the_due_day_plans_further(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.now = "2026-12-02 09:00"
    assert sailor.srs("answer", "mile", "4") == "mile: due 2026-12-08, interval 6 days\n"


def test_a_card_may_be_named_with_its_deck(sailor: Learner) -> None:
    assert sailor.srs("answer", "ship:mile", "4").startswith("mile: due")


def test_a_card_without_text_is_not_answered(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.edit("ship/sea.md", MILE, "")
    outcome = sailor.types("answer", "mile", "4")
    assert (outcome.code, outcome.out, "mile is retired" in outcome.err) == (1, "", True)
    assert sailor.cards("--retired")["mile"]["reviews"] == 0


def test_a_leech_is_named_and_suspended(sailor: Learner) -> None:
    config = sailor.home / "config.toml"
    config.write_text("leech_lapses = 1\n", encoding="utf-8")
    for day, grade, leech in ((1, "4", False), (2, "1", True)):
        sailor.now = f"2026-12-0{day} 09:00"
        assert (
            "mile is a leech, and suspended until" in sailor.srs("--config", config, "answer", "mile", grade)
        ) == leech
    assert sailor.cards()["mile"]["state"] == "suspended"


def test_grades_by_name_are_the_keys_of_a_sitting(sailor: Learner) -> None:
    """Key 3 is Good, which SM-2 calls 4; the help says that they are two."""
    for day, (name, grade) in enumerate({"again": 1, "hard": 3, "Good": 4, "EASY": 5}.items(), 10):
        sailor.now = f"2026-12-{day} 09:00"
        sailor.srs("answer", "mile", name)
        assert f"grade {grade} " in sailor.srs("log", "show", "-n", "1")
    assert "as the keys 1 to 4 say it; or SM-2's own 0 to 5" in " ".join(sailor.srs("answer", "--help").split())
    outcome = sailor.types("answer", "mile", "fine")
    said = "srs: 'fine' is not a grade; it takes again, hard, good, easy, or 0 (blackout) to 5 (easy)\n"
    assert (outcome.code, outcome.err) == (2, said)
