"""`srs log`: the history, shown, exported and merged."""

import sys
from collections import deque
from pathlib import Path
from typing import Annotated

import typer

from srs.characters import shown_json
from srs.cli.context import context_of
from srs.cli.opening import open_history, tell_problems
from srs.cli.saying import say
from srs.collection.collection import rules_of
from srs.errors import Problem, SrsError, counted
from srs.files import replacing, said_by
from srs.store.log import LogLine, Merged, format_line, parse_line, read_log
from srs.store.log import merge as merge_lines

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
    last: Annotated[int, typer.Option("--last", "-n", min=1, help="How many reviews.")] = 20,
) -> None:
    """Show the latest reviews, the newest last."""
    with open_history(context_of(context)) as store, store.reading() as connection:
        lines = deque(
            (line for line in read_log(connection) if card in {None, line.card, f"{line.deck}:{line.card}"}), last
        )
    for line in lines:
        review = line.review
        say(f"{review.day}  grade {int(review.grade)}  {review.ms / 1000:6.1f} s  {review.origin:9} {line.card}")
    if not lines:
        say("No review yet." if card is None else f"No review of {card} yet.")


@log.command("export")
def export_log(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="The file to write; - is standard output.")]
) -> None:
    """Write the whole history as JSON Lines, one review a line."""
    with open_history(context_of(context)) as store, store.reading() as connection:
        lines = (format_line(line) + "\n" for line in read_log(connection))
        if str(file) == "-":
            sys.stdout.writelines(map(shown_json, lines))
            return
        with replacing(file) as opened:
            count = sum(1 for line in lines if opened.write(line.encode()))
    say(f"{counted(count, 'review')} written to {file}")


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
    with open_history(here) as store, store.writing() as connection:
        merged = merge_lines(connection, lines, rules_of(here.settings).scheduler)
    _tell(merged)


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
                problems.append(Problem(file, number, str(error)))
    return lines, problems


def _tell(merged: Merged) -> None:
    say(f"{counted(merged.added, 'review')} added, {merged.known:,} known already")
    if merged.unknown:
        kept = f"{counted(merged.unknown, 'review')} for {counted(len(merged.unknown_cards), 'card')} not in the decks"
        say(f"{kept}, kept until a deck has them: {' '.join(merged.unknown_cards[:8])}")
    say(f"{counted(merged.moved, 'card')} due on another day now")
