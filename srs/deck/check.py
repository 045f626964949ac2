"""Everything that is wrong with decks, found in one go."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from msgspec.structs import replace

from srs.deck.chapter import doubtful_maths, missing_ids, read_chapter
from srs.deck.folder import DeckFolder, Folders, find_decks
from srs.deck.reading import read_file
from srs.deck.references import idle_order, unknown_cards
from srs.deck.uncollected import uncollected
from srs.deck.values import Chapter, Note, Place
from srs.errors import Problem

MOST_TOKENS = 1_400_000
"""Of all that is read at once: blocks, words, emphasis, code, links …, each kept while it is worked with."""


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck as it reads now: its chapters with their good notes, and all its problems, warnings included."""

    folder: DeckFolder
    chapters: tuple[Chapter, ...]
    problems: tuple[Problem, ...]

    @property
    def sound(self) -> bool:
        """Whether the text can be taken at its word: what is missing from it was really taken out."""
        return all(problem.warning for problem in self.problems)


def read_decks(folders: Folders) -> tuple[tuple[ReadDeck, ...], tuple[Problem, ...]]:
    """Read every deck of some folders whole; the problems are all there are, those outside any deck included."""
    walked, problems = find_decks(folders)
    decks: list[ReadDeck] = []
    left = MOST_TOKENS
    with uncollected():
        for found in walked:
            decks.append(read_deck(found, left=left))
            left -= sum(map(_held, decks[-1].chapters))
    return tuple(decks), tuple(sorted({*problems, *(problem for deck in decks for problem in deck.problems)}))


def read_deck(
    folder: DeckFolder,
    elsewhere: Callable[[Iterable[str]], dict[str, Place]] | None = None,
    only: Iterable[Path] | None = None,
    left: int = MOST_TOKENS,
) -> ReadDeck:
    """Read a deck, or only the named files of it; `elsewhere` then tells which ids stand in its other files.

    Chapters are read until `left` tokens of Markdown are kept; those after them are told.
    Notes whose id stands twice are left out of every chapter read: no card ever inherits another's history.
    """
    wanted = None if only is None else set(only)
    chapters: list[tuple[Path, Chapter]] = []
    problems = list(folder.problems)
    for chapter_file in folder.files:
        if wanted is not None and chapter_file.file not in wanted:
            continue
        if left <= 0:
            what = f"the chapters before this one hold {MOST_TOKENS:,} pieces of text, so it is not read"
            what += "; name fewer decks at once"
            problems.append(Problem(chapter_file.file, 1, what, "many-pieces"))
            continue
        data = read_file(chapter_file.file)
        if isinstance(data, Problem):
            problems.append(data)
            continue
        chapter, found = read_chapter(chapter_file.file, folder.deck.root, data)
        chapters.append((chapter_file.file, chapter))
        left -= _held(chapter)
        warnings = (missing_ids(chapter_file.file, chapter.notes), doubtful_maths(chapter_file.file, chapter.notes))
        problems += [*found, *chain.from_iterable(warnings)]
    ids = [note.id for _, chapter in chapters for note in chapter.notes]
    twice, repeated = _repeated(chapters, elsewhere(ids) if elsewhere else {})
    strays, lost = unknown_cards(chapters, elsewhere)
    kept = tuple(_without(chapter, repeated | lost) for _, chapter in chapters)
    idle = idle_order(folder, kept) if wanted is None and all(problem.warning for problem in problems) else ()
    return ReadDeck(folder, kept, tuple(sorted([*problems, *twice, *strays, *idle])))


def _held(chapter: Chapter) -> int:
    """Return how many tokens of Markdown a chapter keeps in memory."""
    every = chain.from_iterable((*note.answer, *note.extra) for note in chapter.notes)
    return sum(1 + len(token.children or ()) for token in every)


def _repeated(chapters: Iterable[tuple[Path, Chapter]], elsewhere: dict[str, Place]) -> tuple[list[Problem], set[str]]:
    places: dict[str, list[Place]] = defaultdict(list)
    notes: dict[str, Note] = {}
    for file, chapter in chapters:
        for note in chapter.notes:
            places[note.id].append(Place(file, note.line))
            notes[note.id] = note
    for note_id, place in elsewhere.items():
        if note_id in places:
            places[note_id].append(place)
    repeated = {note_id for note_id, found in places.items() if len(found) > 1}
    problems = []
    for note_id in repeated:
        for place in places[note_id]:
            other = next(each for each in places[note_id] if each != place)
            problems.append(Problem(place.file, place.line, _says_twice(notes[note_id], other), "repeated-id"))
    return problems, repeated


def _says_twice(note: Note, other: Place) -> str:
    if note.identified:
        return f"id {note.id} is also used at {other.file}:{other.line}; give one of them another id"
    return (
        f"asks the same question as {other.file}:{other.line}, and neither has an id; `srs check --fix` gives each one"
    )


def _without(chapter: Chapter, ids: set[str]) -> Chapter:
    if not any(note.id in ids for note in chapter.notes):
        return chapter
    return replace(chapter, notes=tuple(note for note in chapter.notes if note.id not in ids))
