"""Everything that is wrong with decks, found in one go."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from srs.deck.chapter import doubtful_maths, missing_ids, read_chapter
from srs.deck.folder import ChapterFile, DeckFolder, Folders, find_decks
from srs.deck.note import text_alone
from srs.deck.reading import read_file
from srs.deck.references import idle_order, unknown_cards
from srs.deck.uncollected import uncollected
from srs.deck.values import Chapter, Note, Place
from srs.errors import Problem
from srs.workers import shared

Look = Callable[[Note, str, Path], Any]
"""Makes something of a note that is whole, of its chapter's title and its file."""
WORTH_IT = 200_000
"""Bytes of chapters; less is read before another process has begun."""
MOST_TEXT = 30_000_000
"""Bytes of all chapters that are read at once."""
MOST_NOTES = 200_000
"""Of all that is read at once, mistakes among them."""


@dataclass(slots=True)
class Room:
    """How many bytes, and notes and mistakes, may still be read."""

    text: int = field(default_factory=lambda: MOST_TEXT)
    notes: int = field(default_factory=lambda: MOST_NOTES)

    def has(self, chapter: ChapterFile) -> bool:
        """Whether a chapter may still be read."""
        return self.notes > 0 and chapter.size <= self.text

    def fitting(self, chapters: Iterable[ChapterFile]) -> list[ChapterFile]:
        """Return the chapters that there is room for by their size alone."""
        found, left = [], self.text
        for chapter in chapters:
            if chapter.size <= left:
                found.append(chapter)
                left -= chapter.size
        return found


_NO_ROOM = (
    f"not read, since the chapters before it fill what is read at once ({MOST_TEXT:,} bytes, or {MOST_NOTES:,} notes"
    " and mistakes); name fewer decks"
)


@dataclass(frozen=True, slots=True)
class ReadDeck:
    """A deck as it reads now: its chapters with their good notes, and all its problems, warnings included.

    Of what the notes say only the text is kept: `srs.deck.note.whole` reads it again. `looks` is what was made of the
    good notes while they were whole, by their ids.
    """

    folder: DeckFolder
    chapters: tuple[Chapter, ...]
    problems: tuple[Problem, ...]
    looks: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sound(self) -> bool:
        """Whether the text can be taken at its word: what is missing from it was really taken out."""
        return all(problem.warning for problem in self.problems)


def read_decks(folders: Folders, look: Look | None = None) -> tuple[tuple[ReadDeck, ...], tuple[Problem, ...]]:
    """Read every deck of some folders whole; the problems are all there are, those outside any deck included."""
    walked, problems = find_decks(folders)
    room = Room()
    with uncollected():
        decks = tuple(read_deck(found, room=room, look=look) for found in walked)
    return decks, tuple(sorted({*problems, *(problem for deck in decks for problem in deck.problems)}))


def read_deck(
    folder: DeckFolder,
    elsewhere: Callable[[Iterable[str]], dict[str, Place]] | None = None,
    only: Iterable[Path] | None = None,
    room: Room | None = None,
    look: Look | None = None,
    done: Callable[[int], object] | None = None,
) -> ReadDeck:
    """Read a deck, or only the named files of it; `elsewhere` then tells which ids stand in its other files.

    Chapters are read while there is `room`, which they take; the others are told. What `look` makes of the notes is
    kept; it has to be of a kind that one process can hand another. `done` is told the bytes of each chapter read.
    Notes whose id stands twice are left out of every chapter read: no card ever inherits another's history.
    """
    wanted = None if only is None else set(only)
    files = [each for each in folder.files if wanted is None or each.file in wanted]
    chapters: list[tuple[Path, Chapter]] = []
    problems, room = list(folder.problems), room or Room()

    looks: dict[str, Any] = {}

    def read(chapter_file: ChapterFile) -> _Read:
        return _read(chapter_file.file, folder.deck.root, look)

    fitting = room.fitting(files)
    much = sum(chapter.size for chapter in fitting) >= WORTH_IT
    if much:
        import srs.deck.front_matter  # noqa: F401, PLC0415 -- once for all processes that read

    with shared(read, fitting, much=much) as reads:
        for chapter_file in files:
            if not room.has(chapter_file):
                problems.append(Problem(chapter_file.file, 1, _NO_ROOM, "much-text"))
                continue
            found = reads.of(chapter_file)
            problems += [*found.problems, *found.warnings]
            if done:
                done(chapter_file.size)
            if found.chapter is not None:
                room.text -= found.size
                room.notes -= len(found.chapter.notes) + len(found.problems)
                chapters.append((chapter_file.file, found.chapter))
                looks |= found.looks
    ids = [note.id for _, chapter in chapters for note in chapter.notes]
    twice, repeated = _repeated(chapters, elsewhere(ids) if elsewhere else {})
    strays, lost = unknown_cards(chapters, elsewhere)
    kept = tuple(_without(chapter, repeated | lost) for _, chapter in chapters)
    idle = idle_order(folder, kept) if wanted is None and all(problem.warning for problem in problems) else ()
    for name in repeated | lost:
        looks.pop(name, None)
    return ReadDeck(folder, kept, tuple(sorted([*problems, *twice, *strays, *idle])), looks)


class _Read(NamedTuple):
    """A chapter as it was read, of whose notes the text alone is kept, with its size in bytes."""

    size: int
    chapter: Chapter | None
    problems: Sequence[Problem]
    warnings: Sequence[Problem] = ()
    looks: Mapping[str, Any] = {}


def _read(file: Path, root: Path, look: Look | None) -> _Read:
    data = read_file(file)
    if isinstance(data, Problem):
        return _Read(0, None, [data])
    chapter, found = read_chapter(file, root, data)
    warnings = [*missing_ids(file, chapter.notes), *doubtful_maths(file, chapter.notes)]
    looks = {note.id: look(note, chapter.title, file) for note in chapter.notes} if look else {}
    kept = replace(chapter, notes=tuple(map(text_alone, chapter.notes)))
    return _Read(len(data), kept, found, warnings, looks)


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
