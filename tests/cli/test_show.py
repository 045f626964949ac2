"""`srs show`: one card with its history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.learner import SEA

if TYPE_CHECKING:
    from tests.learner import Learner


def test_show_tells_a_card_with_its_history_and_place(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    shown = sailor.srs("show", "mile")
    for part in ("How long is a mile?", "1852 metres.", "Since 1929.", "2026-12-01  grade 4", "due 2026-12-02"):
        assert part in shown
    assert shown.rstrip().endswith("sea.md:13")


def test_show_tells_when_and_how_each_answer_was_given(sailor: Learner) -> None:
    """Day, grade, seconds and where from; what was taken back is not told."""
    log = sailor.home / "log.jsonl"
    line = '{"card":"mile","at":"2026-11-30T12:00:00Z","day":"2026-11-30","grade":2,"ms":59960,"from":"anki"}\n'
    log.write_text(line, encoding="utf-8")
    sailor.srs("sync")
    sailor.srs("log", "merge", log)
    sailor.srs("answer", "mile", "5")
    sailor.srs("answer", "mile", "0")
    sailor.srs("undo")
    shown = sailor.srs("show", "mile")
    assert [text.strip() for text in shown.splitlines() if "grade" in text] == [
        "2026-11-30  grade 2  60.0 s  anki",
        "2026-12-01  grade 5  0.0 s  script",
    ]
    assert "review: due 2026-12-02, interval 1 day, ease 2.60, 0 lapses, recall 100% now" in shown


def test_under_fsrs_stability_and_difficulty_stand_where_the_ease_was(sailor: Learner) -> None:
    sailor.srs("switch", "fsrs")
    sailor.srs("answer", "mile", "easy")
    sailor.now = "2026-12-09 09:00"
    assert (
        "review: due 2026-12-09, interval 8 days, stability 8.3 days, difficulty 1.0, 0 lapses, recall 90% now"
        in sailor.srs("show", "mile")
    )


@pytest.mark.parametrize(
    ("card", "parts"),
    [
        ("mile", ["mile · basic · Sea", "How long is a mile?", "1852 metres.", "▎ Since 1929.", "new: never answered"]),
        ("red/c1", ["red/c1 · cloze · Sea", "To [which side]; green to starboard.", "To port; green to starboard."]),
        ("anchor", ["anchor · steps · Sea", "1. Heave to", "3. Make fast"]),
    ],
)
def test_show_tells_a_card_as_it_is_asked_and_answered(sailor: Learner, card: str, parts: list[str]) -> None:
    shown = sailor.srs("show", card)
    for part in parts:
        assert part in shown


@pytest.mark.parametrize(("columns", "width"), [("200", 88), ("40", 40)])
def test_lines_are_no_longer_than_the_window_and_than_can_be_read_well(
    sailor: Learner, monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    """A first line of an even and a second of an odd number of cells fill the width to the last but one at least."""
    monkeypatch.setenv("COLUMNS", columns)
    words = "aa" + " a" * 200
    sailor.write("ship/long.md", f"## Long? {{#long}}\n\n{words}\n\n> {words}\n")
    lengths = [len(line) for line in sailor.srs("show", "long").splitlines() if line.startswith(("a", "▎"))]
    body, extra = lengths[: len(lengths) // 2], lengths[len(lengths) // 2 :]
    assert body[:2] == [width, width - 1]
    assert extra[:2] == [width, width - 1]


def test_show_tells_a_card_whose_part_is_gone(sailor: Learner) -> None:
    sailor.srs("sync")
    sailor.edit("ship/sea.md", "2. Let go {#c2}\n", "")
    shown = sailor.srs("show", "anchor/c2")
    assert "retired: never answered" in shown
    assert "· · ·" not in shown


TALK = """\
## A minute on miles {#talk .mock}

They ask: *how long* is a mile?

1. A mile first (20 s) {cards="mile red/c1"}
2. Then knots（1 分钟）

