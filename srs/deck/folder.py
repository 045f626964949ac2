"""Which decks and chapters a folder holds, by a walk that reads no chapter."""

import os
import re
import stat
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from srs.deck.namespaces import shared_namespaces
from srs.deck.values import DECK_FILE, Deck, Mistake
from srs.errors import Problem, SrsError, unknown_key
from srs.files import said_by

Folders = Path | Sequence[Path]
"""Where decks are: one folder or several."""

LARGEST_FILE = 64 * 1024 * 1024
_KEYS = ("name", "namespace", "language", "author", "source", "licence", "new", "reviews", "order")
_LIMITS = ("new", "reviews")
_NO_FILE = "this is neither a file nor a folder, and reading it could hang; move it elsewhere"
_NO_FOLDER = "no folder {folder}; name the one that holds your decks with --decks DIR or `srs config set decks DIR`"
_NO_DECK = "no deck in {folder}; a deck is a folder with a deck.toml and Markdown chapters, and `srs new` makes one"
_NAMESPACE = re.compile(r"\w[\w.-]*")


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


def find_decks(folders: Folders) -> tuple[tuple[DeckFolder, ...], tuple[Problem, ...]]:
    """Return every deck in some folders (or the folder itself, if it is a deck), and every problem on the way.

    A deck that several of the folders lead to is found once. Raises SrsError if there is no such folder or no deck in
    it; where there are others with decks, that is a problem like any other.
    """
    walk = _Walk()
    found: dict[Path, tuple[Deck, list[ChapterFile]]] = {}
    lacking: list[tuple[Path, str]] = []
    for folder in [folders] if isinstance(folders, Path) else folders:
        before = len(walk.problems)
        some = list(walk.decks(folder)) if _is_there(folder) else []
        found |= {deck.root.resolve(): (deck, files) for deck, files in some}
        if not some and len(walk.problems) == before:
            lacking.append((folder, _NO_DECK if _is_there(folder) else _NO_FOLDER))
    if lacking and not found and not walk.problems:
        raise SrsError("\n".join(says.format(folder=folder) for folder, says in lacking))
    walk.problems += [
        Problem(folder, 1, says.format(folder=folder), "no-decks", warning=says is _NO_DECK) for folder, says in lacking
    ]
    return _without_clashes(tuple(found.values()), walk.problems)


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
    """One walk over a folder; follows links, and tells of those that lead back to a folder above them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def decks(self, folder: Path, above: frozenset[Path] = frozenset()) -> Iterator[tuple[Deck, list[ChapterFile]]]:
        entries = self._entries(folder, above)
        if any(entry.name == DECK_FILE for entry in entries):
            deck = self._deck(folder)
            if deck:
                yield deck, sorted(self._chapters(folder, above), key=lambda chapter: chapter.file)
            return
        strays = [entry for entry in entries if _is_chapter(entry)]
        if strays:
            self.problems.append(
                Problem(
                    folder / DECK_FILE,
                    1,
                    f"missing, though {strays[0].name} stands beside it; write one with name and namespace",
                    "no-deck-file",
                )
            )
        for entry in entries:
            if _is_folder(entry):
                yield from self.decks(folder / entry.name, above | {folder.resolve()})

    def _chapters(self, folder: Path, above: frozenset[Path]) -> Iterator[ChapterFile]:
        for entry in self._entries(folder, above):
            path = folder / entry.name
            if _is_chapter(entry):
                chapter = self._chapter(path)
                if chapter:
                    yield chapter
            elif _is_folder(entry):
                yield from self._chapters(path, above | {folder.resolve()})

    def _chapter(self, path: Path) -> ChapterFile | None:
        try:
            status = path.stat()
        except OSError as error:
            self.problems.append(Problem(path, 1, _unreadable(error), "unreadable"))
            return None
        if not stat.S_ISREG(status.st_mode):
            self.problems.append(Problem(path, 1, _NO_FILE, "unreadable"))
            return None
        if status.st_size > LARGEST_FILE:
            self.problems.append(
                Problem(
                    path, 1, f"{status.st_size:,} bytes; a chapter has at most {LARGEST_FILE:,}, split it", "long-file"
                )
            )
            return None
        return ChapterFile(path, status.st_size, status.st_mtime_ns)

    def _entries(self, folder: Path, above: frozenset[Path]) -> list[os.DirEntry[str]]:
        if folder.resolve() in above:
            self.problems.append(
                Problem(folder, 1, "this link leads back to a folder above it; remove it", "circular-link")
            )
            return []
        try:
            with os.scandir(folder) as entries:
                return sorted(
                    (entry for entry in entries if not entry.name.startswith(".")), key=lambda entry: entry.name
                )
        except OSError as error:
            self.problems.append(Problem(folder, 1, _unreadable(error), "unreadable"))
            return []

    def _deck(self, folder: Path) -> Deck | None:
        file = folder / DECK_FILE
        deck, mistakes = _read_deck(folder)
        self.problems += [mistake.of(file) for mistake in mistakes]
        return deck


def read_file(file: Path) -> bytes | Problem:
    """Return a file's bytes, or the problem that kept them away."""
    try:
        if not stat.S_ISREG(file.stat().st_mode):
            return Problem(file, 1, _NO_FILE, "unreadable")
        return file.read_bytes()
    except OSError as error:
        return Problem(file, 1, _unreadable(error), "unreadable")


