"""`srs stats`: pictures of how it is going."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from srs.cli.desk import desk_of, working
from srs.cli.review import DeckOption, TagOption
from srs.cli.syncing import JsonOption

if TYPE_CHECKING:
    from collections.abc import Iterator

    from srs.cli.desk import Desk, Study
    from srs.stats import CardRecord, Figures
    from srs.store.cards import Choice


def stats(context: typer.Context, deck: DeckOption = None, tag: TagOption = None, as_json: JsonOption = False) -> None:
    """Show a year of reviews, the coming month, retention, grades, intervals, ease, time, and mastery by chapter."""
    from srs.stats import figures

    desk = desk_of(context)
    today = desk.today()
    with desk.synced() as study, working("Counting"):
        found = figures(_records(desk, study, study.choice(deck, tag)), desk.scheduler, today)
    if as_json:
        typer.echo(json.dumps(_fields(found), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from srs.terminal.charts import charts

    console = Console(highlight=False)
    console.print(charts(found, today, min(console.width, 120)))


def _records(desk: Desk, study: Study, choice: Choice) -> Iterator[CardRecord]:
    from srs.stats import CardRecord
    from srs.store.progress import read_progress, standing_cards

    leeches = desk.leeches
    with study.store.reading() as connection:
        histories = {
            card.key: card.history for cards in read_progress(connection, choice.decks).values() for card in cards
        }
        for card in standing_cards(connection, choice):
            history = histories.get(card.key, ())
            yield CardRecord(
                card.chapter,
                card.memory,
                card.suspended,
                leeches.holds(card.memory),
                tuple(review.answer for review in history),
                tuple(review.ms for review in history),
            )


def _fields(found: Figures) -> dict[str, Any]:
    return {
        "days": {str(day): number for day, number in found.days.items()},
        "forecast": {str(day): number for day, number in found.forecast.items()},
        "retention": [
            {"week": str(week.monday), "young": asdict(week.young), "mature": asdict(week.mature)}
            for week in found.weeks
        ],
        "young": asdict(found.young),
        "mature": asdict(found.mature),
        "grades": {str(int(grade)): number for grade, number in found.grades.items()},
        "ease": {str(ease * 100): number for ease, number in found.eases.items()},
        "intervals": {str(bound): number for bound, number in found.intervals.items()},
        "answers": found.answers,
        "ms": found.ms,
        "ms_week": found.ms_week,
        "chapters": [asdict(each) for each in found.chapters],
    }
