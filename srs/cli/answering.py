"""`srs answer`, `srs undo`, `srs suspend` and `srs resume`: single steps, for scripts and second thoughts."""

from __future__ import annotations

from typing import Annotated

import typer

from srs.cli.completing import card_ids
from srs.cli.desk import desk_of
from srs.cli.review import CardArgument
from srs.errors import SrsError, UsageError, counted

Cards = Annotated[
    list[str], typer.Argument(metavar="CARD...", help="Ids of cards, such as e2-steps/c3.", autocompletion=card_ids)
]


def answer(
    context: typer.Context,
    card: CardArgument,
    grade: Annotated[str, typer.Argument(help="0 to 5: 3 and more is a pass, 4 is good.")],
) -> None:
    """Record one answer without a sitting."""
    from srs.due import milliseconds
    from srs.scheduler import Grade, counts
    from srs.store import reviews

    if grade not in {str(int(each)) for each in Grade}:
        raise UsageError(f"grade {grade!r} is none; a grade goes from 0 (blackout) to 5 (easy)")
    desk = desk_of(context)
    with desk.synced() as study:
        (stored,) = study.cards([card])
        if stored.retired:
            raise SrsError(f"{card} is retired: its text is gone; bring the text back to answer it")
        now = desk.now()
        review = reviews.Review(milliseconds(now), desk.day_of(now), Grade(int(grade)), 0, reviews.SCRIPT)
        with study.store.writing() as connection:
            done = reviews.record(connection, stored.key, review, desk.scheduler)
            leech = desk.leeches.deal_with(connection, stored.key, stored.memory, done.memory)
    drill = "" if counts(stored.memory, review.day) else " (a drill: only a day's first answer counts)"
    due = f"due {done.memory.due}, interval {counted(done.memory.interval, 'day')}" if done.memory else "new"
    typer.echo(f"{stored.name}: {due}{drill}")
    if leech:
        typer.echo(f"{stored.name} is a leech: rewrite it; `srs cards --leeches` says where")


def undo(context: typer.Context) -> None:
    """Take back the last answer, whichever sitting or script gave it."""
    from srs.store import reviews
    from srs.store.log import read_log

    desk = desk_of(context)
    with desk.store() as store, store.writing() as connection:
        last = reviews.last_review(connection)
        if last is None:
            raise SrsError("there is no answer to take back")
        key, card, review = last
        name = next(line.card for line in read_log(connection, [card]))
        memory = reviews.undo(connection, key, desk.at(), desk.scheduler)
    now = f"due {memory.due}" if memory else "new again"
    typer.echo(f"{name}: grade {int(review.grade)} of {review.day} taken back; {now}")


def suspend(context: typer.Context, cards: Cards) -> None:
    """Take cards out of the queue until they are resumed."""
    _set_suspended(context, cards, suspended=True)


def resume(context: typer.Context, cards: Cards) -> None:
    """Put suspended cards back into the queue; a buried card comes back at once, too."""
    _set_suspended(context, cards, suspended=False)


def _set_suspended(context: typer.Context, names: list[str], *, suspended: bool) -> None:
    from srs.store.cards import set_buried, set_suspended

    with desk_of(context).synced() as study:
        keys = [card.key for card in study.cards(names)]
        with study.store.writing() as connection:
            set_suspended(connection, keys, suspended=suspended)
            if not suspended:
                for key in keys:
                    set_buried(connection, key, None)
    typer.echo(f"{counted(len(keys), 'card')} {'suspended' if suspended else 'resumed'}")
