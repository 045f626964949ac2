"""`srs review`: the daily sitting."""

import shlex
import sys
from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer
from msgspec.structs import replace
from rich.console import Console

from srs.cli.advice import advice, of_suspended, siblings
from srs.cli.around import keep_copy, surroundings
from srs.cli.arriving import between_cards, opening_beside
from srs.cli.context import Context, context_of
from srs.cli.meanwhile import begin_meanwhile
from srs.cli.opening_soon import open_soon
from srs.cli.options import DeckOption, JsonOption, TagOption, WordsArgument
from srs.cli.saying import say, say_json
from srs.cli.today import backlog
from srs.collection.chance import draw
from srs.collection.held import held_of
from srs.collection.selection import Wish, selected
from srs.collection.sitting import Sitting
from srs.collection.today import Plan, crammed_before, next_day, queue_for
from srs.due.order import DUE_FIRST, ORDERS
from srs.errors import SrsError, UsageError, counted
from srs.settings import Settings, overridden
from srs.store.queued import count_cards, count_due
from srs.store.seen import read_card
from srs.terminal.keyboard import Keyboard
from srs.terminal.reviewing import Reviewing
from srs.terminal.screen import Screen
from srs.terminal.signals import heed
from srs.terminal.summary import summary

if TYPE_CHECKING:
    from srs.cli.opening_soon import Soon

_DEFAULTS = Settings()


def review(
    context: typer.Context,
    what: WordsArgument = None,
    deck: DeckOption = None,
    tag: TagOption = None,
    new: Annotated[
        int | None, typer.Option(min=0, help="New cards a day, over all sittings.", show_default=str(_DEFAULTS.new))
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0, help="Due cards a day, over all sittings; of a cram, its cards.", show_default=str(_DEFAULTS.reviews)
        ),
    ] = None,
    ahead: Annotated[int, typer.Option(min=0, max=3650, metavar="DAYS", help="Also what is due in the next days.")] = 0,
    cram: Annotated[bool, typer.Option("--cram", help="All cards, due or not; moves no due day.")] = False,
    again: Annotated[bool, typer.Option("--again", help="Only what was missed today; drills, like --cram.")] = False,
    flagged: Annotated[bool, typer.Option("--flagged", help="Only cards with a remark.")] = False,
    leeches: Annotated[bool, typer.Option("--leeches", help="Only cards that keep lapsing.")] = False,
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
    as_list: Annotated[
        bool, typer.Option("--list", help="Say what would be asked, in its order; ask nothing.")
    ] = False,
    as_json: JsonOption = False,
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
    if as_json and not as_list:
        raise UsageError("--json goes with --list")
    here = context_of(context)
    if not (as_list or (sys.stdin.isatty() and sys.stdout.isatty())):
        raise SrsError(
            "review needs a terminal; `srs cards --due` lists what is due, `srs review --list` what would be asked,"
            " `srs answer` grades from a script"
        )
    wish, seed = Wish(tuple(what or ()), flagged=flagged, leeches=leeches), draw(0, 2**32 - 1)

    def plan_of(desk: "Soon") -> Plan:
        chosen = desk.plan(deck, tag)
        return replace(
            chosen,
            ahead=ahead,
            cram=cram,
            again=again,
            most=limit,
            order=replace(chosen.order, seed=seed),
            own=chosen.own if new is None and limit is None else {},
            only=selected(desk, chosen.choice, wish),
        )

    with open_soon(replace(here, settings=overridden(here.settings, given)), news_may_wait=not as_list) as desk:
        if as_list:
            _list(here, desk, plan_of(desk), as_json=as_json)
        else:
            _sit(here, desk, plan_of, _command(what, deck, tag, wish))


def _command(what: Sequence[str] | None, deck: str | None, tag: str | None, wish: Wish) -> str:
    """Return the sitting as it was typed, without what is said of how much and how; advice goes on from there."""
    options = [*(["--deck", deck] if deck else []), *(["--tag", tag] if tag else [])]
    options += [*(["--flagged"] if wish.flagged else []), *(["--leeches"] if wish.leeches else [])]
    return shlex.join(["srs", "review", *(what or ()), *options])


