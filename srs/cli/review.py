"""`srs review`: the daily sitting."""

import signal
import sys
from dataclasses import asdict, replace
from datetime import timedelta
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from srs.cli.context import Context, context_of, packed_decks
from srs.cli.opening import open_collection, working
from srs.cli.options import DeckOption, TagOption
from srs.cli.saying import say
from srs.cli.today import backlog
from srs.collection.collection import Collection, bring_up
from srs.collection.sitting import Sitting
from srs.collection.today import Plan, queue_for
from srs.collection.writable import refusal
from srs.due.order import DUE_FIRST, ORDERS
from srs.errors import SrsError, UsageError, counted
from srs.settings import Settings, overridden
from srs.store.cards import StoredCard, count_cards, next_due
from srs.terminal.editor import edit
from srs.terminal.grades import FOUR_GRADES, SIX_GRADES
from srs.terminal.reviewing import Reviewing, Surroundings
from srs.terminal.screen import Screen
from srs.terminal.summary import summary

_DEFAULTS = Settings()


def review(
    context: typer.Context,
    deck: DeckOption = None,
    tag: TagOption = None,
    new: Annotated[
        int | None, typer.Option(min=0, help="New cards a day, over all sittings.", show_default=str(_DEFAULTS.new))
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Due cards a day, over all sittings.", show_default=str(_DEFAULTS.reviews))
    ] = None,
    ahead: Annotated[int, typer.Option(min=0, max=3650, metavar="DAYS", help="Also what is due in the next days.")] = 0,
    cram: Annotated[bool, typer.Option("--cram", help="All cards, due or not; moves no due day.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Only what was missed today; drills, like --cram.")] = False,
    order: Annotated[
        str | None, typer.Option(metavar="|".join(ORDERS), help="Which come first.", show_default=DUE_FIRST)
    ] = None,
    by_chapter: Annotated[
        bool | None, typer.Option("--by-chapter/--across-chapters", help="Keep the cards of a chapter together.")
    ] = None,
    type_answers: Annotated[
        bool | None, typer.Option("--type/--no-type", help="Type each answer, and see where it differs.")
    ] = None,
    six_grades: Annotated[
        bool | None, typer.Option("--six-grades/--four-grades", help="Grade from 0 to 5, as SM-2 does.")
    ] = None,
) -> None:
    """Ask what is due today, then new cards; each answer is saved at once."""
    given = {
        "new": new,
        "reviews": limit,
        "order": order,
        "by_chapter": by_chapter,
        "type_answers": type_answers,
        "six_grades": six_grades,
    }
    if order not in {None, *ORDERS}:
        raise UsageError(f"no order {order!r}; it takes {', '.join(ORDERS)}")
    if cram and again:
        raise UsageError("--cram and --again are two ways; choose one")
    here = context_of(context)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SrsError(
            "review needs a terminal; `srs cards --due` lists what is due, `srs answer` grades from a script"
        )
    with open_collection(replace(here, settings=overridden(here.settings, given))) as collection:
        plan = collection.plan(deck, tag)
        if new is not None or limit is not None:
            plan = replace(plan, own={})
        _sit(here, collection, replace(plan, ahead=ahead, cram=cram, again=again))


def _sit(here: Context, collection: Collection, plan: Plan) -> None:
    console = Console(highlight=False)
    chosen = collection.settings
    queue = queue_for(collection.store, plan, here.today())
    sitting = Sitting(collection.store, collection.rules, queue, plan.cram)
    if sitting.current is None:
        _nothing_due(here, collection, plan)
        return
    around = Surroundings(
        here.now,
        collection.day_of,
        SIX_GRADES if chosen.six_grades else FOUR_GRADES,
        lambda card: _edit(here, collection, card),
        chosen.type_answers,
    )
    said = _greeting(here, collection, plan)
    signal.signal(signal.SIGTERM, _leave)
    try:
        Reviewing(sitting, Screen(console), around, said).run()
    finally:
        _sum_up(here, collection, plan, sitting, console)


def _greeting(here: Context, collection: Collection, plan: Plan) -> str:
    """Say what the learner should know before the first card: problems in the decks, or a backlog and its end."""
    if collection.mistakes:
        return f"{counted(collection.mistakes, 'problem')} in the decks; `srs check` lists them"
    with collection.store.reading() as connection:
        due = count_cards(connection, plan.choice, here.today()).due
    return backlog(due, plan.limits.reviews, here.today()) if due > plan.limits.reviews and not plan.cram else ""


def _leave(number: int, _: object) -> NoReturn:
    """Leave as on any exit when asked to end, so that the terminal is as it was."""
    sys.exit(128 + number)


def _sum_up(here: Context, collection: Collection, plan: Plan, sitting: Sitting, console: Console) -> None:
    left = (
        len(sitting.queue.left)
        if plan.cram or plan.again
        else len(queue_for(collection.store, plan, here.today()).left)
    )
    tomorrow = queue_for(collection.store, replace(plan, cram=False, again=False), here.today() + timedelta(days=1))
    for line in summary(sitting.tally, left, tomorrow):
        console.print(line, soft_wrap=True)


def _nothing_due(here: Context, collection: Collection, plan: Plan) -> None:
    today = here.today()
    with collection.store.reading() as connection:
        counts = count_cards(connection, plan.choice, today)
        day = next_due(connection, plan.choice, today)
    if plan.again:
        say("You missed nothing today.")
    elif not counts.total:
        say("No cards match; `srs cards` lists all of them.")
    elif counts.due or counts.new:
        say(f"Done for today: the rest is for another day ({counts.due} due, {counts.new} new).")
        say("To do more anyway: `srs review --new 40`, or `srs review --cram`.")
    else:
        ahead = f"; the next card is due on {day}: `srs review --ahead {(day - today).days}`" if day else ""
        say(f"Nothing is due today{ahead}.")


def _edit(here: Context, collection: Collection, card: StoredCard) -> str:
    """Open a card's note in the editor, bring the store up to the text, and say what there is to say."""
    if refused := refusal(collection.file(card), packed_decks()):
        return refused
    edit(collection.file(card), card.line)
    done = bring_up(collection.store, here.folder, collection.settings, here.now(), working=working)
    wrong = [problem for problem in done.problems if not problem.warning]
    if wrong:
        return f"{wrong[0].path.name}:{wrong[0].line}: {wrong[0].message}"
    return (
        ", ".join(f"{len(names)} {kind}" for kind, names in asdict(done.report).items() if names) or "nothing changed"
    )
