"""`srs review`: what the command line makes of a sitting; the sitting itself is tested without a terminal."""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.console import Console

from srs.cli import around, review
from srs.cli.clock import Clock
from srs.cli.context import Context
from srs.collection.collection import Collection, open_collection
from srs.collection.sitting import Sitting, Tally
from srs.due import Limits, Queue, study_day
from srs.history import Standing
from srs.scheduler import Grade, Sm2
from srs.settings import Settings
from srs.store.dated import backups_of
from srs.store.memories import write_standings
from tests.exporters.anki.phone import Phone
from tests.learner import SEA_CARDS
from tests.terminal.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.learner import Learner

UNITS = "".join(f"## How long is unit {n}? {{#u{n}}}\n\n{n} metres.\n\n" for n in range(1, 5))


@pytest.fixture
def boatman(learner: Learner) -> Learner:
    """Somebody with four new and one due card in each of two decks; the boat's own limits are one of each."""
    for deck in ("ship", "boat"):
        learner.write(
            f"{deck}/units.md", UNITS + "## What is known? {#known}\n\nThis.\n\n## And too? {#too}\n\nThat.\n"
        )
        for card in ("known", "too"):
            learner.now = "2026-11-20 09:00"
            learner.srs("answer", f"{deck}:{card}", "4")
    learner.write("boat/deck.toml", 'name = "Boat"\nnamespace = "boat"\nnew = 1\nreviews = 1\n')
    learner.now = "2026-12-01 09:00"
    return learner


