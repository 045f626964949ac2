"""Settings: what is set wins over what is not, and what does not fit is said with what would."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import asdict

from srs.errors import SrsError
from srs.settings import Settings, overridden, read_settings

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
        ('order = "any"', "order is 'any'; it takes one of due-first, new-first, mixed, random"),
        ("rollover = 24", "rollover is 24; it takes a number from 0 to 23"),
        ("new = 10000", "new is 10000; it takes a number from 0 to 9999"),
        ("new = 2.5", "new is 2.5; it takes a number from 0 to 9999"),
        ('leech_action = "bury"', "leech_action is 'bury'; it takes one of suspend, mark"),
        ("zzz = 1", "unknown setting 'zzz'; it takes decks, store, history, new, reviews, order"),
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


@pytest.mark.parametrize(("text", "value"), [("7", 7), ("0", 0), ("9999", 9999)])
def test_a_variable_takes_a_number_at_the_edge(tmp_path: Path, text: str, value: int) -> None:
    assert read_settings(tmp_path / "none.toml", {"SRS_NEW": text})[0].new == value


@pytest.mark.parametrize(("text", "value"), [("true", True), ("YES", True), ("false", False), ("No", False)])
def test_a_variable_takes_yes_and_no(tmp_path: Path, text: str, value: bool) -> None:
    assert read_settings(tmp_path / "none.toml", {"SRS_SIX_GRADES": text})[0].six_grades is value


@pytest.mark.parametrize(
    ("variable", "text", "said"),
    [
        ("SRS_NEW", "10000", "SRS_NEW: new is 10000; it takes a number from 0 to 9999"),
        ("SRS_NEW", "-1", "SRS_NEW: new is -1; it takes a number from 0 to 9999"),
        ("SRS_NEW", "many", "SRS_NEW: new is 'many'; it takes a number from 0 to 9999"),
        ("SRS_NEW", "--5", "SRS_NEW: new is '--5'; it takes a number from 0 to 9999"),
        ("SRS_NEW", "²", "SRS_NEW: new is '²'; it takes a number from 0 to 9999"),
        ("SRS_NEW", "5" * 5000, "SRS_NEW: new is '5{59}…; it takes a number from 0 to 9999"),
        ("SRS_ROLLOVER", "24", "SRS_ROLLOVER: rollover is 24; it takes a number from 0 to 23"),
        ("SRS_SIX_GRADES", "1", "SRS_SIX_GRADES: six_grades is 1; it takes true or false"),
    ],
)
def test_a_variable_that_does_not_fit_is_said(tmp_path: Path, variable: str, text: str, said: str) -> None:
    with pytest.raises(SrsError, match=f"^{said}$"):
        read_settings(tmp_path / "none.toml", {variable: text})


def test_all_mistakes_of_a_file_are_said_at_once_each_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("# mine\nnew = -1\nodrer = 1\n\nrollover = 24\nleech_lapses = 9\ndecks = 3\n", encoding="utf-8")
    with pytest.raises(SrsError) as raised:
        read_settings(file, {"SRS_LIMIT": "many"})
    assert sorted(str(raised.value).split("\n")) == sorted(
        [
            f"{file}:2: new is -1; it takes a number from 0 to 9999",
            f"{file}:3: unknown setting 'odrer'; did you mean order?",
            f"{file}:5: rollover is 24; it takes a number from 0 to 23",
            f'{file}:7: decks is 3; it takes a list of folders, such as ["~/decks"]',
            "SRS_LIMIT: reviews is 'many'; it takes a number from 0 to 9999",
        ]
    )


def test_lists_nested_without_end_are_said(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text(f"new = {'[' * 7_000}{']' * 7_000}\n", encoding="utf-8")
    with pytest.raises(SrsError, match=r"nested too deep, a list in a list in a list; write it flat$"):
        read_settings(file, {})


def test_paths_of_a_file_begin_at_its_folder_or_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    file = tmp_path / "config.toml"
    file.write_text('decks = ["mine", "~/work", "/else/where"]\nstore = "cards.db"\n', encoding="utf-8")
    settings, told = read_settings(file, {})
    assert settings.decks == (str(tmp_path / "mine"), str(tmp_path / "me/work"), "/else/where")
    assert settings.store == str(tmp_path / "cards.db")
    assert {each.name for each in told if each.origin == str(file)} == {"decks", "store"}
    file.write_text('decks = "mine"\nstore = "postgresql://me@host/cards"\n', encoding="utf-8")
    settings, _ = read_settings(file, {})
    assert settings.decks == (str(tmp_path / "mine"),)
    assert settings.store == "postgresql://me@host/cards"
    file.write_text('decks = []\nstore = ""\n', encoding="utf-8")
    assert read_settings(file, {})[0] == Settings()
    settings, told = read_settings(file, {"SRS_DECKS": "here", "SRS_DB": "x.db"})
    assert (settings.decks, settings.store) == (("here",), "x.db")
    assert {each.origin for each in told} == {"default", "SRS_DECKS", "SRS_DB"}


@pytest.mark.parametrize(
    "text", ["decks = [1]", 'decks = [""]', 'decks = ["a\\u0000b"]', "store = 5", 'store = "a\\nb"']
)
def test_what_is_no_path_is_said(tmp_path: Path, text: str) -> None:
    file = tmp_path / "config.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SrsError, match=r"it takes a (list of folders|path in quotes)"):
        read_settings(file, {})


def test_each_variable_sets_its_setting(tmp_path: Path) -> None:
    """One that is empty is as if it were not there."""
    given = {"SRS_NEW": "1", "SRS_LIMIT": "2", "SRS_ROLLOVER": "3", "SRS_SIX_GRADES": "yes"}
    settings, told = read_settings(tmp_path / "none.toml", given)
    assert settings == Settings(new=1, reviews=2, rollover=3, six_grades=True)
    assert {each.name: each.origin for each in told if each.origin != "default"} == {
        "new": "SRS_NEW",
        "reviews": "SRS_LIMIT",
        "rollover": "SRS_ROLLOVER",
        "six_grades": "SRS_SIX_GRADES",
    }
    assert read_settings(tmp_path / "none.toml", dict.fromkeys(given, ""))[0] == Settings()


def test_what_was_typed_wins_over_all_else_unless_it_was_not_typed(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text("rollover = 5\nnew = 6\n", encoding="utf-8")
    settings, told = read_settings(file, {"SRS_ROLLOVER": "6"}, {"rollover": 0, "new": None})
    assert (settings.rollover, settings.new) == (0, 6)
    assert [each.origin for each in told if each.name == "rollover"] == ["--rollover"]
    _, told = read_settings(file, {}, {"six_grades": True})
    assert [each.origin for each in told if each.name == "six_grades"] == ["--six-grades"]


def test_the_defaults_are_those_of_the_documents() -> None:
    assert asdict(Settings()) == {
        "decks": (),
        "store": "",
        "history": "",
        "new": 20,
        "reviews": 200,
        "order": "due-first",
        "by_chapter": False,
        "rollover": 4,
        "six_grades": False,
        "type_answers": False,
        "space_is_good": False,
        "smooth": False,
        "leech_lapses": 8,
        "backups": 14,
        "leech_action": "suspend",
        "anki": "",
        "sync_sittings": False,
        "anki_retired": "suspend",
    }


def test_what_was_not_said_overrides_nothing() -> None:
    settings = Settings(new=5, by_chapter=True)
    assert overridden(settings, {"new": None, "by_chapter": None}) == settings
    assert overridden(settings, {"new": 0, "by_chapter": False}) == Settings(new=0)


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    with pytest.raises(SrsError, match=f"^{tmp_path} cannot be read: is a directory$"):
        read_settings(tmp_path, {})
    latin = tmp_path / "config.toml"
    latin.write_bytes(b"order = '\xe4'")
    with pytest.raises(SrsError, match="is not TOML: "):
        read_settings(latin, {})
    latin.write_bytes(b"\xef\xbb\xbfnew = 3\n")
    assert read_settings(latin, {})[0].new == 3


def test_the_settings_are_shown_as_a_file_to_begin_with(learner: Learner) -> None:
    learner.write("ship/sea.md", MILE)
    file = learner.home / "config.toml"
    shown = learner.srs("--config", file, "config")
    file.write_text(shown.replace("new = 20", "new = 3"), encoding="utf-8")
    assert read_settings(file, {})[0] == Settings(decks=(str(learner.decks),), store=str(learner.store), new=3)
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
