"""Which decks and chapters a folder holds, by a walk that reads no chapter."""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from srs.deck.values import Deck, Mistake
from srs.errors import Problem, SrsError, unknown_key
from srs.files import read_at_most, real, said_by
from srs.toml import TomlError, brief, read_toml

DECK_FILE = "deck.toml"
LARGEST_FILE = 700_000
DEEPEST_FOLDER = 20
_KEYS = ("name", "namespace", "language", "author", "source", "licence", "new", "reviews")
_LIMITS = ("new", "reviews")
_NO_FILE = "this is neither a file nor a folder, and reading it could hang; move it elsewhere"
_NAMESPACE = re.compile(r"\w[\w.-]{0,99}")
_KEY = re.compile(r"\s*\[*['\"]?([\w-]+)")


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A chapter not read yet; size and time of its last change tell whether it has to be read again."""

    file: Path
    size: int
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class DeckFolder:
    """A deck with the files of its chapters in the order of study, which is that of their paths.

    `problems` are those met on the way to the files; while there are any, a missing chapter proves nothing.
    """

    deck: Deck
    files: tuple[ChapterFile, ...]
    problems: tuple[Problem, ...] = ()


def find_decks(folder: Path) -> tuple[tuple[DeckFolder, ...], tuple[Problem, ...]]:
    """Return every deck in a folder (or the folder itself, if it is a deck), and every problem on the way.

    Raises SrsError if there is no such folder or no deck in it.
    """
    if not folder.is_dir():
        raise SrsError(f"no folder {folder}; name the one that holds your decks with --decks DIR")
    walk = _Walk()
    found = list(walk.decks(folder, real(folder)))
    problems = [*walk.problems, *_shared_namespaces([deck for deck, _ in found])]
    if not found and not problems:
        raise SrsError(f"no deck in {folder}; a deck is a folder with a {DECK_FILE} and Markdown chapters")
    clash = {problem.path.parent for problem in problems if problem.path.name == DECK_FILE}
    folders = [
        DeckFolder(deck, tuple(files), tuple(problem for problem in problems if problem.path.is_relative_to(deck.root)))
        for deck, files in found
        if deck.root not in clash
    ]
    return tuple(folders), tuple(sorted(problems))


class _Walk:
    """One walk over a folder, each folder visited once; what a link leads to outside of it is told, and never read."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._seen: set[tuple[int, int]] = set()

    def decks(self, folder: Path, inside: Path, depth: int = 0) -> Iterator[tuple[Deck, list[ChapterFile]]]:
        """Yield the decks of a folder, all of whose links must lead into `inside`."""
        found = self._entries(folder, depth)
        is_deck = any(entry.name == DECK_FILE for entry in found)
        entries = self._belonging(folder, found, real(folder) if is_deck else inside)
        if is_deck:
            deck = self._deck(folder) if any(entry.name == DECK_FILE for entry in entries) else None
            if deck:
                yield deck, sorted(self._chapters(folder, entries), key=lambda chapter: chapter.file)
            return
        strays = [entry for entry in entries if _is_chapter(entry)]
        if strays:
            missing = f"missing, though {strays[0].name} stands beside it; write one with name and namespace"
            self._tell(folder / DECK_FILE, missing)
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
                elif _is_chapter(entry) and (chapter := self._chapter(path)):
                    yield chapter
            if not waiting:
                return
            folder, depth = waiting.pop()
            entries = self._belonging(folder, self._entries(folder, depth), inside)

    def _chapter(self, path: Path) -> ChapterFile | None:
        try:
            status = path.stat()
        except OSError as error:
            self._tell(path, _unreadable(error))
            return None
        if not stat.S_ISREG(status.st_mode):
            self._tell(path, _NO_FILE)
            return None
        if status.st_size > LARGEST_FILE:
            self._tell(path, f"{status.st_size:,} bytes; a chapter has at most {LARGEST_FILE:,}, split it")
            return None
        return ChapterFile(path, status.st_size, status.st_mtime_ns)

    def _entries(self, folder: Path, depth: int) -> list[os.DirEntry[str]]:
        """Return what stands in a folder, by name and links last; nothing if it was visited before."""
        try:
            status = folder.stat()
            new = (status.st_dev, status.st_ino) not in self._seen
            self._seen.add((status.st_dev, status.st_ino))
            if new and depth <= DEEPEST_FOLDER:
                with os.scandir(folder) as found:
                    seen = (entry for entry in found if not entry.name.startswith("."))
                    return sorted(seen, key=lambda entry: (entry.is_symlink(), entry.name))
            too_deep = f"folders nested more than {DEEPEST_FOLDER} deep; move this one up"
            self._tell(folder, too_deep if new else "this link leads to a folder that is read already; remove it")
        except OSError as error:
            self._tell(folder, _unreadable(error))
        return []

    def _belonging(self, folder: Path, entries: Sequence[os.DirEntry[str]], inside: Path) -> Sequence[os.DirEntry[str]]:
        """Return the entries that lie inside with their links followed; of the others, what would be read is told."""
        out = [
            entry for entry in entries if entry.is_symlink() and not real(folder / entry.name).is_relative_to(inside)
        ]
        for entry in out:
            if entry.name == DECK_FILE or _is_chapter(entry) or _is_folder(entry):
                what = f"this link leads out of the folder {inside.name}, and is left alone; move in what it leads to"
                self._tell(folder / entry.name, what)
        return [entry for entry in entries if entry not in out]

    def _deck(self, folder: Path) -> Deck | None:
        file = folder / DECK_FILE
        deck, mistakes = _read_deck(folder)
        self.problems += [mistake.of(file) for mistake in mistakes]
        return deck

    def _tell(self, path: Path, what: str) -> None:
        self.problems.append(Problem(path, 1, what))


