"""`srs log`: the history, shown, exported and merged."""

import os
import sys
from collections import deque
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from srs.characters import shown_json
from srs.cli.context import context_of
from srs.cli.opening import open_history, tell_problems
from srs.cli.saying import say
from srs.cli.telling import said
from srs.collection import sharing
from srs.collection.ahead import Ahead, ahead
from srs.collection.collection import bring_up
from srs.due import milliseconds, moment_of
from srs.errors import Problem, SrsError, counted
from srs.files import replacing, said_by
from srs.history import LogLine, Review, format_line, horizon, parse_line
from srs.store.log import Merged, read_log
from srs.store.log import merge as merge_lines
from srs.store.opening import open_store

log = typer.Typer(
    help="The history of reviews: show, export, merge.",
    no_args_is_help=True,
    rich_markup_mode=None,
    add_completion=False,
)


@log.command()
def show(
    context: typer.Context,
    card: Annotated[str | None, typer.Argument(help="Only this card.")] = None,
    last: Annotated[int, typer.Option("--last", "-n", min=1, help="How many acts.")] = 20,
) -> None:
    """Show the latest acts, the newest last."""
    here = context_of(context)
    with open_history(here) as (store, _), store.reading() as connection:
        lines = deque(
            (line for line in read_log(connection) if card in {None, line.card, f"{line.deck}:{line.card}"}), last
        )
        late = {each.line: each for each in ahead(store, here.now())}
    for line in lines:
        say(_shown(line) + (_of_ahead(late[line]) if line in late else ""))
    if not lines:
        say("Nothing has been done yet." if card is None else f"Nothing has been done with {card} yet.")


def _of_ahead(line: Ahead) -> str:
    """Say that a line does not count yet, and what can be done about it."""
    counts = f"  (ahead of the clock: counts from {moment_of(line.line.act.at).astimezone().date() - timedelta(days=1)}"
    return f"{counts}; `{line.undo}` cancels it)" if line.undo else f"{counts})"


def _shown(line: LogLine) -> str:
    if isinstance(line.act, Review):
        review = line.act
        return f"{review.day}  grade {int(review.grade)}  {review.ms / 1000:6.1f} s  {review.origin:9} {line.card}"
    return f"{moment_of(line.act.at).astimezone():%Y-%m-%d}  {said(line)}"


@log.command("export")
def export_log(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; - is standard output.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write the whole history as JSON Lines, one act a line."""
    with open_history(context_of(context)) as (store, _), store.reading() as connection:
        lines = (format_line(line) + "\n" for line in read_log(connection))
        if str(file) == "-":
            sys.stdout.writelines(map(shown_json, lines))
            return
        if store.file and file.exists() and file.samefile(store.file):
            raise SrsError(f"{file} is the store itself; name another file")
        if file.exists() and not file.is_dir() and not force:
            raise SrsError(f"{file} is there already; --force replaces it")
        with replacing(file) as opened:
            count = sum(1 for line in lines if opened.write(line.encode()))
    say(f"{counted(count, 'line')} written to {file}")


@log.command()
def merge(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that `srs log export` wrote.")],
) -> None:
    """Take reviews from other histories into this one; what is known already changes nothing."""
    lines: list[LogLine] = []
    problems: list[Problem] = []
    for file in files:
        some, wrong = _read(file)
        lines += some
        problems += wrong
    if problems:
        tell_problems(problems)
        raise SrsError(f"{counted(len(problems), 'line')} cannot be read; nothing was merged")
    here = context_of(context)
    with open_history(here) as (store, rules):
        with suppress(SrsError):  # without decks the history is taken in all the same
            bring_up(store, here.folders, here.settings, here.now(), rules)
        with store.writing() as connection:
            merged = merge_lines(connection, lines, rules.force, horizon(milliseconds(here.now())))
    _tell(merged)


@log.command()
def join(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A history folder that is there.")],
) -> None:
    """Share a history folder, whichever was shared before: both histories become one for ever."""
    here = context_of(context)
    place = Path(os.path.normpath(folder.expanduser().absolute()))
    with open_store(here.database) as store:
        with store.reading() as connection:
            before = sum(1 for _ in read_log(connection))
        sharing.join(store, str(place))
    shared = replace(here.settings, history=str(place))
    with open_history(replace(here, settings=shared)) as (store, _), store.reading() as connection:
        added = sum(1 for _ in read_log(connection)) - before
    say(f"{place} is joined: {counted(added, 'line')} came in, {before:,} stood here")
    if here.settings.history != str(place):
        say(f"It is not the folder of the settings yet: `srs config set history {place}`")


def _read(file: Path) -> tuple[list[LogLine], list[Problem]]:
    lines: list[LogLine] = []
    problems: list[Problem] = []
    try:
        text = file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise SrsError(f"{file} cannot be read: {said_by(error)}") from error
    except UnicodeDecodeError as error:
        raise SrsError(f"{file} is not UTF-8; is it a log that `srs log export` wrote?") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                lines.append(parse_line(line))
            except ValueError as error:
                problems.append(Problem(file, number, str(error), "log-line"))
    return lines, problems


def _tell(merged: Merged) -> None:
    kind = "review" if set(merged.kinds) <= {Review.what} else "line"
    say(f"{counted(merged.added, kind)} added, {merged.known:,} known already")
    if merged.unknown:
        kept = f"{counted(merged.unknown, 'review')} for {counted(len(merged.unknown_cards), 'card')} not in the decks"
        say(f"{kept}, kept until a deck has them: {' '.join(merged.unknown_cards[:8])}")
    if merged.waiting:
        say(f"{counted(merged.waiting, 'line')} kept that {'does' if merged.waiting == 1 else 'do'} not count yet")
    say(f"{counted(merged.moved, 'card')} due on another day now")
