"""`srs export`: the cards for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection, working
from srs.cli.options import DeckOption, TagOption
from srs.errors import SrsError, UsageError, counted

if TYPE_CHECKING:
    from datetime import datetime

    from exporters.anki.changes import Changes
    from srs.collection.collection import Collection
    from srs.store.cards import Choice

NO_CARD = "no card to export; `srs cards` lists those there are"


def export(
    context: typer.Context,
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="anki: a package; text: Anki's text import; html: a study sheet to print or read on a phone.",
        ),
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="The file to write, such as pm.apkg.")
    ] = None,
    deck: DeckOption = None,
    tag: TagOption = None,
    with_progress: Annotated[
        bool, typer.Option("--with-progress", help="anki: due days, intervals and all past reviews, too.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="anki: say what the phone will do; write nothing.")
    ] = False,
) -> None:
    """Write the cards for another program; a later Anki package updates the cards in place."""
    if format_ != "anki" and (with_progress or dry_run):
        raise UsageError(f"--with-progress and --dry-run are for anki, not for {format_}")
    if output is None and not dry_run:
        raise UsageError("say where to: --output FILE, such as -o pm.apkg")
    here = context_of(context)
    with open_collection(here) as collection:
        choice = collection.choice(deck, tag)
        if format_ == "anki":
            _anki(collection, choice, here.now(), None if dry_run else output, with_progress=with_progress)
        elif output:
            _other(collection, choice, format_, output)


def _other(collection: Collection, choice: Choice, name: str, output: Path) -> None:
    from exporters.registry import writer
    from srs.collection.exporting import export_notes

    write = writer(name)
    with collection.store.reading() as connection:
        notes = list(export_notes(connection, collection.decks, choice))
    if not notes:
        raise SrsError(NO_CARD)
    typer.echo(f"{counted(write(output, notes), 'note')} written to {output}")


def _anki(collection: Collection, choice: Choice, now: datetime, output: Path | None, *, with_progress: bool) -> None:
    from exporters.anki.package import write_records
    from exporters.anki.scheduling import BIRTHDAY, Birth
    from srs.collection.exporting import outgoing
    from srs.store.exports import write_given

    scheduler = collection.scheduler if with_progress else None
    with working("Gathering the cards"), collection.store.reading() as connection:
        leaving = outgoing(connection, collection.decks, choice, int(now.timestamp()), scheduler)
    if not leaving.records:
        raise SrsError(NO_CARD)
    cards = sum(len(record.ords) for record in leaving.records)
    size = f"{counted(len(leaving.records), 'note')}, {counted(cards, 'card')}"
    if output:
        with working(f"Writing {output.name}"):
            write_records(output, leaving.records, leaving.media, Birth(BIRTHDAY.astimezone()) if scheduler else None)
        with collection.store.writing() as connection:
            write_given(connection, leaving.given, leaving.changes.gone)
    typer.echo(f"{size} written to {output}" if output else f"{size} would be written")
    _tell(leaving.changes)
    if leaving.bare:
        typer.echo(
            f"warning: {counted(leaving.bare, 'note')} without ids: reworded, they would come to Anki as new ones;"
            " `srs check --fix` writes ids",
            err=True,
        )


def _tell(changes: Changes) -> None:
    typer.echo(f"against the last export: {changes.new} new, {changes.updated} updated, {changes.unchanged} unchanged")
    hints: list[tuple[str, str]] = []
    left, words = changes.left
    if left:
        hints.append(
            (f"{counted(left, 'note')} left the decks and stay in Anki; to delete, search its browser for", words)
        )
    emptied, words = changes.emptied
    if emptied:
        what = (
            f"{counted(emptied, 'note')} lost a cloze or a step; Tools › Empty Cards removes the cards that are left of"
        )
        hints.append((what, words))
    for moved in changes.moved:
        if moved.renamed:
            hints.append((f"a deck is called otherwise; rename it in Anki, too, from {moved.old}", f"to {moved.new}"))
        else:
            belong = "belongs" if moved.notes == 1 else "belong"
            what = f"{counted(moved.notes, 'note')} {belong} to {moved.new} now; search, then Cards › Change Deck"
            hints.append((what, moved.search))
    if hints:
        typer.echo("what Anki will not do by itself:")
    for what, words in hints:
        typer.echo(f"  {what}\n      {words}")
