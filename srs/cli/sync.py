"""`srs sync`: from the decks to the store, with a report."""

from dataclasses import asdict
from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_history, tell_lookalikes, tell_problems, working
from srs.cli.options import JsonOption
from srs.cli.saying import say, say_json
from srs.collection.collection import bring_up
from srs.errors import counted
from srs.sync import Report

_MEANINGS = {
    "added": "new, asked when their turn comes",
    "changed": "reworded; progress is kept",
    "moved": "in another place, or with another id; progress is kept",
    "retired": "no longer in the text; history is kept",
    "returned": "back in the text, with all history",
}
_SHOWN = 8


def sync(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would happen; write nothing.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Bring the store up to the decks, and say what changed."""
    here = context_of(context)
    with open_history(here) as (store, rules):
        done = bring_up(
            store, here.folders, here.settings, here.now(), rules, working=working, dry_run=dry_run, look=True
        )
    tell_problems(done.problems)
    if as_json:
        fields = {**asdict(done.report), "problems": [str(problem) for problem in done.problems]}
        say_json(fields)
    else:
        _tell(done.report, dry_run=dry_run)
        tell_lookalikes(done.lookalikes, err=False)
    if done.mistakes:
        raise typer.Exit(1)


def _tell(report: Report, *, dry_run: bool) -> None:
    if not report.total:
        say("Nothing changed; the store is up to date with the decks.")
        return
    for what, meaning in _MEANINGS.items():
        names: tuple[str, ...] = getattr(report, what)
        if names:
            more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            say(f"{what:9}{counted(len(names), 'card')} {meaning}")
            say(f"         {' '.join(names[:_SHOWN])}{more}")
    if dry_run:
        say("Nothing has been written yet: `srs sync` or the next `srs review` will do it.")
