"""`srs new`: a deck of one's own."""

import shlex
from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import Context, context_of, shipped_decks
from srs.cli.saying import say
from srs.collection.beginning import FIRST_CHAPTER, begin_deck, copy_deck, deck_called
from srs.deck import DeckFolder, find_decks
from srs.errors import SrsError


def new(
    context: typer.Context,
    deck: Annotated[str, typer.Argument(metavar="DECK", help="The new deck's name, such as spanish.")],
    folder: Annotated[
        Path | None,
        typer.Option("--in", metavar="FOLDER", help="Where it is made.", show_default="the folder of your decks"),
    ] = None,
    source: Annotated[
        str | None, typer.Option("--from", metavar="DECK", help="Copy this deck, to edit it; its history goes on.")
    ] = None,
) -> None:
    """Make a deck with a first chapter that shows each kind of note, or a copy of another deck to edit."""
    here = context_of(context)
    place = folder or (Path("decks") if here.shipped else here.folders[0])
    found = _found(here)
    if source is None:
        root = begin_deck(deck, place, [each.deck for each in found if not here.shipped])
        say(f"{root}: a deck; its chapter {FIRST_CHAPTER} shows each kind of note")
    else:
        in_use = () if here.shipped else here.folders
        root = copy_deck(deck, place, deck_called(source, [*found, *find_decks(shipped_decks())[0]]), in_use)
        say(f"{root}: your own copy of {source}, with the same history")
    _tell_next(here, place, root)


def _found(here: Context) -> tuple[DeckFolder, ...]:
    """Return the decks in use; there may be none yet."""
    try:
        return find_decks(here.folders)[0]
    except SrsError:
        return ()


def _tell_next(here: Context, place: Path, root: Path) -> None:
    """Say what to type next: first what it takes for the deck to be found, here or from every folder."""
    named = [Path(folder) for folder in here.settings.decks]
    in_use = any(root.resolve().is_relative_to(folder.resolve()) for folder in named or [Path("decks")])
    others = [] if here.shipped else [folder for folder in here.folders if folder.resolve() != place.resolve()]
    folders = shlex.join(str(folder.absolute()) for folder in [*others, place])
    first, to = ("", "")
    if in_use and any(each.deck.root.resolve() != root.resolve() for each in _found(here) if not here.shipped):
        first, to = f" --deck {shlex.quote(root.name)}", f" --to {shlex.quote(root.name)}"
    lines = [(f"srs review{first}", "asks its cards"), (f'srs add "question" "answer"{to}', "adds a note of yours")]
    setting = (f"srs config set decks {folders}", "finds your decks from every folder")
    if not in_use:
        lines.insert(0, setting)
    elif not named:
        lines.append(setting)
    width = min(40, max(len(command) for command, _ in lines))
    for number, (command, does) in enumerate(lines):
        say(f"{'Next:' if not number else '':7}{command:{width}}  # {does}")
