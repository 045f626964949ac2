"""`srs mock`: a question of the interview, answered aloud against the clock."""

import sys
import time
from contextlib import ExitStack
from typing import Annotated

import typer
from rich.console import Console

from srs.cli.around import keep_copy, surroundings
from srs.cli.context import Context, context_of
from srs.cli.opening import open_collection
from srs.cli.options import DeckOption, JsonOption, WordsArgument
from srs.cli.saying import say, say_json
from srs.collection.chance import draw, seeded
from srs.collection.collection import Collection
from srs.collection.mocks import choose, follow_ups, history, keep, questions
from srs.collection.sitting import Sitting
from srs.deck.pacing import own_seconds
from srs.due import Queue, moment_of
from srs.errors import SrsError, UsageError
from srs.history import LogLine, Mock
from srs.history.told import written
from srs.terminal.keyboard import Keyboard
from srs.terminal.mock_pages import Interview, clock, summing_up
from srs.terminal.mocking import Mocking
from srs.terminal.reviewing import Reviewing
from srs.terminal.screen import Screen
from srs.terminal.signals import heed

_USUAL_MINUTES = 3
_CELLS = 10


def mock(
    context: typer.Context,
    what: WordsArgument = None,
    minutes: Annotated[
        float | None,
        typer.Option(
            min=0.1,
            max=120,
            help="How long you may speak.",
            show_default=f"the outline's own times, else {_USUAL_MINUTES}",
        ),
    ] = None,
    deck: DeckOption = None,
    seed: Annotated[
        int | None, typer.Option(help="Draw the same question again.", show_default="another each time")
    ] = None,
    as_history: Annotated[bool, typer.Option("--history", help="The last ten, with times and shares said.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Ask a question to be answered aloud, keep the time, and tick off what was said."""
    if as_json and not as_history:
        raise UsageError("--json goes with --history")
    here = context_of(context)
    if not (as_history or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise SrsError("mock needs a terminal; `srs show` prints an outline, `srs mock --history` how it went before")
    with open_collection(here) as collection:
        if as_history:
            _tell_history(history(collection, collection.choice(deck), what or ()), as_json=as_json)
            return
        drawing = draw if seed is None else seeded(seed)
        found = questions(collection, collection.choice(deck), what or ())
        question = choose(collection, found, here.today(), drawing)
        seconds = round(60 * minutes) if minutes else own_seconds(question.outline) or 60 * _USUAL_MINUTES
        interview = Interview(question, collection.decks[question.stored.deck].name, seconds)
        after = follow_ups(collection, question, here.today(), drawing)
        _hold(here, collection, interview, Sitting(collection.store, collection.rules, Queue(after), once=True))


def _hold(here: Context, collection: Collection, interview: Interview, sitting: Sitting) -> None:
    """Ask, then ask the follow-ups; what was said is kept when they are over, each grade at once."""
    console = Console(highlight=False)
    screen, keyboard = Screen(console), Keyboard()
    heed(screen, keyboard)
    try:
        with ExitStack() as stack:
            stack.enter_context(screen)
            stack.enter_context(keyboard)
            spoken = Mocking(interview, screen, keyboard, time.monotonic).run()
            if spoken:
                around = surroundings(here, collection)
                Reviewing(sitting, screen, around, "They go on asking.", keyboard).go_on()
    finally:
        if sitting.tally.answers:
            keep_copy(here, collection)
    if spoken is None:
        say("Left; nothing of it is kept.")
        return
    held = keep(collection, interview.question, spoken, here.now())
    for line in summing_up(interview, spoken, len(held.drills), sitting.tally, min(88, console.width - 4)):
        console.print(line, soft_wrap=True)


def _tell_history(found: list[tuple[LogLine, Mock]], *, as_json: bool) -> None:
    if as_json:
        say_json(
            [
                {
                    "id": line.card,
                    "at": written(act.at),
                    "seconds": act.seconds,
                    "said": list(act.said),
                    "missed": list(act.missed),
                }
                for line, act in found
            ]
        )
        return
    width = max((len(line.card) for line, _ in found), default=0)
    for line, act in found:
        total = len(act.said) + len(act.missed)
        full = _CELLS * len(act.said) // total if total else 0
        bar = "█" * full + "░" * (_CELLS - full)
        day = f"{moment_of(act.at).astimezone():%Y-%m-%d %H:%M}"
        say(f"{day}  {line.card:{width}}  {clock(act.seconds):>6}  {bar}  {len(act.said)} of {total} said")
    if not found:
        say("No mock was held yet; `srs mock` holds one.", err=True)
