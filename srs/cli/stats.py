"""`srs stats`: pictures of how it is going."""

from dataclasses import asdict
from typing import Any

import typer
from rich.console import Console

from srs.cli.context import context_of
from srs.cli.opening_soon import open_soon
from srs.cli.options import DeckOption, JsonOption, TagOption
from srs.cli.saying import say_json, working
from srs.collection.statistics import statistics
from srs.stats.figures import Figures
from srs.terminal.charts import charts


def stats(context: typer.Context, deck: DeckOption = None, tag: TagOption = None, as_json: JsonOption = False) -> None:
    """Show a year of reviews, the coming month, retention, grades, intervals, ease, time, and mastery by chapter."""
    here = context_of(context)
    today = here.today()
    with open_soon(here) as desk, working("Counting"):
        found = statistics(desk, desk.choice(deck, tag), today)
    if as_json:
        say_json(_fields(found))
        return
    console = Console(highlight=False)
    console.print(charts(found, today, min(console.width, 120)))


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
        "ease": {str(ease * 100): number for ease, number in found.eases.items()}
        if found.eases or found.difficulty is None
        else None,
        "recall": found.recall,
        "stability": found.stability,
        "difficulty": found.difficulty,
        "intervals": {str(bound): number for bound, number in found.intervals.items()},
        "answers": found.answers,
        "ms": found.ms,
        "ms_week": found.ms_week,
        "chapters": [asdict(each) for each in found.chapters],
    }
