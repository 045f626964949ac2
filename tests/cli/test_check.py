"""`srs check`: problems where they stand, and ids where they are missing."""

from __future__ import annotations

import json
import stat
from typing import TYPE_CHECKING

import pytest

from srs.cli import check
from tests.learner import MILE

if TYPE_CHECKING:
    from tests.learner import Learner


def test_problems_are_listed_where_they_stand(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Empty {#empty}\n\n## What is {#open}\n\n{{c1::it\n")
    outcome = sailor.types("check")
    sky = sailor.decks / "ship" / "sky.md"
    assert outcome.err.split("\n")[:-1] == [
        f"{sky}:1: this note has no body; write the answer below its heading",
        f"{sky}:5: the cloze {{{{c1:: is not closed in its paragraph; end it with }}}}",
    ]
    assert (outcome.code, outcome.out) == (1, "3 notes, 7 cards: 2 problems\n")
    assert "2 problems in the decks; `srs check` lists them" in sailor.types("cards").err


def test_fixing_changes_nothing_but_the_missing_ids(learner: Learner) -> None:
    """Line ends, a byte-order mark, trailing blanks, permissions and a link stay as they are."""
    learner.write("ship/other.md", "## Mile? {#mile}\n\n1852 m.\n")
    text = b"\xef\xbb\xbf## How to anchor?  \r\n\r\n1. Heave to\r\n2. Let go {#c1}\r\n"
    target = learner.write("ship/.drafts/sea.md", text)
    target.chmod(0o640)
    (learner.decks / "ship/sea.md").symlink_to(target)
    untouched = (learner.decks / "ship/other.md").stat().st_mtime_ns
    assert learner.types("check").code == 0
    assert target.read_bytes() == text
    said = learner.srs("check", "--fix")
    assert target.read_bytes() == (
        b"\xef\xbb\xbf## How to anchor? {#sea-how-to-anchor}  \r\n\r\n1. Heave to {#c2}\r\n2. Let go {#c1}\r\n"
    )
    assert "2 ids written" in said
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    assert (learner.decks / "ship/sea.md").is_symlink()
    assert (learner.decks / "ship/other.md").stat().st_mtime_ns == untouched


def test_fixing_never_gives_an_id_again(learner: Learner) -> None:
    """A step's number that a deleted step had is left free: its history would come with it."""
    learner.write("ship/sea.md", "## How? {#how}\n\n1. Heave {#c1}\n2. Haul {#c2}\n")
    learner.srs("answer", "how/c2", "5")
    learner.write("ship/sea.md", "## How? {#how}\n\n1. Heave {#c1}\n2. Make fast\n")
    learner.srs("check", "--fix")
    assert "Make fast {#c3}" in (learner.decks / "ship/sea.md").read_text(encoding="utf-8")
    assert set(learner.progress("--retired")) == {"how/c2"}


def test_coverage_shows_each_chapter_by_kind(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Up? {#up .set}\n\n- Sun\n- Moon\n\n## Down? {#down}\n\nNo.\n")
    assert sailor.srs("check", "--coverage").splitlines() == [
        "Ship (ship)",
        "  notes  cards    basic   steps     set   cloze  chapter",
        "      3      7        1       1       0       1  Sea",
        "      2      2        1       0       1       0  sky",
        "5 notes, 9 cards: no problem",
    ]


def test_coverage_shows_each_chapter_by_role_if_the_deck_gives_any(sailor: Learner) -> None:
    """By tags of notes and of chapters; `none` where a note has no role."""
    sailor.write(
        "ship/sky.md",
        '---\ntags: [core]\n---\n## Up? {#up}\n\nSun.\n\n## Down? {#down tags="why"}\n\nNo.\n\n'
        '## So? {#so tags="answer-back x"}\n\nSo.\n',
    )
    assert sailor.srs("check", "--coverage").splitlines()[4:] == [
        "   core  why answer-back none  chapter",
        "      0    0           0    3  Sea",
        "      3    1           1    0  sky",
        "6 notes, 10 cards: no problem",
    ]


def test_decks_without_mistakes_are_said_to_be_so(sailor: Learner) -> None:
    outcome = sailor.types("check")
    assert (outcome.code, outcome.out, outcome.err) == (0, "3 notes, 7 cards: no problem\n", "")


def test_a_warning_fails_no_check(sailor: Learner) -> None:
    sailor.write("ship/sky.md", "## Where?\n\nUp.\n")
    outcome = sailor.types("check")
    assert (outcome.code, outcome.out) == (0, "4 notes, 8 cards: no problem, 1 warning\n")
    assert f"{sailor.decks / 'ship' / 'sky.md'}:1: warning: " in outcome.err


def test_missing_ids_are_one_line_a_file_and_the_errors_come_last(sailor: Learner) -> None:
    """Forty notes without ids bury no mistake."""
    notes = "".join(f"## What is {n}?\n\n1. a\n2. b\n\n" for n in range(1, 21))
    sky = sailor.write("ship/sky.md", f"## Empty {{#empty}}\n\n{notes}")
    air = sailor.write("ship/air.md", "## Is it?\n\nIt is, <b>really</b>.\n")
    outcome = sailor.types("check")
    first, second, third, last = outcome.err.splitlines()
    assert first.startswith(f"{air}:1: warning: no id, ")
    assert second.startswith(f"{air}:3: warning: <b> ")
    assert third == (
        f"{sky}:3: warning: 20 notes without an id and 40 steps without a number, the first of them here;"
        " `srs check --fix` writes what is missing"
    )
    assert last.startswith(f"{sky}:1: this note has no body")
    assert (outcome.code, outcome.out) == (1, "24 notes, 68 cards: 1 problem, 3 warnings\n")


def test_problems_come_as_objects_for_other_programs(sailor: Learner) -> None:
    """Each by itself, also those told in one line, and nothing else on stdout."""
    sky = sailor.write("ship/sky.md", "## What?\n\n1. a\n2. b\n\n## Who? {#who}\n\nA {{c1::b\n")
    outcome = sailor.types("check", "--json")
    found = json.loads(outcome.out)
    assert (outcome.code, outcome.err) == (1, "")
    assert [list(each) for each in found] == [["path", "line", "column", "level", "rule", "message"]] * 4
    assert {each["path"] for each in found} == {str(sky)}
    assert [(each["line"], each["column"], each["level"], each["rule"]) for each in found] == [
        *((1, 1, "warning", "no-id"), (3, 1, "warning", "no-number"), (4, 1, "warning", "no-number")),
        (8, 3, "error", "open-cloze"),
    ]
    assert found[3]["message"] == "the cloze {{c1:: is not closed in its paragraph; end it with }}"
    sailor.write("ship/sky.md", "## What?\n\n1. a\n2. b\n")
    fixed = sailor.types("check", "--json", "--fix")
    assert (fixed.code, json.loads(fixed.out), "3 ids written" in fixed.err) == (0, [], True)
    assert {each["rule"] for each in json.loads(sailor.types("check", "--json", "--style").out)} == {
        "count",
        "missing-source",
        "steps-extra",
    }
    assert sailor.types("check", "--json", "--coverage").code == 2


def test_only_what_was_named_is_checked_and_told(sailor: Learner) -> None:
    """A chapter is read with its whole deck, but only its own mistakes are told."""
    sky = sailor.write("ship/sky.md", "## Empty {#empty}\n")
    sailor.write("boat/oars.md", "## Empty {#empty}\n")
    assert sailor.types("check").code == 1
    assert sailor.types("check", sailor.decks / "ship" / "sea.md").code == 0
    outcome = sailor.types("check", sky)
    assert (outcome.code, outcome.err.count("\n")) == (1, 1)
    assert sailor.types("check", sailor.decks / "boat").err.count("\n") == 1
    both = sailor.types("check", sailor.decks / "ship", sailor.decks / "boat" / "oars.md")
    assert [line.partition(":")[0] for line in both.err.splitlines()] == [str(sailor.decks / "boat/oars.md"), str(sky)]


def test_advice_on_style_is_counted_and_fails_the_check(sailor: Learner) -> None:
    outcome = sailor.types("check", "--style")
    sea = sailor.decks / "ship" / "sea.md"
    assert (outcome.code, outcome.out) == (1, "3 notes, 7 cards: no problem\n2 pieces of advice\n")
    told = [line.partition(" warning: ")[2].partition(":")[0] for line in outcome.err.splitlines()]
    assert (outcome.err.startswith(f"{sea}:7: "), told) == (True, ["count", "steps-extra"])
    sky = sailor.write("ship/sky.md", "---\nsource: A book\n---\n## What is the sky? {#sky}\n\nAir.\n")
    assert sailor.types("check", "--style", sky).code == 0
    assert sailor.types("check", "--style", sky, sea).out.endswith("2 pieces of advice\n")
    sailor.edit("ship/sea.md", MILE, "## Empty {#empty}\n")
    wrong = sailor.types("check", "--style", sea)
    assert [line.split(":")[1] for line in wrong.err.splitlines()] == ["7", "7", "13"]
    sailor.write("boat/oars.md", "---\nsource: A book\n---\n## How many oars has a boat? {#oars}\n\nTwo.\n")
    well = sailor.types("check", "--style", sailor.decks / "boat")
    assert (well.code, "no advice" in well.out, well.err) == (0, True, "")


def test_ids_are_not_written_into_decks_that_came_with_the_program(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next upgrade would take them away, and with them the history."""
    file = learner.write("ship/sea.md", "## Mile?\n\n1852\n")
    before = file.read_bytes()
    monkeypatch.setattr(check, "packed_decks", lambda: learner.decks / "ship")
    outcome = learner.types("check", "--fix")
    assert outcome.code == 1
    assert "came with srs" in outcome.err
    assert file.read_bytes() == before


def test_a_chapter_named_from_where_one_stands_is_checked_and_mended(
    learner: Learner, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a path that begins in the current folder, at the decks, in the deck, or at the root."""
    file = learner.write("ship/sea.md", "## A? {#a}\n\n{{C1::6}}\n\n## B?\n\nTwo.\n")
    for folder, name in ((learner.home, "decks/ship/sea.md"), (file.parent, "sea.md"), (file.parent, str(file))):
        monkeypatch.chdir(folder)
        outcome = learner.types("check", name)
        assert (outcome.code, "does not start a cloze" in outcome.err) == (1, True), name
    learner.types("check", "--fix", "sea.md")
    assert b"## B? {#" in file.read_bytes()


@pytest.mark.parametrize("name", ["E2", "e02", "e2-at-sea", "e02-at-sea.md"])
def test_a_chapter_is_checked_by_the_name_that_it_has_elsewhere(learner: Learner, name: str) -> None:
    learner.write("ship/e01.md", "## One?\n\n1\n")
    learner.write("ship/e02-at-sea.md", "## Two?\n\n2\n")
    told = learner.reads("check", name)
    assert [(each["path"], each["rule"]) for each in told] == [(str(learner.decks / "ship/e02-at-sea.md"), "no-id")]
    learner.srs("check", "--fix", name)
    assert "{#" not in (learner.decks / "ship/e01.md").read_text(encoding="utf-8")
    assert len(learner.reads("check", "ship")) == 1
    learner.write("ship/deck.toml", 'name = "Vessel"\nnamespace = "vessel"\n')
    for called in ("ship", "Vessel", "vessel"):
        assert len(learner.reads("check", called)) == 1


def test_a_name_that_means_nothing_is_told(sailor: Learner) -> None:
    outcome = sailor.types("check", "e9")
    assert (outcome.code, outcome.out) == (1, "")
    assert "nor is a deck or a chapter called so" in outcome.err