@pytest.fixture
def sit(boatman: Learner) -> Iterator[Callable[..., Window]]:
    """Opens sittings, and closes them when the test is over."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SRS_", "XDG_", "LINES", "COL"))}
    kept |= {"SRS_DECKS": str(boatman.decks), "SRS_DB": str(boatman.store), "SRS_NOW": boatman.now}
    kept |= {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm-256color"}
    opened: list[Window] = []

    def begin(*arguments: str) -> Window:
        window = Window(["review", *arguments], kept)
        opened.append(window)
        return window

    yield begin
    for window in opened:
        window.close()


@pytest.mark.parametrize(
    ("options", "left"),
    [
        ([], ["8 left", "5 new", "3 due"]),
        (["--new", "3"], ["7 left", "3 new", "4 due"]),
        (["--limit", "1"], ["9 left", "8 new", "1 due"]),
        (["--deck", "Boat"], ["2 left", "1 new", "1 due"]),
        (["--deck", "boat", "--new", "2"], ["4 left", "2 new", "2 due"]),
    ],
    ids=" ".join,
)
def test_limits_are_the_decks_own_unless_the_command_line_sets_them(
    sit: Callable[..., Window], options: list[str], left: list[str]
) -> None:
    """Whoever says how many cards a day means all decks."""
    sit(*options).until(*left)


def test_a_sitting_that_is_asked_to_end_leaves_the_terminal_as_it_was(sit: Callable[..., Window]) -> None:
    """The second screen is left, the cursor is back, what was answered is summed up, and the exit code says why."""
    window = sit("--deck", "boat")
    window.until("What is known?")
    window.press("\r")
    window.until("Good")
    window.press("3")
    window.until("1 left")
    window.signal(signal.SIGTERM)
    assert window.ends() == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in window.raw
    assert window.raw.rindex(b"\x1b[?25h") > window.raw.rindex(b"\x1b[?25l")
    assert "1" in window.raw.rpartition(b"\x1b[?1049l")[2].decode()


def test_after_the_first_sitting_with_an_answer_a_copy_is_kept(sit: Callable[..., Window], boatman: Learner) -> None:
    """One a day; a sitting goes on where a copy of the store was put back meanwhile."""
    copy = boatman.home / "copy.db"
    boatman.srs("backup", copy)
    window = sit("--deck", "boat")
    window.until("What is known?")
    window.press("q")
    window.ends()
    assert backups_of(boatman.store) == []
    window = sit("--deck", "boat")
    window.until("What is known?")
    boatman.srs("restore", copy)
    window.press("\r")
    window.until("Good")
    window.press("3")
    window.until("1 left")
    window.press("q")
    assert window.ends() == 0
    days = [each.day for each in backups_of(boatman.store) if not each.hour]
    assert days == [date(2026, 12, 1)]
    assert boatman.progress("--deck", "boat")["known"][0] == 2


def test_a_copy_that_cannot_be_kept_is_told_and_ends_no_sitting(
    opened: tuple[Context, Collection], capsys: pytest.CaptureFixture[str]
) -> None:
    here, collection = opened
    assert collection.store.file
    collection.store.file.with_name("srs.db.2026-12-01.backup").mkdir()
    around.keep_copy(here, collection)
    assert capsys.readouterr().err.startswith("no copy of the store was kept: cannot write the copy ")
    around.keep_copy(here, replace(collection, settings=replace(collection.settings, backups=0)))
    assert capsys.readouterr().err == ""


@pytest.fixture
def opened(boatman: Learner) -> Iterator[tuple[Context, Collection]]:
    """What a review has in hand before the first card: four cards are due."""
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    here = Context((boatman.decks,), str(boatman.store), Clock(now), Settings(rollover=0), (), Path())
    with open_collection(boatman.decks, str(boatman.store), now, here.settings) as collection:
        yield here, collection


def test_a_backlog_greets_whoever_has_one_and_does_not_cram(opened: tuple[Context, Collection]) -> None:
    here, collection = opened
    plan = collection.plan()
    tight, wide = (replace(plan, limits=Limits(20, reviews)) for reviews in (3, 4))
    assert review._greeting(here, collection, tight).startswith("4 cards are due: at 3 a day")
    assert review._greeting(here, collection, wide) == ""
    assert review._greeting(here, collection, replace(tight, cram=True)) == ""


def test_a_sitting_ends_with_what_is_due_tomorrow(opened: tuple[Context, Collection]) -> None:
    """The six cards of the ship: two due today, and one more tomorrow; what is due later is not counted."""
    here, collection = opened
    for name, days in (("ship:u1", 1), ("ship:u2", 2)):
        card, day = collection.card(name), date(2026, 12, 1)
        memory = Sm2().placed(day + timedelta(days=days), 1, 2500, 0, day)
        with collection.store.writing() as connection:
            write_standings(connection, {card.key: Standing(memory)})
    console = Console(file=StringIO(), width=100)
    sitting = Sitting(collection.store, collection.rules, Queue(()), tally=Tally(1, (Grade.GOOD,), 1000))
    review._sum_up(here, collection, collection.plan("ship"), sitting, console)
    assert "Tomorrow, of these: 3 due, 2 new." in console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(("only", "again", "of_these"), [(frozenset[int](), False, True), (None, True, False)])
def test_a_sitting_about_some_cards_tells_what_the_day_still_holds(
    opened: tuple[Context, Collection], only: frozenset[int] | None, again: bool, of_these: bool
) -> None:
    """Of the ship two due and four new cards, of the boat one of each, as its own limits have it."""
    here, collection = opened
    sitting = Sitting(collection.store, collection.rules, Queue(()), tally=Tally(1, (Grade.GOOD,), 1000))
    said = StringIO()
    plan = replace(collection.plan(), only=only, again=again)
    review._sum_up(here, collection, plan, sitting, Console(file=said, width=100))
    assert "All of these are done; for today 8 cards are left: `srs review`." in said.getvalue()
    assert ("Tomorrow, of these: 0 due, 0 new." in said.getvalue()) == of_these


def test_a_sitting_that_leaves_only_siblings_says_what_they_wait_for(sailor: Learner) -> None:
    """Of the seven cards one of each note is due tomorrow, and the other four come after it."""
    for name in ("anchor", "mile", "red/c1"):
        sailor.srs("answer", name, "good")
    now, console = datetime(2026, 12, 1, 9, tzinfo=UTC), Console(file=StringIO(), width=100)
    here = Context((sailor.decks,), str(sailor.store), Clock(now), Settings(rollover=0), (), Path())
    with open_collection(sailor.decks, str(sailor.store), now, here.settings) as collection:
        sitting = Sitting(collection.store, collection.rules, Queue(()), tally=Tally(1, (Grade.GOOD,), 1000))
        review._sum_up(here, collection, collection.plan(), sitting, console)
    said = console.file.getvalue()  # type: ignore[attr-defined]
    assert "Tomorrow: 3 due, 0 new; 4 held back by another card of the same note.\n" in said


def test_several_decks_come_one_after_the_other(learner: Learner, tmp_path: Path) -> None:
    """Whatever ranks and orders they have of their own, here and by the `due` of a package."""
    for deck in ("ship", "boat"):
        learner.write(f"{deck}/deck.toml", f'name = "{deck}"\nnamespace = "{deck}"\norder = ["tag:core"]\n')
        learner.write(f"{deck}/x.md", f'## A {{#{deck}-a}}\n\n1\n\n## B {{#{deck}-b rank=1 tags="core"}}\n\n2\n')
    order = ["boat-b", "boat-a", "ship-b", "ship-a"]
    assert listed(learner) == order
    learner.srs("export", "anki", "-o", tmp_path / "all.apkg")
    phone = Phone(tmp_path)
    phone.open(tmp_path / "all.apkg")
    rows = phone.rows("SELECT n.flds FROM cards c JOIN notes n ON n.id = c.nid ORDER BY c.due")
    assert [fields.split("\x1f")[0] for (fields,) in rows] == order


def test_who_pretends_another_day_is_told_that_answers_carry_it(tmp_path: Path) -> None:
    """They stay in the history; the hour alone changes nothing that lasts."""

    def told(pretended: datetime | None) -> str:
        return review._pretended(Context((), "srs.db", Clock(pretended), Settings(), (), tmp_path / "config.toml"))

    now = datetime.now().astimezone()
    tomorrow = study_day(now + timedelta(days=1), Settings().rollover)
    assert told(None) == told(now) == ""
    assert told(now + timedelta(days=1)) == f"--now: what you answer will be of {tomorrow}, not of today"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--order", "any"], "no order 'any'; it takes due-first, new-first, mixed, random"),
        (["--json"], "--json goes with --list"),
        (["--cram", "--again"], "--cram and --again are two ways; choose one"),
        (["--new", "-1"], "--new"),
        (["--ahead", "3651"], "--ahead"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wishes_that_cannot_be_met_are_wrong_usage(boatman: Learner, options: list[str], said: str) -> None:
    outcome = boatman.types("review", *options)
    assert (outcome.code, outcome.out, said in outcome.err) == (2, "", True)


def listed(learner: Learner, *options: str) -> list[str]:
    """Return the ids that a sitting would ask, in their order."""
    return [card["id"] for card in learner.reads("review", "--list", *options)]


def test_a_list_says_what_a_sitting_would_ask(sailor: Learner) -> None:
    """In its order, with exactly three words on each, without a terminal; nothing is asked or written."""
    sailor.srs("answer", "mile", "4")
    sailor.srs("answer", "red/c1", "1")
    assert sailor.reads("review", "--list", "--ahead", "1") == [
        {"id": "anchor", "state": "new", "due": None},
        {"id": "red/c1", "state": "review", "due": "2026-12-02"},
    ]
    sailor.now = "2026-12-02 09:00"
    assert sailor.srs("review", "--list").splitlines() == [
        "mile\treview\t2026-12-02\t1d\tHow long is a mile?",
        "red/c1\treview\t2026-12-02\t1d\tWhere is the red light?",
        "anchor\tnew\t-\t-\tHow to anchor?",
    ]
    assert listed(sailor, "--limit", "1", "--new", "0") == ["mile"]
    assert listed(sailor, "--order", "new-first") == ["anchor", "mile", "red/c1"]
    assert set(listed(sailor, "--cram")) == set(SEA_CARDS)
    assert listed(sailor, "--cram", "--limit", "3") == listed(sailor, "--cram")[:3]
    assert listed(sailor, "--cram", "--limit", "0") == []
    assert sailor.cards()["mile"]["reviews"] == 1


def test_what_was_missed_is_asked_again_within_a_limit(sailor: Learner) -> None:
    for name in ("red/c1", "mile"):
        sailor.srs("answer", name, "1")
    assert set(listed(sailor, "--again")) == {"red/c1", "mile"}
    assert listed(sailor, "--again", "--limit", "1") == listed(sailor, "--again")[:1]


def test_a_list_of_nothing_is_an_empty_list(sailor: Learner) -> None:
    assert sailor.reads("review", "--list", "--new", "0") == []
    outcome = sailor.types("review", "--list", "--new", "0")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "nothing would be asked\n")


@pytest.fixture
def student(learner: Learner) -> Learner:
    """Somebody with three chapters."""
    learner.write(
        "ship/e02-sails.md", "## What is a jib? {#jib}\n\nA sail.\n\n## What is a sheet? {#sheet}\n\nA rope.\n"
    )
    learner.write("ship/e10-ropes.md", "## What is a halyard? {#halyard}\n\nA rope, as in E2.\n")
    learner.write("ship/knots.md", "## A knot? {#knot}\n\n1. over {#c1}\n2. under {#c2}\n")
    return learner


@pytest.mark.parametrize(
    ("words", "cards"),
    [
        (["E2"], ["jib", "sheet"]),
        (["e02"], ["jib", "sheet"]),
        (["e02-sails"], ["jib", "sheet"]),
        (["e02-sails.md"], ["jib", "sheet"]),
        (["E2", "E10"], ["jib", "sheet", "halyard"]),
        (["E2", "rope"], ["sheet"]),
        (["a ROPE"], ["sheet", "halyard"]),
        (["rope", "halyard"], ["halyard"]),
        (["knots", "--deck", "ship"], ["knot"]),
        (["under", "--cram"], ["knot", "knot/c1", "knot/c2"]),
        (["under", "jib"], []),
    ],
    ids=" ".join,
)
def test_a_chapter_is_named_and_other_words_search(student: Learner, words: list[str], cards: list[str]) -> None:
    assert listed(student, *words) == cards


def test_cards_with_a_remark_and_leeches_are_reviewed_by_themselves(student: Learner) -> None:
    """The card with the remark is asked though its note has others, which would come first."""
    config = student.home / "config.toml"
    config.write_text('leech_lapses = 1\nleech_action = "mark"\n', encoding="utf-8")
    for day, grade in (("01", "4"), ("02", "1")):
        student.now = f"2026-12-{day} 09:00"
        student.srs("--config", config, "answer", "jib", grade)
    student.srs("flag", "knot/c2", "unclear")
    student.now = "2026-12-03 09:00"
    options = ("--config", str(config), "review", "--list")
    assert student.srs(*options, "--leeches") == "jib\treview\t2026-12-03\t1d\tWhat is a jib?\n"
    assert student.srs(*options, "--flagged").startswith("knot/c2\tnew\t-\t-\t")
    assert student.srs(*options, "--leeches", "--flagged") == ""
    assert student.srs(*options, "--flagged", "E2") == ""


def test_a_random_order_has_due_cards_first(learner: Learner) -> None:
    learner.write("ship/units.md", "".join(f"## Unit {n}? {{#u{n}}}\n\n{n} metres.\n\n" for n in range(40)))
    for n in range(5):
        learner.srs("answer", f"u{n}", "4")
    learner.now = "2026-12-02 09:00"
    orders = [listed(learner, "--order", "random", "--new", "20") for _ in range(3)]
    for order in orders:
        assert set(order[:5]) == {f"u{n}" for n in range(5)}
        assert set(order[5:]) == {f"u{n}" for n in range(5, 25)}
    assert len({tuple(order) for order in orders}) > 1, "three shuffles of twenty are alike once in many worlds"


SIBLINGS = "1 card waits for another day, as a card of the same note comes first: `srs review --cram` asks all the same"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], SIBLINGS),
        (["--new", "0"], "2 new cards wait, as the day's limit is reached: `srs review --new 11` asks them."),
        (["E2", "--new", "0"], "1 new card waits, as the day's limit is reached: `srs review E2 --new 11` asks it."),
        (
            ["E2", "--deck", "ship"],
            "Nothing is due today; the next card is due on 2026-12-02: `srs review E2 --deck ship --ahead 1`.",
        ),
        (["under", "jib"], "No cards match; `srs cards` lists all of them."),
        (["halyard"], "1 card is suspended; `srs cards --suspended` lists them, `srs resume CARD` brings one back."),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_where_nothing_is_asked_it_is_said_what_holds_it(
    student: Learner, monkeypatch: pytest.MonkeyPatch, options: list[str], said: str
) -> None:
    student.srs("answer", "jib", "4")
    student.srs("suspend", "halyard")
    if "--new" not in options:
        student.srs("answer", "sheet", "4")
        student.srs("answer", "knot", "4")
        student.srs("suspend", "knot/c1")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert said in student.srs("review", *options)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["E3"], "no chapter is called 'E3', and no card holds it; there is e02-sails, e10-ropes, empty, knots"),
        (["E2", "knosts"], "no chapter is called 'knosts', and no card holds it; did you mean knots?"),
        (["Ship"], "no chapter is called 'Ship', and no card holds it; `srs review --deck ship` asks the deck Ship"),
        (["--tag", "none"], "no card has the tag 'none'; there is rig"),
    ],
)
def test_a_chapter_or_a_tag_that_there_is_none_of_is_told(student: Learner, options: list[str], said: str) -> None:
    student.write("ship/empty.md", "---\ntags: [rig]\n---\n")
    student.write("ship/e10-ropes.md", "---\ntags: [rig]\n---\n## What is a halyard? {#halyard}\n\nA rope.\n")
    outcome = student.types("review", "--list", *options)
    assert (outcome.code, outcome.out, outcome.err) == (2, "", f"srs: {said}\n")
    for empty in (["empty"], ["rope", "--tag", "rig", "--new", "0"], ["jib", "--tag", "rig"]):
        outcome = student.types("review", "--list", *empty)
        assert (outcome.code, outcome.err) == (0, "nothing would be asked\n")


def test_a_backlog_beyond_the_limit_is_helped_by_the_limit(learner: Learner, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is advised is what helps, to the number."""
    learner.write("ship/units.md", "".join(f"## Unit {n}? {{#u{n}}}\n\n{n} metres.\n\n" for n in range(3)))
    for n in range(3):
        learner.srs("answer", f"u{n}", "4")
    learner.now = "2026-12-05 09:00"
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    said = learner.srs("review", "--limit", "0")
    assert "3 due cards wait, as the day's limit is reached: `srs review --limit 50` asks them." in said
    assert "--new" not in said
    monkeypatch.undo()
    assert len(listed(learner, "--limit", "50")) == 3
