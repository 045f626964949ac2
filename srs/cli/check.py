"""`srs check`: every mistake in the decks at once, and ids written where they are missing."""

from collections import Counter
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import context_of, packed_decks
from srs.cli.opening import tell_problems
from srs.cli.saying import say
from srs.collection.fixing import identify_notes, read_all
from srs.collection.writable import refusal
from srs.deck import Kind, ReadDeck
from srs.deck.style import advise
from srs.errors import Problem, counted


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
    here = context_of(context)
    wanted = paths or [here.folder]
    if fix:
        for file, ids in identify_notes(wanted, here.database, partial(refusal, shipped=packed_decks())):
            say(f"{file}: {counted(ids, 'id')} written")
    decks, problems = read_all(wanted)
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
    say(f"{counted(len(notes), 'note')}, {counted(cards, 'card')}: {verdict}")
    if style:
        say(counted(len(open_advice), "piece") + " of advice" if open_advice else "no advice: every rule is followed")
    if wrong or open_advice:
        raise typer.Exit(1)


def _advice(decks: Iterable[ReadDeck]) -> list[Problem]:
    return [problem for deck in decks for problem in advise(deck)]


def _tell_coverage(decks: Iterable[ReadDeck]) -> None:
    head = "".join(f"{kind:>8}" for kind in Kind)
    for deck in decks:
        say(f"{deck.folder.deck.name} ({deck.folder.deck.namespace})")
        say(f"  notes  cards {head}  chapter")
        for chapter in deck.chapters:
            kinds = Counter(note.kind for note in chapter.notes)
            cards = sum(len(note.parts) for note in chapter.notes)
            counts = "".join(f"{kinds[kind]:8}" for kind in Kind)
            say(f"  {len(chapter.notes):5}  {cards:5} {counts}  {chapter.title}")
