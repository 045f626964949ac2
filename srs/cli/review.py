"""`srs review`: the daily sitting."""

from __future__ import annotations

import signal
import sys
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from srs.cli.completing import card_ids, decks, tags
from srs.cli.desk import Desk, desk_of, packed_decks
from srs.errors import SrsError, UsageError, counted
from srs.settings import ORDERS, overridden

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rich.console import Console

    from srs.cli.desk import Study
    from srs.collection.sitting import Sitting
    from srs.collection.today import Plan
    from srs.deck import Deck
    from srs.due import Limits
    from srs.settings import Settings
    from srs.store.cards import StoredCard

DeckOption = Annotated[
    str | None,
    typer.Option("--deck", "-d", help="Only this deck: its namespace, name or folder.", autocompletion=decks),
]
TagOption = Annotated[str | None, typer.Option("--tag", "-t", help="Only cards with this tag.", autocompletion=tags)]
CardArgument = Annotated[str, typer.Argument(help="The card's id, such as e2-steps/c3.", autocompletion=card_ids)]


def review(
    context: typer.Context,
    deck: DeckOption = None,
    tag: TagOption = None,
    new: Annotated[
        int | None, typer.Option(min=0, help="New cards a day, over all sittings.", show_default="20")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=0, help="Due cards a day, over all sittings.", show_default="200")
    ] = None,
    ahead: Annotated[int, typer.Option(min=0, max=3650, metavar="DAYS", help="Also what is due in the next days.")] = 0,
    cram: Annotated[bool, typer.Option("--cram", help="All cards, due or not; moves no due day.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Only what was missed today; drills, like --cram.")] = False,
    order: Annotated[
        str | None, typer.Option(metavar="|".join(ORDERS), help="Which come first.", show_default="due-first")
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
    desk = desk_of(context)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise SrsError(
            "review needs a terminal; `srs cards --due` lists what is due, `srs answer` grades from a script"
        )
    with desk.synced() as study:
        desk = replace(desk, settings=overridden(desk.settings, given))
        plan = plan_for(desk, study, deck, tag)
        if new is not None or limit is not None:
            plan = replace(plan, own={})
        _sit(desk, study, replace(plan, ahead=ahead, cram=cram, again=again))


def plan_for(desk: Desk, study: Study, deck: str | None = None, tag: str | None = None) -> Plan:
    """Return today's plan as the settings have it."""
    from srs.collection.today import Plan
    from srs.due import Limits, Order

    chosen = desk.settings
    return Plan(
        study.choice(deck, tag),
        Limits(chosen.new, chosen.reviews),
        order=Order(chosen.order, chosen.by_chapter),
        own=dict(_own_limits(chosen, study.decks)),
    )


def _own_limits(general: Settings, decks: Mapping[str, Deck]) -> Iterator[tuple[str, Limits]]:
    """Yield the daily limits of decks that have their own; what a deck leaves open is the general one."""
    from srs.due import Limits

    for name, deck in decks.items():
        if deck.new is not None or deck.reviews is not None:
            new = general.new if deck.new is None else deck.new
            yield name, Limits(new, general.reviews if deck.reviews is None else deck.reviews)


def _sit(desk: Desk, study: Study, plan: Plan) -> None:
    from rich.console import Console

    from srs.collection.sitting import Sitting
    from srs.collection.today import line_for
    from srs.terminal.grades import FOUR_GRADES, SIX_GRADES
    from srs.terminal.reviewing import Reviewing, Surroundings
    from srs.terminal.screen import Screen

    console = Console(highlight=False)
    chosen = desk.settings
    line = line_for(study.store, plan, desk.today())
    sitting = Sitting(study.store, desk.scheduler, line, plan.cram, desk.leeches)
    if sitting.current is None:
        _nothing_due(desk, study, plan)
        return
    around = Surroundings(
        desk.now,
        desk.day_of,
        SIX_GRADES if chosen.six_grades else FOUR_GRADES,
        lambda card: _edit(desk, study, card),
        chosen.type_answers,
    )
    said = _greeting(desk, study, plan)
    signal.signal(signal.SIGTERM, _leave)
    try:
        Reviewing(sitting, Screen(console), around, said).run()
    finally:
        _sum_up(desk, study, plan, sitting, console)


def _greeting(desk: Desk, study: Study, plan: Plan) -> str:
    """Say what the learner should know before the first card: problems in the decks, or a backlog and its end."""
    from srs.cli.glance import backlog
    from srs.store.cards import count_cards

    if study.problems:
        return f"{counted(study.problems, 'problem')} in the decks; `srs check` lists them"
    with study.store.reading() as connection:
        due = count_cards(connection, plan.choice, desk.today()).due
    return backlog(due, plan.limits.reviews, desk.today()) if due > plan.limits.reviews and not plan.cram else ""


def _leave(number: int, _: object) -> NoReturn:
    """Leave as on any exit when asked to end, so that the terminal is as it was."""
    sys.exit(128 + number)


def _sum_up(desk: Desk, study: Study, plan: Plan, sitting: Sitting, console: Console) -> None:
    from srs.collection.today import line_for
    from srs.terminal.summary import summary

    left = len(sitting.line.left) if plan.cram or plan.again else len(line_for(study.store, plan, desk.today()).left)
    tomorrow = line_for(study.store, replace(plan, cram=False, again=False), desk.today() + timedelta(days=1))
    for line in summary(sitting.tally, left, tomorrow):
        console.print(line, soft_wrap=True)


def _nothing_due(desk: Desk, study: Study, plan: Plan) -> None:
    from srs.store.cards import count_cards, next_due

    today = desk.today()
    with study.store.reading() as connection:
        counts = count_cards(connection, plan.choice, today)
        day = next_due(connection, plan.choice, today)
    if plan.again:
        typer.echo("Nothing was missed today.")
    elif not counts.total:
        typer.echo("No card fits; `srs cards` lists those there are.")
    elif counts.due or counts.new:
        typer.echo(f"Done for today: the rest waits for another day ({counts.due} due, {counts.new} new).")
        typer.echo("More all the same: `srs review --new 40`, or `srs review --cram`.")
    else:
        typer.echo(f"Nothing is due today{f'; the next card is due on {day}' if day else ''}.")
        typer.echo(f"Ahead of time: `srs review --ahead {(day - today).days}`." if day else "")


def _edit(desk: Desk, study: Study, card: StoredCard) -> str:
    """Open a card's note in the editor, bring the store up to the text, and say what there is to say."""
    from srs.deck import find_decks
    from srs.terminal.editor import edit

    if study.file(card).is_relative_to(packed_decks()):
        return f"these decks came with srs, and an upgrade replaces them; copy them first: cp -r {packed_decks()} decks"
    edit(study.file(card), card.line)
    folders, _ = find_decks(desk.folder)
    done = desk.sync(study.store, folders)
    wrong = [problem for problem in done.problems if not problem.warning]
    if wrong:
        return f"{wrong[0].path.name}:{wrong[0].line}: {wrong[0].message}"
    return (
        ", ".join(f"{len(names)} {kind}" for kind, names in asdict(done.report).items() if names) or "nothing changed"
    )
