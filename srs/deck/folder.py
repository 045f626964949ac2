"""Which decks and chapters a folder holds, by a walk that reads no chapter."""

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from srs.deck.deck_file import read_deck_file
from srs.deck.namespaces import shared_namespaces
from srs.deck.reading import LARGEST_FILE, NO_FILE, UNREADABLE, unreadable
from srs.deck.values import DECK_FILE, Deck
from srs.errors import Problem, SrsError
from srs.files import is_text, lies_in, real

Folders = Path | Sequence[Path]
"""Where decks are: one folder or several."""

DEEPEST_FOLDER = 20
MOST_ENTRIES = 100_000
MOST_DECKS = 1_000
_NEARLY = (".md", ".markdown", ".mdown", ".mkd")
_NO_FOLDER = "no folder {folder}; name the one that holds your decks with --decks DIR or `srs config set decks DIR`"
_NO_DECK = "no deck in {folder}; a deck is a folder with a deck.toml and Markdown chapters, and `srs new` makes one"


class ChapterFile(Struct, frozen=True):
    """A chapter not read yet; size and time of its last change tell whether it has to be read again."""

    file: Path
    size: int
    mtime_ns: int


class DeckFolder(Struct, frozen=True):
    """A deck with the files of its chapters in the order of study, which is that of their paths.

    `problems` are those met on the way to the files; while there are any, a missing chapter proves nothing.
    """

    deck: Deck
    files: tuple[ChapterFile, ...]
    problems: tuple[Problem, ...] = ()


def find_decks(folders: Folders) -> tuple[tuple[DeckFolder, ...], tuple[Problem, ...]]:
    """Return every deck in some folders (or the folder itself, if it is a deck), and every problem on the way.

    A deck that several of the folders lead to is found once. Raises SrsError if there is no such folder or no deck in
    it; where there are others with decks, that is a problem like any other.
    """
    met: list[Problem] = []
    found: dict[Path, tuple[Deck, list[ChapterFile]]] = {}
    lacking: list[tuple[Path, str]] = []
    for folder in [folders] if isinstance(folders, Path) else folders:
        walk = _Walk()  # one for each folder, since one of them may lie within another
        some = list(walk.decks(folder, real(folder))) if _is_there(folder) else []
        found |= {real(deck.root): (deck, files) for deck, files in some}
        met += walk.problems
        if not (some or walk.problems):
            lacking.append((folder, _NO_DECK if _is_there(folder) else _NO_FOLDER))
    if lacking and not (found or met):
        raise SrsError(*(says.format(folder=folder) for folder, says in lacking))
    met += [
        Problem(folder, 1, says.format(folder=folder), "no-decks", warning=says is _NO_DECK) for folder, says in lacking
    ]
    return _without_clashes(tuple(found.values()), met)


def _is_there(folder: Path) -> bool:
    try:
        return folder.is_dir()
    except OSError:  # a folder above it cannot be looked into
        return False


def _without_clashes(
    found: Iterable[tuple[Deck, list[ChapterFile]]], met: Iterable[Problem]
) -> tuple[tuple[DeckFolder, ...], tuple[Problem, ...]]:
    problems = sorted({*met, *shared_namespaces([deck for deck, _ in found])})
    clash = {problem.path.parent for problem in problems if problem.path.name == DECK_FILE}
    folders = [
        DeckFolder(deck, tuple(files), tuple(problem for problem in problems if problem.path.is_relative_to(deck.root)))
        for deck, files in found
        if deck.root not in clash
    ]
    return tuple(folders), tuple(problems)


