"""Settings: what is set wins over what is not, and what does not fit is said with what would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.settings import Settings, read_settings

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

MILE = "## Mile? {#mile}\n\n1852 m.\n\n## Knot? {#knot}\n\nA mile an hour.\n\n## Fathom? {#fathom}\n\n1.8 m.\n"


def test_without_a_file_all_is_as_by_default(tmp_path: Path) -> None:
    settings, told = read_settings(tmp_path / "none.toml", {})
    assert settings == Settings()
    assert {each.origin for each in told} == {"default"}


def test_a_variable_wins_over_the_file_and_the_file_over_the_default(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("new = 5\nreviews = 50\nby_chapter = true\n", encoding="utf-8")
    settings, told = read_settings(file, {"SRS_NEW": "7"})
    assert (settings.new, settings.reviews, settings.by_chapter, settings.rollover) == (7, 50, True, 4)
    assert {each.name: each.origin for each in told if each.origin != "default"} == {
        "new": "SRS_NEW",
        "reviews": str(file),
        "by_chapter": str(file),
    }


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nwe = 5", "unknown setting 'nwe'; did you mean new?"),
        ("new = -1", "new is -1; it takes a number from 0 to 9999"),
        ("new = true", "new is True; it takes a number from 0 to 9999"),
        ("by_chapter = 1", "by_chapter is 1; it takes true or false"),
        ('order = "random"', "order is 'random'; it takes one of due-first, new-first, mixed"),
        ("rollover = 24", "rollover is 24; it takes a number from 0 to 23"),
        ("new = ", "is not TOML: "),
    ],
)
def test_what_does_not_fit_is_said(learner: Learner, text: str, said: str) -> None:
    learner.write("ship/sea.md", MILE)
    file = learner.home / "config.toml"
    file.write_text(text, encoding="utf-8")
    outcome = learner.types("--config", file, "cards")
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert said in outcome.err


def test_the_settings_are_shown_as_a_file_to_begin_with(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    file = learner.home / "config.toml"
    shown = learner.srs("--config", file, "config")
    file.write_text(shown.replace("new = 20", "new = 3"), encoding="utf-8")
    assert read_settings(file, {})[0] == Settings(new=3)
    assert f"default 20, from {file}" in learner.srs("--config", file, "config")
    assert "0 due, 3 new" in learner.srs("--config", file)


def test_a_deck_may_have_limits_of_its_own(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    learner.write("boat/oars.md", MILE)
    (learner.decks / "boat/deck.toml").write_text('name = "Boat"\nnamespace = "boat"\nnew = 1\n', encoding="utf-8")
    file = learner.home / "config.toml"
    file.write_text("new = 2", encoding="utf-8")
    assert "0 due, 3 new" in learner.srs("--config", file)
    learner.srs("answer", "boat:mile", "4")
    assert "0 due, 2 new" in learner.srs("--config", file)


def test_a_decks_limit_that_is_none_is_a_problem(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    (learner.decks / "ship/deck.toml").write_text('name = "S"\nnamespace = "ship"\nnew = "many"\n', encoding="utf-8")
    outcome = learner.types("check")
    assert (outcome.code, "deck.toml:3: new takes a number of cards a day" in outcome.err) == (1, True)
