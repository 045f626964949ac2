"""`srs review`: what the command line makes of a sitting; the sitting itself is tested without a terminal."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from srs.cli import review
from srs.cli.clock import Clock
from srs.cli.context import Context
from srs.collection.collection import Collection, open_collection
from srs.collection.sitting import Sitting, Tally
from srs.due import Limits, Queue
from srs.scheduler import Grade, Sm2
from srs.settings import Settings
from srs.store.memories import write_memories
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
        window.child.close(force=True)


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
    window.child.kill(signal.SIGTERM)
    assert window.ends() == 128 + signal.SIGTERM
    assert b"\x1b[?1049l" in window.raw
    assert window.raw.rindex(b"\x1b[?25h") > window.raw.rindex(b"\x1b[?25l")
    assert "1" in window.raw.rpartition(b"\x1b[?1049l")[2].decode()


@pytest.fixture
def opened(boatman: Learner) -> Iterator[tuple[Context, Collection]]:
    """What a review has in hand before the first card: four cards are due."""
    now = datetime(2026, 12, 1, 9, tzinfo=UTC)
    here = Context(boatman.decks, str(boatman.store), Clock(now), Settings(rollover=0), (), Path())
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
            write_memories(connection, {card.key: memory})
    console = Console(file=StringIO(), width=100)
    sitting = Sitting(collection.store, collection.rules, Queue(()), tally=Tally(1, (Grade.GOOD,), 1000))
    review._sum_up(here, collection, collection.plan("ship"), sitting, console)
    assert "Tomorrow: 3 due, 2 new." in console.file.getvalue()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--order", "random"], "no order 'random'; it takes due-first, new-first, mixed"),
        (["--cram", "--again"], "--cram and --again are two ways; choose one"),
        (["--new", "-1"], "--new"),
        (["--ahead", "3651"], "--ahead"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wishes_that_cannot_be_met_are_wrong_usage(boatman: Learner, options: list[str], said: str) -> None:
    outcome = boatman.types("review", *options)
    assert (outcome.code, outcome.out, said in outcome.err) == (2, "", True)