def _unreadable(error: OSError) -> str:
    return f"cannot be read: {said_by(error)}"


def _is_chapter(entry: os.DirEntry[str]) -> bool:
    return names_chapter(entry.name) and not _is_folder(entry)


def names_chapter(name: str) -> bool:
    """Whether a file of this name is a chapter: a `.md` file, unless it is called README."""
    return name.endswith(".md") and name.lower() != "readme.md"


def is_namespace(text: str) -> bool:
    """Whether a text can tell a deck from all others."""
    return _NAMESPACE.fullmatch(text) is not None


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, which is told of when it is read as a chapter
        return False


def _read_deck(folder: Path) -> tuple[Deck | None, list[Mistake]]:
    data = read_file(folder / DECK_FILE)
    if isinstance(data, Problem):
        return None, [Mistake(data.line, data.message, data.rule)]
    try:
        text = data.decode("utf-8-sig")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return None, [Mistake(data.count(b"\n", 0, error.start) + 1, "not UTF-8; save it as UTF-8", "not-utf-8")]
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"at line (\d+)", str(error))
        what = f"not TOML: {str(error)[0].lower()}{str(error)[1:]}"
        return None, [Mistake(int(place[1]) if place else 1, what, "not-toml")]
    mistakes = list(_deck_mistakes(table, text))
    order = tuple(entry.strip() for entry in table.pop("order", ())) if not mistakes else ()
    return (None, mistakes) if mistakes else (Deck(root=folder, order=order, **table), [])


def _deck_mistakes(table: dict[str, object], text: str) -> Iterator[Mistake]:
    for key in ("name", "namespace"):
        if key not in table:
            yield Mistake(1, f'{key} is missing; write {key} = "…"', "no-name")
    for key, value in table.items():
        line = line_of_key(text, key)
        if key not in _KEYS:
            yield Mistake(line, f"unknown key {key!r}; {unknown_key(key, _KEYS)}", "unknown-key")
        elif fault := _fault(key, value):
            yield Mistake(line, fault, "deck-key")


def _fault(key: str, value: object) -> str:
    """Say what is wrong with the value of a key, or nothing."""
    if key in _LIMITS:
        right = isinstance(value, int) and not isinstance(value, bool) and value >= 0
        return "" if right else f"{key} takes a number of cards a day"
    if key == "order":
        right = isinstance(value, list) and all(isinstance(entry, str) and entry.strip() for entry in value)
        return "" if right else 'order takes chapters and tags in quotes: order = ["tag:core", "e10"]'
    if not isinstance(value, str) or not value.strip():
        return f"{key} takes a text in quotes"
    if key == "namespace" and not _NAMESPACE.fullmatch(value):
        return f"namespace {value!r} is not one word of letters, digits, - _ ."
    return ""


def line_of_key(text: str, key: str) -> int:
    """Return the line, from 1, on which a key of a deck's file stands; the first if it is hard to tell."""
    begin = re.compile(rf"\s*\[*['\"]?{re.escape(key)}\b")
    return next((number for number, line in enumerate(text.split("\n"), 1) if begin.match(line)), 1)
