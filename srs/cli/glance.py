"""`srs` alone: today at a glance."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import typer

from srs.errors import counted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from srs.cli.desk import Desk


def glance(desk: Desk) -> None:
    """Say what is due and new, how long the streak is, and what to type next."""
    from srs.due import Limits
    from srs.session.today import Plan, line_for
    from srs.store.cards import count_cards
    from srs.store.reviews import read_today, study_days

    today = desk.today()
    with desk.synced() as study:
        choice = study.choice()
        line = line_for(study.store, Plan(choice, Limits()), today)
        with study.store.reading() as connection:
            counts = count_cards(connection, choice, today)
            done, _ = read_today(connection, today)
            days = streak(study_days(connection, today), today)
    new = sum(card.memory is None for card in line.waiting)
    answered = done.new_done + done.reviews_done
    typer.echo(
        f"Today: {len(line.waiting) - new} due, {new} new, {counted(len(line.drills), 'drill')} to go; {answered} done."
    )
    typer.echo(f"Cards: {counts.total:,}, of them {counts.new:,} not met yet.  Streak: {counted(days, 'day')}.")
    typer.echo(f"Next:  {'srs review' if line.left else 'srs review --ahead 1'}")


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