class _Walk:
    """One walk over a folder, each folder visited once; what a link leads to outside of it is told, and never read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[tuple[int, int]] = set()
        self._left, self._decks_left = MOST_ENTRIES, MOST_DECKS

    def decks(self, folder: Path, inside: Path, depth: int = 0) -> Iterator[tuple[Deck, list[ChapterFile]]]:
        """Yield the decks of a folder, all of whose links must lead into `inside`."""
        found = self._entries(folder, depth)
        is_deck = any(entry.name == DECK_FILE for entry in found)
        entries = self._belonging(folder, found, real(folder) if is_deck else inside)
        if is_deck:
            deck = self._counted_deck(folder) if any(entry.name == DECK_FILE for entry in entries) else None
            if deck:
                yield deck, sorted(self._chapters(folder, entries), key=lambda chapter: chapter.file)
            return
        strays = [entry for entry in entries if _is_chapter(entry)]
        if strays:
            missing = f"missing, though {strays[0].name} stands beside it; write one with name and namespace"
            self._tell(folder / DECK_FILE, missing, "no-deck-file")
        for entry in entries:
            if _is_folder(entry):
                yield from self.decks(folder / entry.name, inside, depth + 1)

    def _chapters(self, root: Path, entries: Sequence[os.DirEntry[str]]) -> Iterator[ChapterFile]:
        inside, folder, depth, waiting = real(root), root, 0, list[tuple[Path, int]]()
        while True:
            for entry in entries:
                path = folder / entry.name
                if _is_folder(entry):  # what a link names comes last, when all folders were met under their own names
                    waiting.insert(0 if entry.is_symlink() else len(waiting), (path, depth + 1))
                elif _is_chapter(entry):
                    if chapter := self._chapter(path):
                        yield chapter
                elif entry.name.lower().endswith(_NEARLY) and not entry.name.lower().startswith("readme."):
                    what = "not read, for a chapter's name ends in .md; rename it, or move it out of the deck"
                    self._tell(path, what, "no-chapter", warning=True)
            if not waiting:
                return
            folder, depth = waiting.pop()
            entries = self._belonging(folder, self._entries(folder, depth), inside)

    def _chapter(self, path: Path) -> ChapterFile | None:
        try:
            status = path.stat()
        except OSError as error:
            self._tell(path, unreadable(error), UNREADABLE)
            return None
        if not stat.S_ISREG(status.st_mode):
            self._tell(path, NO_FILE, UNREADABLE)
            return None
        if status.st_size > LARGEST_FILE:
            what = f"{status.st_size:,} bytes; a chapter has at most {LARGEST_FILE:,}, split it"
            self._tell(path, what, "long-file")
            return None
        return ChapterFile(path, status.st_size, status.st_mtime_ns)

    def _entries(self, folder: Path, depth: int) -> list[os.DirEntry[str]]:
        """Return what stands in a folder, by name and links last; nothing if it was visited before."""
        try:
            status = folder.stat()
            new = (status.st_dev, status.st_ino) not in self._seen
            self._seen.add((status.st_dev, status.st_ino))
            if new and depth <= DEEPEST_FOLDER and self._left >= 0:
                with os.scandir(folder) as found:
                    seen = [
                        entry
                        for entry in self._counted(folder, found)
                        if not entry.name.startswith(".") and self._is_named(folder, entry)
                    ]
                    return sorted(seen, key=lambda entry: (entry.is_symlink(), entry.name))
            too_deep = f"folders nested more than {DEEPEST_FOLDER} deep; move this one up"
            twice = "this link leads to a folder that is read already; remove it"
            if self._left >= 0:
                self._tell(folder, *((too_deep, "deep-folder") if new else (twice, "circular-link")))
        except OSError as error:
            self._tell(folder, unreadable(error), UNREADABLE)
        return []

    def _counted(self, folder: Path, found: Iterable[os.DirEntry[str]]) -> Iterator[os.DirEntry[str]]:
        """Yield what a folder holds until so much was looked at in all that these are no decks, which is told."""
        for entry in found:
            self._left -= 1
            if self._left < 0:
                what = (
                    f"more than {MOST_ENTRIES:,} files and folders, so the rest is not looked at; name a smaller folder"
                )
                self._tell(folder, what, "vast-folder")
                return
            yield entry

    def _is_named(self, folder: Path, entry: os.DirEntry[str]) -> bool:
        """Whether a name is text; of what would be read under another, that is told."""
        named = is_text(entry.name)
        if not named and (_is_chapter(entry) or _is_folder(entry)):
            self._tell(
                folder / entry.name, "a name that is not UTF-8, under which nothing is read; rename it", UNREADABLE
            )
        return named

    def _belonging(self, folder: Path, entries: Sequence[os.DirEntry[str]], inside: Path) -> Sequence[os.DirEntry[str]]:
        """Return the entries that lie inside with their links followed; of the others, what would be read is told."""
        out = [entry for entry in entries if entry.is_symlink() and not lies_in(folder / entry.name, inside)]
        for entry in out:
            if entry.name == DECK_FILE or _is_chapter(entry) or _is_folder(entry):
                what = f"this link leads out of the folder {inside.name}, and is left alone; move in what it leads to"
                self._tell(folder / entry.name, what, "link-out")
        return [entry for entry in entries if entry not in out]

    def _counted_deck(self, folder: Path) -> Deck | None:
        """Return a deck, until there are so many that nobody studies them; the first beyond is told."""
        self._decks_left -= 1
        if self._decks_left == -1:
            what = f"more than {MOST_DECKS:,} decks, so this and those after it are not read; name a smaller folder"
            self._tell(folder / DECK_FILE, what, "many-decks")
        return self._deck(folder) if self._decks_left >= 0 else None

    def _deck(self, folder: Path) -> Deck | None:
        file = folder / DECK_FILE
        deck, mistakes = read_deck_file(folder)
        self.problems += [mistake.of(file) for mistake in mistakes]
        return deck

    def _tell(self, path: Path, what: str, rule: str, *, warning: bool = False) -> None:
        self.problems.append(Problem(path, 1, what, rule, warning=warning))


def _is_chapter(entry: os.DirEntry[str]) -> bool:
    return names_chapter(entry.name) and not _is_folder(entry)


def names_chapter(name: str) -> bool:
    """Whether a file of this name is a chapter: a `.md` file, unless it is called README."""
    return name.endswith(".md") and name.lower() != "readme.md"


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, which is told of when it is read as a chapter
        return False