def _list(here: Context, desk: "Soon", plan: Plan, *, as_json: bool) -> None:
    """Write what a sitting would ask, in its order, as `srs cards` lists cards."""
    from srs.cli.listing import say_cards  # noqa: PLC0415 -- a sitting draws no table

    queue, today = queue_for(desk.store, plan, here.today()), here.today()
    with desk.store.reading() as connection:
        cards = [read_card(connection, card.key) for card in queue.order]
    if as_json:
        say_json(
            [
                {
                    "id": card.name,
                    "state": card.state(today),
                    "due": card.memory.due.isoformat() if card.memory else None,
                }
                for card in cards
            ]
        )
        return
    say_cards(cards, today)
    if not cards:
        say("nothing would be asked", err=True)


def _sit(here: Context, desk: "Soon", plan_of: "Callable[[Soon], Plan]", command: str) -> None:
    console, plan = Console(highlight=False), plan_of(desk)
    queue = queue_for(desk.store, plan, here.today())
    if queue.next is None and desk.news:
        desk = desk.whole()
        plan = plan_of(desk)
        queue = queue_for(desk.store, plan, here.today())
    if queue.next is None:
        _nothing_due(here, desk, plan, command)
        return
    sitting = Sitting(desk.store, desk.rules, queue, plan.cram)
    said = "; ".join(filter(None, (_greeting(here, desk, plan), _pretended(here))))
    screen = Screen(console)
    meanwhile = begin_meanwhile(here, plan.choice)
    around = replace(surroundings(here, desk), between=between_cards(desk, meanwhile))
    beside = opening_beside(desk, sitting, lambda whole: queue_for(whole.store, plan_of(whole), here.today()))
    try:
        heed(screen, keyboard := Keyboard(beside))
        Reviewing(sitting, screen, around, said, keyboard).run()
    finally:
        if meanwhile and sitting.tally.answers:
            meanwhile.end()
        if sitting.tally.answers:
            keep_copy(here, desk)
        _sum_up(here, desk, plan, sitting, console)


def _greeting(here: Context, desk: "Soon", plan: Plan) -> str:
    """Say what the learner should know before the first card: problems in the decks, or a backlog and its end."""
    if desk.mistakes:
        return f"{counted(desk.mistakes, 'problem')} in the decks; `srs check` lists them"
    if plan.cram:
        before = crammed_before(desk.store, plan, here.today())
        return f"going on: {counted(before, 'card')} crammed today already" if before else ""
    with desk.store.reading() as connection:
        due = count_due(connection, plan.choice, here.today())
    return backlog(due, plan.limits.reviews, here.today()) if due > plan.limits.reviews else ""


def _pretended(here: Context) -> str:
    """Say whose day the answers will carry if it is not today's: they stay in the history."""
    day = here.pretended_day()
    return f"--now: what you answer will be of {day}, not of today" if day else ""


def _sum_up(here: Context, desk: "Soon", plan: Plan, sitting: Sitting, console: Console) -> None:
    left = len(sitting.queue.left)
    if not left and not (plan.cram or plan.again):  # what was suspended or buried may have made room for others
        left = len(queue_for(desk.store, plan, here.today()).left)
    then, day = replace(plan, cram=False, again=False), here.today() + timedelta(days=1)
    tomorrow = queue_for(desk.store, then, day)
    nothing_new = all(card.memory for card in tomorrow.waiting)
    waiting = siblings(held_of(desk.store, then, day)) if nothing_new else ""
    whole = desk.plan()
    some = plan.only is not None or plan.choice != whole.choice
    rest = len(queue_for(desk.store, whole, here.today()).left) if some or plan.cram or plan.again else 0
    for line in summary(sitting.tally, left, tomorrow, waiting, rest, some=some):
        console.print(line, soft_wrap=True)


def _nothing_due(here: Context, desk: "Soon", plan: Plan, command: str) -> None:
    today = here.today()
    with desk.store.reading() as connection:
        total = count_cards(connection, plan.choice, today).total if plan.only is None else len(plan.only)
    if plan.again:
        say("You missed nothing today.")
        return
    if not total:
        say("No cards match; `srs cards` lists all of them.")
        return
    held, day = held_of(desk.store, plan, today), next_day(desk.store, plan, today)
    if told := list(advice(held, command)):
        for line in ("Done for today.", *told):
            say(line)
    else:
        ahead = f"; the next card is due on {day}: `{command} --ahead {(day - today).days}`" if day else ""
        say(f"Nothing is due today{ahead}.")
    if suspended := of_suspended(held) if plan.only is not None or not day else "":
        say(suspended)
