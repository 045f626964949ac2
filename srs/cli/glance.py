"""`srs` alone: a good morning."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from srs.cli.review import plan_for
from srs.errors import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from srs.cli.desk import Desk
    from srs.store.cards import Counts

_WEEK = 7
_BARS = "▁▂▃▄▅▆▇█"


def glance(desk: Desk) -> None:
    """Say what is due and new, how long the streak is, what the week holds, and what to type next."""
    from srs.collection.today import line_for
    from srs.store.cards import count_cards, due_by_day
    from srs.store.reviews import read_today, study_days

    today = desk.today()
    with desk.synced() as study:
        plan = plan_for(desk, study)
        line = line_for(study.store, plan, today)
        with study.store.reading() as connection:
            counts = count_cards(connection, plan.choice, today)
            done, _ = read_today(connection, today, plan.choice.decks)
            days = streak(study_days(connection, today), today)
            coming = due_by_day(connection, plan.choice, today + timedelta(days=_WEEK - 1))
    new = sum(card.memory is None for card in line.waiting)
    answered = done.new_done + done.reviews_done
    typer.echo(
        f"Today: {len(line.waiting) - new} due, {new} new, {counted(len(line.drills), 'drill')} to go; {answered} done."
    )
    typer.echo(f"Cards: {counts.total:,}, of them {counts.new:,} new and waiting.  Streak: {counted(days, 'day')}.")
    typer.echo(f"Week:  {week(coming, today)}")
    if counts.due > plan.limits.reviews:
        typer.echo(f"       {backlog(counts.due, plan.limits.reviews, today)}")
    typer.echo(f"Next:  {_next(bool(line.left), counts, plan.limits.new, coming, today)}")


def week(due: Mapping[date, int], today: date) -> str:
    """Draw what falls due in the next seven days as a small bar a day; what is overdue is due today."""
    loads = [due.get(today + timedelta(days=ahead), 0) for ahead in range(_WEEK)]
    loads[0] += sum(number for day, number in due.items() if day < today)
    most = max(loads) or 1
    parts = []
    for ahead, load in enumerate(loads):
        bar = _BARS[min(len(_BARS) - 1, load * len(_BARS) // (most + 1))] if load else "·"
        parts.append(f"{today + timedelta(days=ahead):%a} {bar} {load}")
    return "   ".join(parts)


def backlog(due: int, limit: int, today: date) -> str:
    """Say when a backlog will be cleared, at the day's limit of reviews."""
    if not limit:
        return f"{due:,} cards are due, and the limit is 0 a day: `srs review --limit 50` begins."
    cleared = today + timedelta(days=-(-due // limit) - 1)
    return f"{due:,} cards are due: at {limit} a day, the longest overdue first, that is cleared on {cleared}."


def _next(left: bool, counts: Counts, limit: int, due: Mapping[date, int], today: date) -> str:
    ahead = [day for day in due if day > today]
    if left:
        return "srs review"
    if counts.new:
        return f"done for today.  More: srs review --new {limit + 10}"
    return f"done for today; the next card is due on {min(ahead)}." if ahead else "done for today."


def streak(days: Iterable[date], today: date) -> int:
    """Count the study days in a row that saw an answer, given newest first; today may still be to come."""
    length = 0
    expected = today
    for day in days:
        if length == 0 and day == today - timedelta(days=1):
            expected = day
        if day != expected:
            break
        length += 1
        expected = day - timedelta(days=1)
    return length
