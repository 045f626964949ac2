"""`srs import`: reviews made elsewhere come back, and text edited elsewhere is shown."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection, working
from srs.errors import UsageError, counted

if TYPE_CHECKING:
    from datetime import date

    from exporters.anki.edits import Edit
    from exporters.anki.reading import AnkiFile
    from exporters.anki.record import GivenNote
    from srs.collection.collection import Collection
    from srs.store.texts import StandingNote


def import_(
    context: typer.Context,
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="anki: what Anki or AnkiDroid exported.")],
    file: Annotated[Path, typer.Argument(help="An .apkg or .colpkg file.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what was edited in Anki into the decks, where that is safe.")
    ] = False,
) -> None:
    """Take reviews made in Anki into the history, and show what was edited there; the same file twice is as once."""
    if format_ != "anki":
        raise UsageError(f"no format {format_!r} to import; it takes anki")
    from exporters.anki.reading import read_package
    from srs.collection.collection import bring_up

    here = context_of(context)
    with working(f"Unpacking {file.name}"):
        found = read_package(file)
    with open_collection(here) as collection:
        _take_reviews(collection, found)
        _tell_edits(collection, found, apply=apply)
        if apply:
            bring_up(collection.store, here.folder, here.settings, here.now())


def _take_reviews(collection: Collection, found: AnkiFile) -> None:
    from srs.collection.importing import incoming
    from srs.due import moment_of
    from srs.store.log import merge

    def day_of(at: int) -> date:
        return collection.day_of(moment_of(at).astimezone())

    with working("Reading the reviews"), collection.store.writing() as connection:
        coming = incoming(connection, found, day_of)
        merged = merge(connection, coming.lines, collection.scheduler)
    typer.echo(f"{counted(merged.added, 'review')} added, {merged.known:,} known already")
    left_out = (
        (coming.by_hand, "reschedule by hand", "reschedules by hand"),
        (found.foreign, "note of another kind", "notes of another kind"),
        (coming.unknown_notes, "note of a deck that is not here", "notes of decks that are not here"),
    )
    for number, one, many in left_out:
        if number:
            typer.echo(f"left out: {number:,} {one if number == 1 else many}")
    if merged.unknown:
        typer.echo(f"{counted(merged.unknown, 'review')} kept for cards whose text is not in the decks now")
    typer.echo(f"{counted(merged.moved, 'card')} due on another day now")


def _tell_edits(collection: Collection, found: AnkiFile, *, apply: bool) -> None:
    from exporters.anki.edits import edits
    from srs.store.cards import Choice
    from srs.store.exports import given_notes
    from srs.store.texts import standing_notes

    decks = collection.decks
    with collection.store.reading() as connection:
        given = given_notes(connection, list(decks))
        by_note: dict[int, list[Edit]] = defaultdict(list)
        for edit in edits(found.notes, given):
            by_note[given[edit.guid].note_key].append(edit)
        if not by_note:
            return
        rows = {row.key: row for row in standing_notes(connection, Choice(tuple(decks))) if row.key in by_note}
    typer.echo(f"edited in Anki since the last export: {counted(len(by_note), 'note')}")
    waiting = 0
    for key, row in rows.items():
        written = apply and _apply(collection, row, given[by_note[key][0].guid], by_note[key])
        waiting += not written
        for edit in by_note[key]:
            stale = " (before the last export came there)" if edit.stale else ""
            place = f"{decks[row.deck].root / row.path}:{row.line}"
            typer.echo(f"{place}: {edit.field}{' (written)' if written else stale}")
            for line in edit.diff:
                typer.echo(f"  {line}")
    gone = len(by_note) - len(rows)
    if gone:
        typer.echo(f"{counted(gone, 'edited note')} no longer in the decks")
    if waiting:
        typer.echo(
            "these are to be written by hand: the text here is another by now, or it cannot be told how to write them"
            if apply
            else "--apply writes what it safely can into the decks; a later export overwrites what is only in Anki"
        )


def _apply(collection: Collection, row: StandingNote, given: GivenNote, wanted: list[Edit]) -> bool:
    from functools import partial

    from exporters.anki.edits import applied
    from exporters.anki.media import Media
    from srs.deck.rewriting import write_note
    from srs.store.exports import write_given

    deck = collection.decks[row.deck]
    found = applied(deck, row.chapter, row.text, given, wanted, partial(Media().name, deck, row.chapter))
    if found is None or not write_note(deck.root / row.path, row.line, row.text, found[0]):
        return False
    with collection.store.writing() as connection:
        write_given(connection, [found[1]], [])
    return True