def read_file(file: Path) -> bytes | Problem:
    """Return a file's bytes, or the problem that kept them away."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem(file, 1, _NO_FILE)
        data = read_at_most(file, LARGEST_FILE + 1)
    except OSError as error:
        return Problem(file, 1, _unreadable(error))
    return data if len(data) <= LARGEST_FILE else Problem(file, 1, f"more than {LARGEST_FILE:,} bytes; split it")


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {said_by(error)}"


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


def _read_deck(folder: Path) -> tuple[Deck | None, list[Mistake]]:
    data = read_file(folder / DECK_FILE)
    if isinstance(data, Problem):
        return None, [Mistake(data.line, data.message)]
    try:
        text = data.decode("utf-8-sig")
        table: dict[str, Any] = read_toml(text)
    except UnicodeDecodeError as error:
        return None, [Mistake(data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8")]
    except TomlError as error:
        return None, [Mistake(error.line, str(error))]
    mistakes = list(_deck_mistakes(table, text))
    return (None, mistakes) if mistakes else (Deck(root=folder, **table), [])


def _deck_mistakes(table: dict[str, object], text: str) -> Iterator[Mistake]:
    for key in ("name", "namespace"):
        if key not in table:
            yield Mistake(1, f'{key} is missing; write {key} = "…"')
    numbered = [(found[1], line) for line, each in enumerate(text.split("\n"), 1) if (found := _KEY.match(each))]
    lines = dict(reversed(numbered))
    for key, value in table.items():
        line = lines.get(key, 1)
        if key not in _KEYS:
            yield Mistake(line, f"unknown key {brief(key)}; {unknown_key(key, _KEYS)}")
        elif key in _LIMITS:
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                yield Mistake(line, f"{key} takes a number of cards a day")
        elif not isinstance(value, str) or not value.strip():
            yield Mistake(line, f"{key} takes a text in quotes")
        elif key == "namespace" and not _NAMESPACE.fullmatch(value):
            yield Mistake(line, f"namespace {brief(value)} is not one word of letters, digits, - _ .")


def _shared_namespaces(decks: Iterable[Deck]) -> Iterator[Problem]:
    first: dict[str, Deck] = {}
    for deck in decks:
        other = first.setdefault(deck.namespace, deck)
        if other is not deck:
            yield Problem(
                deck.root / DECK_FILE,
                1,
                f"namespace {deck.namespace!r} is taken by {other.root / DECK_FILE}; choose another",
            )
            yield Problem(
                other.root / DECK_FILE,
                1,
                f"namespace {deck.namespace!r} is used again by {deck.root / DECK_FILE}; choose another",
            )
