"""Notes added to a deck: which chapter they go to, and the writing of it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from msgspec import Struct

from srs.collection.fixing import ever_known
from srs.deck import Deck, DeckFolder, Folders, Note, find_decks, read_deck, read_file
from srs.deck.adding import Added, ChapterEnd
from srs.deck.labels import heading_of
from srs.deck.naming import is_called
from srs.errors import Problem, SrsError, UsageError, unknown_name
from srs.files import locked, replacing

_FIRST = "notes.md"
Add = Callable[[ChapterEnd], Added]
"""Makes the bytes of a chapter with notes at its end."""


class Appended(Struct, frozen=True):
    """Notes that were added; `asked` says of those whose question the deck asked before where, as `file:line: id`."""

    notes: tuple[Note, ...]
    asked: Mapping[str, str]


def add_notes(file: Path, folder: DeckFolder, database: str, add: Add, refusal: Callable[[Path], str]) -> Appended:
    """Add notes to a chapter of a deck; the chapter is written whole or stays as it was, byte for byte.

    No id is given that the deck ever had. Raises SrsError for a chapter that may not be written, with the reason that
    `refusal` gives, and for one that cannot be read. Two programs that add at once wait for each other.
    """
    if refused := refusal(file):
        raise SrsError(refused)
    deck = folder.deck
    with locked(deck.root):
        data = read_file(file) if file.exists() else b""
        if isinstance(data, Problem):
            raise SrsError(str(data))
        notes = [(note, chapter.path) for chapter in read_deck(folder).chapters for note in chapter.notes]
        taken = {name for note, _ in notes for name in (note.id, *note.cards)} | ever_known(database, deck.namespace)
        added = add(ChapterEnd(file, deck.root, data, taken))
        with replacing(file) as opened:
            opened.write(added.data)
    asked = {_question(note): f"{deck.root / path}:{note.line}: {note.id}" for note, path in reversed(notes)}
    return Appended(added.notes, {note.id: at for note in added.notes if (at := asked.get(_question(note)))})


def _question(note: Note) -> str:
    """Return a note's heading as it is written, whatever the case of its letters and its white space."""
    return " ".join(heading_of(note.text).casefold().split())


def place_for(folders: Folders, to: str | None) -> tuple[Path, DeckFolder]:
    """Return the chapter that `DECK` or `DECK/CHAPTER` names, with its deck; without a chapter the deck's last.

    A deck is called by its namespace, its name or its folder. Raises UsageError where there are several decks and none
    is named, and for a deck or a chapter that there is none of.
    """
    found = find_decks(folders)[0]
    if to is None:
        if len(found) != 1:
            names = ", ".join(each.deck.namespace for each in found)
            raise UsageError(f"there are {len(found)} decks: say which one with --to, one of {names}")
        return _last(found[0]), found[0]
    for deck, chapter in _readings(to):
        for folder in found:
            if _is_deck(folder.deck, deck):
                return (_chapter(folder, chapter) if chapter else _last(folder)), folder
    name = to.partition("/")[0]
    raise UsageError(f"no deck {name!r}; {unknown_name(name, [each.deck.namespace for each in found])}")


def _readings(to: str) -> Sequence[tuple[str, str]]:
    """Return the ways to read `DECK/CHAPTER`; a deck's name may hold a stroke, too."""
    cuts = [place for place, sign in enumerate(to) if sign == "/"]
    return [(to, ""), *((to[:cut], to[cut + 1 :]) for cut in reversed(cuts))]


def _is_deck(deck: Deck, name: str) -> bool:
    return name in {deck.namespace, deck.name, deck.root.name}


def _last(folder: DeckFolder) -> Path:
    return folder.files[-1].file if folder.files else folder.deck.root / _FIRST


def _chapter(folder: DeckFolder, name: str) -> Path:
    files = [each.file for each in folder.files]
    exact = [file for file in files if name.removesuffix(".md") == file.relative_to(folder.deck.root).as_posix()[:-3]]
    called = exact or [file for file in files if is_called(file, name)]
    if len(called) == 1:
        return called[0]
    if called:
        raise UsageError(f"{name!r} can be {', '.join(file.name for file in called)}; write the whole name of one")
    names = ", ".join(file.stem for file in files) or "none"
    raise UsageError(f"no chapter {name!r} in {folder.deck.namespace}; there is {names}, and any new .md file is one")
