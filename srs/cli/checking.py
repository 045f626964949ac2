"""`srs check`: every mistake in the decks at once, and ids written where they are missing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srs.cli.desk import desk_of, tell_problems
from srs.errors import Problem, SrsError, counted
from srs.files import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable

    from srs.cli.desk import Desk
    from srs.deck import ReadDeck


def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Decks, or chapters of them.", show_default="all decks")
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the missing ids into the files, and nothing else.")] = False,
    style: Annotated[bool, typer.Option("--style", help="Advice on how the cards are written, too.")] = False,
    coverage: Annotated[bool, typer.Option("--coverage", help="Notes and cards of each chapter, by kind.")] = False,
) -> None:
    """List every problem in the decks as path:line: message; exit 1 if there is any.

    --style adds advice on how cards are written, and counts it; --coverage prints what each chapter holds.
    """
    desk = desk_of(context)
    wanted = paths or [desk.folder]
    decks, problems = _read(wanted)
    if fix:
        for deck in decks:
            _identify(desk, deck, wanted)
        decks, problems = _read(wanted)
    advice = _advice(decks) if style else []
    shown = [each for each in problems if any(each.path.is_relative_to(path) for path in wanted)]
    open_advice = [each for each in advice if any(each.path.is_relative_to(path) for path in wanted)]
    tell_problems(sorted([*shown, *open_advice]))
    if coverage:
        _tell_coverage(decks)
    wrong = sum(not problem.warning for problem in shown)
    notes = [note for deck in decks for chapter in deck.chapters for note in chapter.notes]
    cards = sum(len(note.parts) for note in notes)
    verdict = counted(wrong, "problem") if wrong else "no problem"
    typer.echo(f"{counted(len(notes), 'note')}, {counted(cards, 'card')}: {verdict}")
    if style:
        typer.echo(
            counted(len(open_advice), "piece") + " of advice" if open_advice else "no advice: every rule is kept"
        )
    if wrong or open_advice:
        raise typer.Exit(1)


def _advice(decks: Iterable[ReadDeck]) -> list[Problem]:
    from srs.deck.style import advise

    return [problem for deck in decks for problem in advise(deck)]


def _tell_coverage(decks: Iterable[ReadDeck]) -> None:
    from collections import Counter

    from srs.deck import Kind

    head = "".join(f"{kind:>8}" for kind in Kind)
    for deck in decks:
        typer.echo(f"{deck.folder.deck.name} ({deck.folder.deck.namespace})")
        typer.echo(f"  notes  cards {head}  chapter")
        for chapter in deck.chapters:
            kinds = Counter(note.kind for note in chapter.notes)
            cards = sum(len(note.parts) for note in chapter.notes)
            counts = "".join(f"{kinds[kind]:8}" for kind in Kind)
            typer.echo(f"  {len(chapter.notes):5}  {cards:5} {counts}  {chapter.title}")


def _read(paths: Iterable[Path]) -> tuple[list[ReadDeck], list[Problem]]:
    from srs.deck import read_decks

    decks: list[ReadDeck] = []
    problems: set[Problem] = set()
    for folder in dict.fromkeys(_folder(path) for path in paths):
        some, found = read_decks(folder)
        decks += some
        problems |= set(found)
    return decks, sorted(problems)


def _folder(path: Path) -> Path:
    """Return the folder to read for a path: the path itself, or the deck that a chapter belongs to."""
    from srs.deck.folder import names_chapter

    if not path.exists():
        raise SrsError(f"no such file or folder: {path}")
    if path.is_file() and not names_chapter(path.name):
        raise SrsError(f"{path} is no chapter; a chapter is a .md file in a deck's folder, and none is called README")
    if path.is_dir() and not _in_deck(path):
        return path
    return next((each for each in (path, *path.absolute().parents) if (each / "deck.toml").is_file()), path.parent)


def _in_deck(folder: Path) -> bool:
    return any((each / "deck.toml").is_file() for each in folder.absolute().parents)


def _identify(desk: Desk, deck: ReadDeck, wanted: Iterable[Path]) -> None:
    from srs.deck import read_file
    from srs.deck.identify import identify

    root = deck.folder.deck.root
    taken = {name for chapter in deck.chapters for note in chapter.notes for name in (note.id, *note.cards)}
    taken |= _ever_known(desk, deck.folder.deck.namespace)
    for chapter in deck.folder.files:
        data = read_file(chapter.file)
        if isinstance(data, Problem) or not any(chapter.file.is_relative_to(path) for path in wanted):
            continue
        text, new = identify(chapter.file, root, data, taken)
        taken |= new
        if text != data:
            with replacing(chapter.file) as file:
                file.write(text)
            lines = sum(before != after for before, after in zip(data.split(b"\n"), text.split(b"\n"), strict=True))
            typer.echo(f"{chapter.file}: {counted(lines, 'id')} written")


def _ever_known(desk: Desk, namespace: str) -> frozenset[str]:
    """Return the ids that a deck ever had, so that none is given again; a store that is not there knows none."""
    if "://" not in desk.database and not Path(desk.database).exists():
        return frozenset()
    from srs.store.cards import card_names

    with desk.store() as store, store.reading() as connection:
        return card_names(connection, namespace)
