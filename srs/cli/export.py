"""`srs export`: the cards for other programs."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exporters.anki.changes import Changes, heading, search
from exporters.anki.note_types import name_of
from exporters.registry import expect
from srs.cli.completing import one_of
from srs.cli.context import Context, context_of, packed_decks
from srs.cli.opening_soon import open_soon
from srs.cli.options import DeckOption, TagOption
from srs.cli.saying import say, working
from srs.collection.exporting import Exported, export_anki, export_notes, stale_notes
from srs.collection.making import Bare
from srs.collection.writable import refusal
from srs.errors import UsageError, counted

if TYPE_CHECKING:
    from srs.cli.opening_soon import Soon

_SUFFIXES = {"anki": "apkg", "text": "txt"}


def export(
    context: typer.Context,
    format_: Annotated[
        str,
        typer.Argument(
            metavar="FORMAT",
            help="anki: a package; text: Anki's text import; html: a study sheet to print or read on a phone.",
            autocompletion=one_of("anki", "text", "html"),
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
    fix: Annotated[
        bool,
        typer.Option("--fix", help="anki: write the missing ids into the chapters first, as `srs check --fix` does."),
    ] = False,
    stale: Annotated[
        bool,
        typer.Option(
            "--stale", help="anki: list the notes that left the decks and still stand in Anki; write nothing."
        ),
    ] = False,
) -> None:
    """Write the cards for another program; a later Anki package updates the cards in place."""
    if format_ != "anki":
        expect(format_)
    if format_ != "anki" and (with_progress or dry_run or fix or stale):
        raise UsageError(f"--with-progress, --dry-run, --fix and --stale are for anki, not for {format_}")
    if stale and (output or tag or with_progress or dry_run or fix):
        raise UsageError("--stale lists, and writes nothing; it takes --deck alone")
    if stale:
        with open_soon(context_of(context)) as desk:
            _tell_stale(stale_notes(desk.store, desk.decks, desk.choice(deck)))
        return
    if fix and dry_run:
        raise UsageError("--fix writes into the decks, and --dry-run writes nothing; leave one of them out")
    if output is None and not dry_run:
        raise UsageError(f"say where to: --output FILE, such as -o pm.{_SUFFIXES.get(format_, format_)}")
    here = context_of(context)
    with open_soon(here) as desk:
        choice = desk.choice(deck, tag)
        if fix:
            _write_ids(here, desk, [desk.decks[name].root for name in choice.decks])
        if format_ == "anki":
            output = None if dry_run else output
            force = desk.rules.force if with_progress else None
            done = export_anki(desk.store, desk.decks, choice, here.now(), output=output, force=force, working=working)
            _tell(done, output)
        elif output:
            number = export_notes(desk.store, desk.decks, choice, format_, output)
            say(f"{counted(number, 'note')} written to {output}")


def _write_ids(here: Context, desk: "Soon", decks: Sequence[Path]) -> None:
    """Write the missing ids into decks, and bring the store up to them."""
    from srs.collection.collection import bring_up  # noqa: PLC0415 -- an export of decks as they are waits for nothing
    from srs.collection.fixing import identify_notes  # noqa: PLC0415 -- as above

    collection = desk.whole()
    for file, ids in identify_notes(decks, here.database, partial(refusal, shipped=packed_decks())):
        say(f"{file}: {counted(ids, 'id')} written")
    bring_up(collection.store, here.folders, here.settings, here.now(), collection.rules, working=working)


def _tell(done: Exported, output: Path | None) -> None:
    size = f"{counted(done.notes, 'note')}, {counted(done.cards, 'card')}"
    say(f"{size} written to {output}" if output else f"{size} would be written")
    if done.withheld:
        say("no schedule goes along, since due days on this computer are not those of the history", err=True)
    _tell_changes(done.changes)
    if output and done.for_another:
        say("it is for somebody else, so nothing of it is remembered: your own phone had these decks --with-progress")
    _tell_bare(done.bare)


def _tell_stale(changes: Changes) -> None:
    every = (*changes.earlier, *changes.left)
    if not every:
        say("no note that left the decks still stands in Anki, as far as is known")
        return
    say(f"{counted(len(every), 'note')} no longer in the decks, but still in Anki:")
    for note in every:
        say(f"  {note.note_id}: {heading(note)} ({name_of(note.note_type)}, in {note.deck})")
    say("to delete, search Anki's browser for")
    say(f"      {search(every, changes.living)}")
    say("`srs import anki` of the whole collection (.colpkg) takes what was deleted there off this list")


def _tell_bare(notes: Sequence[Bare]) -> None:
    """Name the steps that stay behind, each note with their lines, and count the notes that lack an id."""
    behind = [note for note in notes if note.steps]
    for note in behind:
        lines = f"line{'' if len(note.steps) == 1 else 's'} {', '.join(map(str, note.steps))}"
        say(f"{note.file}:{note.line}: warning: steps without a number make no card in Anki: {lines}", err=True)
    if behind:
        cards = counted(sum(len(note.steps) for note in behind), "card")
        what = (
            f"warning: {cards} of {counted(len(behind), 'note')} stay behind; `srs export anki --fix` numbers the steps"
        )
        say(f"{what} and takes them along", err=True)
    if unnamed := sum(not note.named for note in notes):
        say(
            f"warning: {counted(unnamed, 'note')} without ids: reworded, they would come to Anki as new ones;"
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
            search(changes.left, changes.living),
        )
    if changes.earlier:
        number = counted(len(changes.earlier), "note")
        yield f"{number} that left earlier, and still in Anki, as far as is known; listed by", "srs export anki --stale"
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
