"""`srs check`: every mistake in the decks at once, and ids written where they are missing."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import context_of, packed_decks
from srs.cli.opening import tell_problems
from srs.cli.options import JsonOption
from srs.cli.saying import say, say_json
from srs.collection.fixing import identify_notes, paths_meant, read_all, within
from srs.collection.given_away import given_away
from srs.collection.writable import refusal
from srs.deck import Kind, ReadDeck
from srs.deck.gathering import gathered
from srs.deck.roles import ROLES, roles_of
from srs.deck.style import advise, look
from srs.errors import Problem, UsageError, counted


def check(
    context: typer.Context,
    paths: Annotated[
        list[Path] | None,
        typer.Argument(help="Decks, or chapters of them: paths, or names such as E2.", show_default="all decks"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="Write the missing ids into the files, and nothing else.")] = False,
    style: Annotated[bool, typer.Option("--style", help="Advice on how the cards are written, too.")] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="Notes and cards of each chapter, by kind and by role.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """List every problem in the decks as path:line: message; exit 1 if there is any that is no warning.

    --style adds advice on how cards are written, and counts it; --coverage prints what each chapter holds.
    """
    if as_json and coverage:
        raise UsageError("--coverage is a table to read; leave it or --json out")
    here = context_of(context)
    wanted = paths_meant(paths, here.folders) if paths else here.folders
    if fix:
        for file, ids in identify_notes(wanted, here.database, partial(refusal, shipped=packed_decks())):
            say(f"{file}: {counted(ids, 'id')} written", err=as_json)
    decks, problems = read_all(wanted, look if style else None)
    problems = tuple(sorted({*problems, *given_away(here.database, decks)}))
    advice = _advice(decks) if style else []
    shown = [each for each in problems if within(each.path, wanted)]
    open_advice = [each for each in advice if within(each.path, wanted)]
    wrong = sum(not problem.warning for problem in shown)
    if as_json:
        objects = [_as_object(each) for each in sorted([*shown, *open_advice])]
        say_json(objects)
    else:
        _tell(decks, shown, open_advice if style else None, coverage=coverage)
    if wrong or open_advice:
        raise typer.Exit(1)


def _tell(
    decks: Sequence[ReadDeck], shown: Sequence[Problem], advice: Sequence[Problem] | None, *, coverage: bool
) -> None:
    tell_problems([*shown, *(advice or ())])
    if coverage:
        _tell_coverage(decks)
    every = [note for deck in decks for chapter in deck.chapters for note in chapter.notes]
    notes = [note for note in every if note.cards]
    cards = sum(len(note.parts) for note in notes)
    outlines = f", {counted(len(every) - len(notes), 'outline')}" if len(every) > len(notes) else ""
    say(f"{counted(len(notes), 'note')}, {counted(cards, 'card')}{outlines}: {_verdict(gathered(shown))}")
    if advice is not None:
        say(counted(len(advice), "piece") + " of advice" if advice else "no advice: every rule is followed")


def _verdict(problems: Sequence[Problem]) -> str:
    """Count errors and warnings apart, each as it was told."""
    warnings = sum(problem.warning for problem in problems)
    wrong = len(problems) - warnings
    verdict = counted(wrong, "problem") if wrong else "no problem"
    return f"{verdict}, {counted(warnings, 'warning')}" if warnings else verdict


def _as_object(problem: Problem) -> dict[str, str | int]:
    return {
        "path": str(problem.path),
        "line": problem.line,
        "column": problem.column,
        "level": problem.level,
        "rule": problem.rule,
        "message": problem.message,
    }


def _advice(decks: Iterable[ReadDeck]) -> list[Problem]:
    return [problem for deck in decks for problem in advise(deck)]


def _tell_coverage(decks: Sequence[ReadDeck]) -> None:
    used = {note.kind for deck in decks for chapter in deck.chapters for note in chapter.notes}
    columns = [kind for kind in Kind if kind in used or kind not in {Kind.BOTH, Kind.MOCK}]
    head = "".join(f"{kind:>8}" for kind in columns)
    for deck in decks:
        say(f"{deck.folder.deck.name} ({deck.folder.deck.namespace})")
        say(f"  notes  cards {head}  chapter")
        for chapter in deck.chapters:
            kinds = Counter(note.kind for note in chapter.notes)
            cards = sum(len(note.parts) for note in chapter.notes)
            counts = "".join(f"{kinds[kind]:8}" for kind in columns)
            say(f"  {sum(bool(note.cards) for note in chapter.notes):5}  {cards:5} {counts}  {chapter.title}")
        _tell_roles(deck)


def _tell_roles(deck: ReadDeck) -> None:
    """Write how many notes of each role a deck has, if it gives any."""
    found = [(chapter.title, roles_of(chapter)) for chapter in deck.chapters]
    total = sum((counts for _, counts in found), Counter[str]())
    roles = [role for role in ROLES if total[role]]
    if not roles:
        return
    columns = [*roles, *([""] if total[""] else [])]
    say("  " + "".join(f"{role or 'none':>{_wide(role)}}" for role in columns) + "  chapter")
    for title, counts in found:
        say("  " + "".join(f"{counts[role]:{_wide(role)}}" for role in columns) + f"  {title}")


def _wide(role: str) -> int:
    return max(5, len(role) + 1)
