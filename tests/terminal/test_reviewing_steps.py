"""What the loop of a sitting makes of time: how long an answer took, and how long the rest may take."""

from __future__ import annotations

import io
import time
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace
from rich.console import Console
from sqlalchemy import update

from srs.collection.sitting import Left, Sitting, Tally
from srs.deck import note_from_text
from srs.due import Queue, Queued
from srs.scheduler import Grade
from srs.store.called import card_history
from srs.store.tables import notes
from srs.terminal import reviewing as reviewing_module
from srs.terminal.asking import Asking
from srs.terminal.frame import Standing
from srs.terminal.grades import FOUR_GRADES
from srs.terminal.keyboard import Keyboard
from srs.terminal.keys import LEAVE
from srs.terminal.pages import Card
from srs.terminal.reviewing import Reviewing, Surroundings
from srs.terminal.screen import Screen
from tests.rules import rules
from tests.store.histories import store_with_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

STANDING = Standing(0, Left(3, 0, 0))
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.fixture
def reviewing() -> Iterator[Reviewing]:
    """A sitting over three cards, on a screen in memory."""
    with store_with_cards() as store:
        sitting = Sitting(store, rules(), Queue(tuple(Queued(key, key, None) for key in (1, 2, 3))))
        around = Surroundings(lambda: NOON, lambda _: date(2026, 12, 1), FOUR_GRADES, lambda _: "")
        yield Reviewing(sitting, Screen(Console(file=io.StringIO(), width=80, height=24)), around)


@pytest.mark.parametrize(("seconds", "ms"), [(7, 7_000), (59, 59_000), (3600, 60_000)])
def test_who_takes_more_than_a_minute_was_away(reviewing: Reviewing, seconds: float, ms: int) -> None:
    queued = reviewing.sitting.current
    assert queued
    reviewing._grade(queued, reviewing.sitting.read(queued), Grade.GOOD, time.monotonic() - seconds)
    with reviewing.sitting.store.opened().reading() as connection:
        (review,) = card_history(connection, queued.key)
    assert abs(review.ms - ms) < 500


@pytest.mark.parametrize(("answers", "left"), [(2, None), (3, 30_000), (6, 30_000)])
def test_the_time_that_is_left_is_the_pace_so_far_for_each_card(
    reviewing: Reviewing, answers: int, left: int | None
) -> None:
    reviewing.sitting.tally = Tally(answers, (Grade.GOOD,) * answers, 10_000 * answers)
    assert reviewing._standing().ms_left == left


@pytest.mark.parametrize(
    ("always", "note", "typed"),
    [(False, "q {#q}", False), (True, "q {#q}", True), (False, "q {#q .type}", True)],
    ids=["neither", "the learner", "the note"],
)
def test_an_answer_is_typed_where_the_learner_or_the_note_asks_for_it(
    reviewing: Reviewing, monkeypatch: pytest.MonkeyPatch, always: bool, note: str, typed: bool
) -> None:
    asked: list[bool] = []

    def leave(_: object, *_futures: object, typing: bool) -> str:
        asked.append(typing)
        return next(iter(LEAVE))

    monkeypatch.setattr(Asking, "answer", leave)
    reviewing.around = replace(reviewing.around, typing=always)
    queued = reviewing.sitting.current
    assert queued
    with reviewing.sitting.store.opened().writing() as connection:
        connection.execute(update(notes).values(text=f"## {note}\n\nanswer"))
    assert not reviewing._ask(queued)
    assert asked == [typed]


def test_steps_say_what_they_did_and_are_taken_back_one_by_one(reviewing: Reviewing) -> None:
    def step(key: str, *, told: bool = False) -> str:
        queued = reviewing.sitting.current
        assert queued
        asking = Asking(reviewing.screen, Keyboard(), Card(note_from_text("## q"), "", "q", "", False), {}, STANDING)
        asking.told = told
        reviewing._step(key, queued, reviewing.sitting.read(queued), asking)
        return reviewing.said

    assert step("s") == "suspended mile; u undoes it, `srs resume mile` does so later"
    assert step("b") == "buried anchor until tomorrow; u undoes it"
    assert step("u") == "undone: bury"
    assert step("u") == "undone: suspend"
    assert step("u") == "nothing to undo in this sitting; `srs undo` goes back further"
    assert step("u", told=True).startswith("the answer is hidden again; nothing else to undo in this sitting")


def test_the_next_note_is_read_while_a_key_is_waited_for(reviewing: Reviewing) -> None:
    """What is asked after a card that is known is there before the key is pressed; a note is parsed once."""
    with reviewing.sitting.store.opened().writing() as connection:
        for key in (1, 2):
            connection.execute(update(notes).where(notes.c.id == key).values(text=f"## Read ahead {key}? {{#q}}\n\na"))
    read: list[int] = []

    class Waiting(Keyboard):
        def key(self, changed: Callable[[], bool]) -> str:
            del changed
            before = reviewing_module._note.cache_info().misses
            super().key(lambda: True)
            read.append(reviewing_module._note.cache_info().misses - before)
            return "q"

    reviewing.keyboard = Waiting()
    reviewing.go_on()
    second = reviewing.sitting.queue.waiting[1]
    reviewing.sitting.leave_out(reviewing.sitting.queue.waiting[0])
    before = reviewing_module._note.cache_info()
    reviewing_module._note(reviewing.sitting.read(second).text)
    assert read == [1]
    assert reviewing_module._note.cache_info().hits == before.hits + 1
