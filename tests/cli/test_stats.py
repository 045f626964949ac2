"""`srs stats`: figures as JSON and as pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


@pytest.fixture
def studied(sailor: Learner) -> Learner:
    """Somebody with a week behind them: mile known, anchor forgotten, a card of another deck suspended."""
    sailor.write("boat/oars.md", "---\ntitle: Oars\ntags: [wood]\n---\n## Oars? {#oars}\n\nTwo.\n")
    lines = [
        ("ship", "mile", "2026-11-23", 4, 3000),
        ("ship", "mile", "2026-11-24", 5, 2000),
        ("ship", "mile", "2026-11-30", 4, 1000),
        ("ship", "anchor", "2026-11-24", 4, 500),
        ("ship", "anchor", "2026-11-25", 1, 400),
        ("boat", "oars", "2026-11-30", 3, 100),
    ]
    log = sailor.home / "log.jsonl"
    log.write_text(
        "".join(
            f'{{"card":"{card}","at":"{day}T12:00:00Z","day":"{day}","grade":{grade},"ms":{ms},"from":"x","deck":"{deck}"}}\n'
            for deck, card, day, grade, ms in lines
        ),
        encoding="utf-8",
    )
    sailor.srs("sync")
    sailor.srs("log", "merge", log)
    sailor.srs("suspend", "oars")
    return sailor


def test_figures_as_json(studied: Learner) -> None:
    found = studied.reads("stats")
    assert (found["answers"], found["ms"], found["ms_week"]) == (6, 7000, 1500)
    assert found["days"] == {"2026-11-23": 1, "2026-11-24": 2, "2026-11-25": 1, "2026-11-30": 2}
    assert {day: number for day, number in found["forecast"].items() if number} == {"2026-12-01": 1, "2026-12-16": 1}
    assert (len(found["forecast"]), len(found["retention"])) == (30, 12)
    assert found["retention"][-2:] == [
        {"week": "2026-11-23", "young": {"asked": 2, "recalled": 1}, "mature": {"asked": 0, "recalled": 0}},
        {"week": "2026-11-30", "young": {"asked": 1, "recalled": 1}, "mature": {"asked": 0, "recalled": 0}},
    ]
    assert (found["young"], found["mature"]) == ({"asked": 3, "recalled": 2}, {"asked": 0, "recalled": 0})
    assert found["grades"] == {"1": 1, "3": 1, "4": 3, "5": 1}
    assert found["ease"] == {"2300": 1, "2500": 1, "2600": 1}
    assert {bound: number for bound, number in found["intervals"].items() if number} == {"1": 2, "20": 1}
    oars, sea = found["chapters"]
    assert {name: value for name, value in oars.items() if name != "recall"} == {
        "chapter": "Oars",
        "new": 0,
        "learning": 1,
        "young": 0,
        "mature": 0,
        "leeches": 0,
        "suspended": 1,
    }
    assert {name: value for name, value in sea.items() if name != "recall"} == {
        "chapter": "Sea",
        "new": 5,
        "learning": 1,
        "young": 1,
        "mature": 0,
        "leeches": 0,
        "suspended": 0,
    }
    assert oars["recall"] == 0.9
    mile, anchor = 0.9 ** (1 / 16), 0.9**6
    assert sea["recall"] == pytest.approx((mile + anchor) / 7)
    assert found["recall"] == pytest.approx((mile + anchor + 0.9) / 8)
    assert (found["stability"], found["difficulty"]) == (None, None)


def test_under_fsrs_there_is_a_difficulty_and_no_ease(studied: Learner) -> None:
    studied.srs("switch", "fsrs")
    found = studied.reads("stats")
    assert found["ease"] is None
    assert 0 < found["recall"] < 1
    assert found["stability"] > 0
    assert 1 <= found["difficulty"] <= 10
    assert "Cards by difficulty" in studied.srs("stats")
    assert "Cards by ease" not in studied.srs("stats")


def test_a_chapter_of_which_nothing_was_answered_has_no_recall(sailor: Learner) -> None:
    found = sailor.reads("stats")
    assert (found["recall"], found["chapters"][0]["recall"], found["ease"]) == (None, None, {})


@pytest.mark.parametrize("options", [["--deck", "boat"], ["--tag", "wood"]], ids=" ".join)
def test_figures_of_some_cards(studied: Learner, options: list[str]) -> None:
    found = studied.reads("stats", *options)
    assert (found["answers"], found["ms"], [each["chapter"] for each in found["chapters"]]) == (1, 100, ["Oars"])


def test_leeches_are_counted_as_the_settings_have_them(studied: Learner) -> None:
    config = studied.home / "config.toml"
    config.write_text("leech_lapses = 1\n", encoding="utf-8")
    found = studied.reads("--config", config, "stats")
    assert [each["leeches"] for each in found["chapters"]] == [0, 1]


def test_one_answer_is_said_as_one(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    assert "1 answer on 1 day, at most 1 a day" in sailor.srs("stats")


def test_pictures_are_drawn_of_the_same_figures(studied: Learner) -> None:
    said = studied.srs("stats")
    for part in ("on 4 days, at most 2 a day", "Answers by grade", "Mastery by chapter", "Oars", "Sea"):
        assert part in said
