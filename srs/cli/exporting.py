"""`srs export`: the cards for other programs."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Annotated

import typer

from srs.cli.desk import desk_of
from srs.cli.review import DeckOption, TagOption
from srs.errors import SrsError, counted

if TYPE_CHECKING:
    from exporters import ExportNote
    from srs.cli.desk import Study
    from srs.store.cards import Choice

export = typer.Typer(help="The cards for other programs.", no_args_is_help=True)


@export.callback()
def _exports() -> None:
    """Keep `anki` a word of its own, whatever else there will be."""


@export.command()
def anki(
    context: typer.Context,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="The package to write, such as pm.apkg.")
    ],
    deck: DeckOption = None,
    tag: TagOption = None,
) -> None:
    """Write an Anki package; importing a later one updates the cards in place."""
    from exporters.anki import write_package

    with desk_of(context).synced() as study:
        notes = _notes(study, study.choice(deck, tag))
    if not notes:
        raise SrsError("no card to export; `srs cards` lists those there are")
    written = write_package(output, notes)
    typer.echo(f"{counted(written.notes, 'note')}, {counted(written.cards, 'card')} written to {output}")
    bare = sum(not each.note.identified or any(not step.numbered for step in each.note.steps) for each in notes)
    if bare:
        typer.echo(
            f"warning: {counted(bare, 'note')} without ids: reworded, they would come to Anki as new ones;"
            " `srs check --fix` writes ids",
            err=True,
        )


def _notes(study: Study, choice: Choice) -> list[ExportNote]:
    from exporters import ExportNote
    from srs.deck import Chapter, note_from_text
    from srs.store.texts import standing_notes

    decks = {folder.deck.namespace: folder.deck for folder in study.folders}
    with study.store.reading() as connection:
        return [
            ExportNote(
                decks[row.deck],
                Chapter(PurePosixPath(row.path), row.title, row.tags, row.source),
                note_from_text(row.text),
                row.changed_at // 1000,
            )
            for row in standing_notes(connection, choice)
        ]
