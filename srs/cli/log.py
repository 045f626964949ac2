"""`srs log`: the history, shown, exported and merged."""

import os
import sys
from collections.abc import Mapping
from contextlib import ExitStack, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Annotated

import typer
from msgspec.structs import replace

from srs.characters import shown_json, typed
from srs.cli.add import on_terminal
from srs.cli.context import Context, context_of
from srs.cli.opening import open_history
from srs.cli.saying import say, working
from srs.cli.telling import said
from srs.collection import sharing
from srs.collection.ahead import Ahead, ahead
from srs.collection.collection import bring_up
from srs.collection.merging import Merging, keep_copy
from srs.collection.telling import in_few_words
from srs.due import moment_of
from srs.errors import SrsError, counted
from srs.files import replacing
from srs.history import Adopt, Bury, Flag, Forget, LogLine, Mock, Place, Resume, Review, Suspend, Switch, Undo, Unflag
from srs.history.folder import placed
from srs.history.log_file import open_log
from srs.store.log import Merged, read_last
from srs.store.opening import Store, open_store
from srs.store.written import count_lines, written_log

log = typer.Typer(
    help="The history, act by act: show, export, merge, join.",
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
    """Show the latest acts, the newest last, each with its moment by this computer's clock.

    The study day of an answer is told where it is another than the date of that moment.
    """
    here = context_of(context)
    with open_history(here) as (store, _), store.reading() as connection:
        lines = read_last(connection, last, card)
        late = {each.line: each for each in ahead(store, here.now())}
    for line in lines:
        say(_shown(line) + (_of_ahead(late[line]) if line in late else ""))
    if not lines:
        say("Nothing has been done yet." if card is None else f"Nothing has been done with {card} yet.")


def _of_ahead(line: Ahead) -> str:
    """Say that a line does not count yet, and what can be done about it."""
    counts = f"  (ahead of the clock: counts from {moment_of(line.line.act.at).astimezone().date() - timedelta(days=1)}"
    return f"{counts}; {line.undo} cancels it)" if line.undo else f"{counts})"


def _shown(line: LogLine) -> str:
    moment = moment_of(line.act.at).astimezone()
    if isinstance(line.act, Review):
        review = line.act
        day = "" if review.day == moment.date() else f"  (study day {review.day})"
        told = f"grade {int(review.grade)}  {review.ms / 1000:6.1f} s  {review.origin:9} {line.card}{day}"
    else:
        told = said(line)
    return f"{moment:%Y-%m-%d %H:%M}  {told}"


@log.command("export")
def export_log(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="The file to write; - is standard output.")],
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
) -> None:
    """Write the whole history as JSON Lines, one act a line."""
    with open_history(context_of(context)) as (store, _), store.reading() as connection:
        lots = written_log(connection)
        if str(file) == "-":
            for lines in lots:
                sys.stdout.writelines(map(shown_json, lines))
            return
        if store.file and file.exists() and file.samefile(store.file):
            raise SrsError(f"{file} is the store itself; name another file")
        if file.exists() and not file.is_dir() and not force:
            raise SrsError(f"{file} is there already; --force replaces it")
        count, size = 0, count_lines(connection)
        with working(f"Writing {file.name}") as share, replacing(file) as opened:
            for lines in lots:
                opened.write("".join(lines).encode())
                count += len(lines)
                if share:
                    share(count, size)
    say(f"{counted(count, 'line')} written to {file}")


@log.command()
def merge(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Files that `srs log export` wrote.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would come in; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Take in what takes something away, unasked.")] = False,
) -> None:
    """Take acts from other histories into this one; what is known already changes nothing.

    Before acts come in that take something away (undo, forget, set, adopt, scheduler) a copy of the store is kept, and
    on a terminal you are asked.
    """
    here = context_of(context)
    with ExitStack() as opened:
        logs = tuple(opened.enter_context(open_log(file)) for file in files)
        store, rules = opened.enter_context(open_history(here))
        wrong = opened.enter_context(in_few_words(partial(say, err=True)))
        merging = Merging(store, logs, rules.force, here.now(), wrong, working)
        if dry_run:
            _tell(merging.would(), dry_run=True)
            return
        with suppress(SrsError):  # without decks the history is taken in all the same
            bring_up(store, here.folders, here.settings, here.now(), rules, working=working)
        _tell(merging.merge(lambda coming: _prepare(store, coming, here, yes=yes)))


def _prepare(store: Store, coming: Merged, here: Context, *, yes: bool) -> None:
    """Ask, where somebody can answer, before something is taken away, and keep a copy of what is there."""
    if not yes and on_terminal() and sys.stdout.isatty():
        _tell(coming, dry_run=True)
        if not typer.confirm("Some of these take away what earlier answers came to. Take them in?"):
            raise SrsError("nothing was merged")
    kept = keep_copy(store, here.now())
    say(f"a copy of the store was kept before: {kept}" if kept else "no copy was kept: the store lives in a server")


@log.command()
def join(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A history folder that is there.")],
) -> None:
    """Share a history folder, whichever was shared before: both histories become one for ever."""
    here = context_of(context)
    place = Path(os.path.normpath(placed(str(folder)).absolute()))
    with open_store(here.database) as store:
        with store.reading() as connection:
            before = count_lines(connection)
        sharing.join(store, str(place))
    shared = replace(here.settings, history=str(place))
    with open_history(replace(here, settings=shared)) as (store, _), store.reading() as connection:
        added = count_lines(connection) - before
    say(f"{place} is joined: {counted(added, 'line')} came in, {before:,} stood here")
    if here.settings.history != str(place):
        say(f"It is not the folder of the settings yet: {typed('config', 'set', 'history', place)}")


def _tell(merged: Merged, *, dry_run: bool = False) -> None:
    """Say acts by kind, and how many due days move."""
    would = "would be " if dry_run else ""
    known = f"{merged.known:,} {'are ' if dry_run else ''}known already"
    say(f"{counted(merged.added, 'act')} {would}added{f' ({_by_kind(merged.kinds)})' if merged.added else ''}, {known}")
    if merged.unknown:
        read = " as they were last read" if dry_run else ""
        cards = counted(len(merged.unknown_cards), "card")
        kept = f"{counted(merged.unknown, 'answer')} for {cards} not in the decks{read}"
        first = " ".join(each[:_LONGEST_NAME] for each in merged.unknown_cards[:8])
        say(f"{kept}, {would}kept until a deck has them: {first}")
    if merged.waiting:
        does = "does" if merged.waiting == 1 else "do"
        say(f"{counted(merged.waiting, 'act')} {would}kept that {does} not count yet")
    moved = counted(merged.moved, "card")
    say(f"{moved} would be due on another day" if dry_run else f"{moved} due on another day now")


_LONGEST_NAME = 100  # of a card that no deck has
_KINDS = {
    Review.what: "answer",
    Undo.what: "undo",
    Suspend.what: "suspension",
    Resume.what: "resumption",
    Flag.what: "flag",
    Unflag.what: "removed flag",
    Bury.what: "burial",
    Forget.what: "forgotten card",
    Place.what: "hand-set due day",
    Adopt.what: "adoption",
    Switch.what: "scheduler change",
    Mock.what: "mock",
}
"""What an act of each kind is called, where several are counted."""


def _by_kind(kinds: Mapping[str, int]) -> str:
    told = [(word, kinds.get(what, 0)) for what, word in _KINDS.items()]
    told.append(("unknown act", sum(kinds.values()) - sum(number for _, number in told)))
    return ", ".join(counted(number, word) for word, number in told if number)
