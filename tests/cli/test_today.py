"""`srs` alone: today at a glance, and what to type next."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from rich.cells import cell_len

from srs.cli.today import bars
from tests.learner import MILE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner


def lines(learner: Learner, *options: str | Path) -> dict[str, str]:
    """Return what is said, line by line, by the word in front."""
    return {
        head: rest.strip() for head, _, rest in (line.partition(":") for line in learner.srs(*options).splitlines())
    }


def answer(learner: Learner, *days: str, card: str = "mile", grade: str = "4") -> None:
    """Answer a card on some days of December."""
    for day in days:
        learner.now = f"2026-12-{day} 09:00"
        learner.srs("answer", card, grade)


def test_a_deck_that_was_never_studied(sailor: Learner) -> None:
    said = lines(sailor)
    assert said["Today"] == "0 due, 3 new, 0 drills to go; 0 done."
    assert said["Cards"].startswith("7, of them 7 new")
    assert said["Cards"].endswith("Streak: 0 days.")
    assert (said["Week"].count("· 0"), said["Next"]) == (7, "srs review")


def test_how_much_of_each_chapter_is_known_stands_beside_a_bar(sailor: Learner) -> None:
    """Of seven cards one was answered, and is promised 0.9 on its due day; chapters never begun are left out."""
    sailor.write("ship/sky.md", "---\ntitle: Sky\n---\n## How high? {#high}\n\nA mile.\n")
    assert "Known" not in lines(sailor)
    answer(sailor, "01")
    sailor.now = "2026-12-02 09:00"
    assert lines(sailor)["Known"] == f"Sea{' ' * 35}██▋{' ' * 17}   13%"
    answer(sailor, "02", card="high")
    said = sailor.srs().splitlines()
    assert [line for line in said if "%" in line] == [
        f"Known: Sea{' ' * 35}██▋{' ' * 17}   13%",
        f"       Sky{' ' * 35}{'█' * 20}  100%",
    ]


def test_of_many_chapters_the_first_are_shown(sailor: Learner) -> None:
    for n in range(13):
        title = "一个很长很长的章节名字，长得一行放不下它和别的东西" if n == 0 else f"Chapter {n}"
        sailor.write(f"boat/c{n:02}.md", f"---\ntitle: {title}\n---\n## What is {n}? {{#n{n}}}\n\nA number.\n")
        sailor.srs("answer", f"n{n}", "4")
    said = [line for line in sailor.srs().splitlines() if "%" in line or "more chapter" in line]
    assert (len(said), said[-1]) == (13, "       and 1 more chapter: `srs stats`")
    assert {cell_len(line) for line in said[:-1]} == {71}


def test_a_day_half_done(sailor: Learner) -> None:
    answer(sailor, "01", card="anchor")
    sailor.now = "2026-12-02 09:00"
    answer(sailor, "02", grade="1")
    said = lines(sailor)
    assert said["Today"] == "1 due, 1 new, 1 drill to go; 1 done."
    assert said["Cards"].startswith("7, of them 5 new")
    assert said["Cards"].endswith("Streak: 2 days.")


def test_a_streak_goes_on_until_a_day_is_missed(sailor: Learner) -> None:
    """Today may still come; yesterday may not."""
    answer(sailor, "01", "03", "04", "05")
    for day, streak in (("05", "3 days"), ("06", "3 days"), ("07", "0 days")):
        sailor.now = f"2026-12-{day} 09:00"
        assert lines(sailor)["Cards"].endswith(f"Streak: {streak}.")


def test_the_week_holds_what_is_overdue_today(sailor: Learner) -> None:
    answer(sailor, "01", card="anchor")
    answer(sailor, "01", "02", card="red/c1")
    answer(sailor, "01", "02", card="mile")
    sailor.now = "2026-12-04 09:00"
    assert lines(sailor)["Week"] == "Fri ▃ 1   Sat · 0   Sun · 0   Mon · 0   Tue ▆ 2   Wed · 0   Thu · 0"


@pytest.mark.parametrize(
    ("loads", "drawn"),
    [((0, 0, 0), "···"), ((1, 0, 0), "▅··"), ((7, 1, 0), "█▂·"), ((100, 99, 50, 1), "██▄▁"), ((1000, 1), "█▁")],
)
def test_a_bar_is_as_high_as_its_share_of_the_highest(loads: tuple[int, ...], drawn: str) -> None:
    parts = bars(loads, date(2026, 12, 1)).split("   ")
    assert "".join(part.split()[1] for part in parts) == drawn
    assert [int(part.split()[2]) for part in parts] == list(loads)
    assert [part.split()[0] for part in parts] == ["Tue", "Wed", "Thu", "Fri"][: len(loads)]


def test_a_backlog_is_told_with_the_day_it_ends(sailor: Learner, tmp_path: Path) -> None:
    """Three due cards at two a day are cleared tomorrow; at three a day there is no backlog."""
    for card in ("mile", "anchor", "red/c1"):
        answer(sailor, "01", card=card)
    sailor.now = "2026-12-20 09:00"
    config = tmp_path / "config.toml"
    for limit, said in (("2", "cleared on 2026-12-21"), ("1", "cleared on 2026-12-22"), ("0", "the limit is 0 a day")):
        config.write_text(f"reviews = {limit}\n", encoding="utf-8")
        shown = sailor.srs("--config", config)
        assert "3 cards are due: " in shown or "3 cards are due, " in shown
        assert said in shown
    config.write_text("reviews = 3\n", encoding="utf-8")
    assert "cards are due" not in sailor.srs("--config", config)


def test_what_to_type_next(sailor: Learner, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("new = 0\n", encoding="utf-8")
    assert lines(sailor, "--config", config)["Next"] == "done for today.  More: srs review --new 10"
    sailor.write("ship/sea.md", MILE)
    answer(sailor, "01")
    assert lines(sailor)["Next"] == "done for today; the next card is due on 2026-12-02."
    for day in ("02", "08"):
        answer(sailor, day)
    assert lines(sailor)["Next"] == "done for today."


def test_the_day_is_told_on_which_the_last_new_card_comes(sailor: Learner, tmp_path: Path) -> None:
    """Seven are new: two come today, one was answered, and the other four take two days more."""
    config = tmp_path / "config.toml"
    config.write_text("new = 2\n", encoding="utf-8")
    told = "At 2 new a day the last comes on 2026-12-0"
    assert f"{told}4.\n" in sailor.srs("--config", config)
    answer(sailor, "01")
    assert f"{told}4.\n" in sailor.srs("--config", config)
    config.write_text("new = 0\n", encoding="utf-8")
    assert "a day the last" not in sailor.srs("--config", config)
    sailor.write("ship/sea.md", MILE)
    assert "a day the last" not in sailor.srs()


def test_due_cards_that_wait_for_others_of_their_note_are_told_beside_those_that_are_asked(sailor: Learner) -> None:
    for card in ("mile", "red/c1", "red/c2"):
        answer(sailor, "01", card=card)
    sailor.now = "2026-12-02 09:00"
    said = lines(sailor)
    assert said["Today"].startswith("2 due")
    assert said["Week"].startswith("Wed ▇ 3")
    assert said["Held"] == "1 due by another card of the same note."
    assert said["Next"] == "srs review"


def test_a_limit_that_was_partly_used_is_not_taken_for_cards_of_one_note(sailor: Learner, tmp_path: Path) -> None:
    """Of three due cards of three notes two may be answered, and one was."""
    sailor.write("ship/sea.md", f"{MILE}\n## B? {{#b}}\n\nb\n\n## C? {{#c}}\n\nc\n")
    for card in ("mile", "b", "c"):
        answer(sailor, "01", card=card)
    answer(sailor, "02")
    config = tmp_path / "config.toml"
    config.write_text("reviews = 2\n", encoding="utf-8")
    said = lines(sailor, "--config", config)
    assert said["Today"].startswith("1 due")
    assert "Held" not in said


def test_cards_that_wait_are_told_with_what_holds_them(sailor: Learner, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text("new = 1\nreviews = 0\n", encoding="utf-8")
    assert "Held" not in lines(sailor)
    answer(sailor, "01", card="anchor")
    said = lines(sailor, "--config", config)
    assert said["Held"] == "2 new by the day's limit, 4 held back by another card of the same note."
    assert said["Next"] == "done for today.  More: srs review --new 11"
    answer(sailor, "01", card="mile")
    answer(sailor, "01", card="red/c1")
    said = lines(sailor)
    assert said["Today"] == "0 due, 0 new, 0 drills to go; 3 done."
    assert said["Held"] == "4 held back by another card of the same note."
    assert said["Next"] == "done for today; the next card is due on 2026-12-02."
    sailor.now = "2026-12-02 09:00"
    said = lines(sailor, "--config", config)
    assert said["Held"].startswith("3 due by the day's limit")
    assert said["Next"] == "done for today.  More: srs review --limit 50"


def test_it_fits_a_narrow_screen(sailor: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    sailor.write(
        "ship/sky.md", "---\ntitle: 一个很长很长的章节名字，长得一行放不下\n---\n## How high? {#high}\n\nA mile.\n"
    )
    answer(sailor, "01", card="high")
    monkeypatch.setenv("COLUMNS", "60")
    said = sailor.srs().splitlines()
    assert max(map(cell_len, said)) <= 60
    assert [line.count(":") for line in said].count(0) == 1  # the week goes on in a second line


def test_a_deck_that_is_left_out_is_not_all_done(sailor: Learner) -> None:
    sailor.edit("ship/deck.toml", "name =", "nmae =")
    assert lines(sailor)["Next"] == "srs check  # what is wrong keeps the cards out"
