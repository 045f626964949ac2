"""`srs export`: the cards for other programs."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from exporters.anki.changes import Changes, search
from srs.cli.context import context_of
from srs.cli.opening import open_collection, working
from srs.cli.options import DeckOption, TagOption
from srs.cli.saying import say
from srs.collection.exporting import Exported, export_anki, export_notes
from srs.errors import UsageError, counted


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
            output = None if dry_run else output
            scheduler = collection.scheduler if with_progress else None
            done = export_anki(
                collection.store,
                collection.decks,
                choice,
                here.now(),
                output=output,
                scheduler=scheduler,
                working=working,
            )
            _tell(done, output)
        elif output:
            number = export_notes(collection.store, collection.decks, choice, format_, output)
            say(f"{counted(number, 'note')} written to {output}")


def _tell(done: Exported, output: Path | None) -> None:
    size = f"{counted(done.notes, 'note')}, {counted(done.cards, 'card')}"
    say(f"{size} written to {output}" if output else f"{size} would be written")
    _tell_changes(done.changes)
    if done.bare:
        say(
            f"warning: {counted(done.bare, 'note')} without ids: reworded, they would come to Anki as new ones;"
            " `srs check --fix` writes ids",
            err=True,
        )


def _tell_changes(changes: Changes) -> None:
    say(f"against the last export: {changes.new} new, {changes.updated} updated, {changes.unchanged} unchanged")
    hints = list(_hints(changes))
    if hints:
        say("what Anki will not do on its own:")
    for what, words in hints:
        say(f"  {what}")
        say(f"      {words}")


def _hints(changes: Changes) -> Iterator[tuple[str, str]]:
    """Yield what the user is to do in Anki, with the words to type there."""
    if changes.left:
        number = counted(len(changes.left), "note")
        yield (
            f"{number} no longer in the decks, but still in Anki; to delete, search its browser for",
            search(changes.left),
        )
    if changes.emptied:
        number = counted(len(changes.emptied), "note")
        what = f"{number} lost a cloze or a step; Tools › Empty Cards removes the cards left over, of"
        yield what, search(changes.emptied)
    for moved in changes.moved:
        if moved.renamed:
            yield f"a deck was renamed; rename it in Anki as well, from {moved.old}", f"to {moved.new}"
        else:
            belong = "belongs" if len(moved.notes) == 1 else "belong"
            what = f"{counted(len(moved.notes), 'note')} {belong} to {moved.new} now; search, then Cards › Change Deck"
            yield what, search(moved.notes)