> Slowly.
"""


def test_show_tells_an_outline_with_its_times_and_cards(sailor: Learner) -> None:
    sailor.write("ship/talk.md", TALK)
    assert sailor.srs("show", "talk").splitlines() == [
        *("talk · outline · talk", "", "A minute on miles", "", "They ask: how long is a mile?", ""),
        *("1. A mile first (20 s) → mile, red/c1", "2. Then knots (60 s)", "▎ Slowly.", "", "80 s in all"),
        f"{sailor.decks / 'ship' / 'talk.md'}:1",
    ]
    assert sailor.srs("show", "ship:talk") == sailor.srs("show", "talk")


def test_an_outline_is_no_card(sailor: Learner) -> None:
    """It is counted apart, and nothing asks it, exports it, or lists it."""
    cards = sailor.cards()
    sailor.write("ship/talk.md", TALK)
    assert sailor.cards() == cards
    assert sailor.srs("check") == "3 notes, 7 cards, 1 outline: no problem\n"
    said = sailor.srs("export", "anki", "--dry-run")
    assert "3 notes, 7 cards would be written" in said
    outcome = sailor.types("answer", "talk", "4")
    assert (outcome.code, "no card talk" in outcome.err) == (1, True)


def test_an_outline_that_left_the_text_is_shown_no_more_until_it_returns(sailor: Learner) -> None:
    file = sailor.write("ship/talk.md", TALK)
    assert "A mile first" in sailor.srs("show", "talk")
    sailor.write("ship/talk.md", "## Other? {#other}\n\nYes.\n")
    assert sailor.types("show", "talk").code == 1
    sailor.write("ship/sky.md", TALK)
    assert "sky.md:1" in sailor.srs("show", "talk")
    sailor.write("ship/sea.md", SEA.replace("{#mile}", "{#talk}"))
    assert "is also used at" in sailor.types("sync").err
    (sailor.decks / "ship/sky.md").unlink()
    sailor.write("ship/sea.md", SEA)
    file.unlink()
    assert sailor.types("show", "talk").code == 1


def test_an_outline_that_is_not_filled_in_says_so(sailor: Learner) -> None:
    sailor.write("ship/talk.md", "## Talk {#talk .mock}\n\n- …\n- …\n")
    assert "not filled in yet" in sailor.srs("show", "talk").splitlines()[0]
    assert "no problem" in sailor.srs("check")


def test_a_note_that_becomes_an_outline_retires_its_cards(sailor: Learner) -> None:
    sailor.srs("answer", "mile", "4")
    sailor.edit("ship/sea.md", "{#mile}\n\n1852 metres.", "{#mile .mock}\n\n- 1852 metres.")
    assert "1852 metres." in sailor.srs("show", "mile")
    assert sailor.cards("--retired")["mile"]["state"] == "retired"
    sailor.edit("ship/sea.md", "{#mile .mock}\n\n- 1852 metres.", "{#mile}\n\n1852 metres.")
    assert sailor.progress()["mile"][0] == 1


def test_show_tells_the_way_back(sailor: Learner) -> None:
    sailor.edit("ship/sea.md", "{#mile}", "{#mile .both}")
    asked, _, answered = sailor.srs("show", "mile/back").partition("· · ·")
    assert "How long" not in asked
    assert "1852 metres." in asked
    assert "How long is a mile?" in answered


def test_a_remark_is_shown(sailor: Learner) -> None:
    assert "flagged" not in sailor.srs("show", "mile")
    sailor.srs("flag", "mile", "too long")
    assert "\nflagged: too long\n" in sailor.srs("show", "mile")


def test_a_part_that_left_its_note_is_said_to_be_gone(sailor: Learner) -> None:
    sailor.srs("answer", "anchor/c2", "good")
    sailor.edit("ship/sea.md", "2. Let go {#c2}\n", "")
    shown = sailor.srs("show", "anchor/c2")
    assert "How to anchor?" in shown
    assert "The text asks for no c2 any more; once it does again, this history goes on." in shown


def test_a_note_that_is_no_card_itself_is_told_by_its_cards(sailor: Learner) -> None:
    assert sailor.types("show", "red").err == "srs: no card red; its note has red/c1, red/c2\n"
