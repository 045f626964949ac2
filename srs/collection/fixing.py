"""Decks checked and mended: every mistake in them, and ids written where they are missing."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from srs.deck import Folders, Note, ReadDeck, find_decks, read_decks, read_file
from srs.deck.folder import names_chapter
from srs.deck.identify import identify
from srs.deck.naming import is_called
from srs.errors import Problem, SrsError
from srs.files import replacing
from srs.store.cards import card_names
from srs.store.opening import open_store


def identify_notes(paths: Sequence[Path], database: str, refusal: Callable[[Path], str]) -> Iterator[tuple[Path, int]]:
    """Write the missing ids into the chapters at some paths; yield each file changed, with how many ids it got.

    Raises SrsError for a file that may not be written, with the reason that `refusal` gives.

    No id is given that the deck ever had, as far as its text and the store at `database` know.
    """
    for deck in read_all(paths)[0]:
        taken = {name for chapter in deck.chapters for note in chapter.notes for name in (note.id, *note.cards)}
        taken |= ever_known(database, deck.folder.deck.namespace)
        for chapter in deck.folder.files:
            data = read_file(chapter.file)
            if isinstance(data, Problem) or not within(chapter.file, paths):
                continue
            text, new = identify(chapter.file, deck.folder.deck.root, data, taken)
            taken |= new
            if text != data:
                if refused := refusal(chapter.file):
                    raise SrsError(refused)
                with replacing(chapter.file) as file:
                    file.write(text)
                pairs = zip(data.split(b"\n"), text.split(b"\n"), strict=True)
                yield chapter.file, sum(before != after for before, after in pairs)


def read_all(
    paths: Iterable[Path], look: Callable[[Note, str, Path], object] | None = None
) -> tuple[tuple[ReadDeck, ...], tuple[Problem, ...]]:
    """Return the decks that paths lie in, whole, and every problem in them; raises SrsError for what is no chapter.

    What `look` makes of their notes is kept, as `read_deck` has it.
    """
    return read_decks(tuple(dict.fromkeys(_folder(path) for path in paths)), look)


def paths_meant(names: Sequence[Path], folders: Folders) -> list[Path]:
    """Return the paths that names mean: a path, or a deck or a chapter of these folders, called as it is elsewhere.

    Raises SrsError for a name that means nothing.
    """
    found: list[Path] = []
    for name in names:
        meant = [name] if name.exists() else list(_called(str(name), folders))
        if not meant:
            raise SrsError(f"no such file or folder: {name}; nor is a deck or a chapter called so")
        found += meant
    return found


def _called(name: str, folders: Folders) -> Iterator[Path]:
    for folder in find_decks(folders)[0]:
        if name in {folder.deck.namespace, folder.deck.name, folder.deck.root.name}:
            yield folder.deck.root
        yield from (each.file for each in folder.files if is_called(each.file, name))


def within(file: Path, paths: Iterable[Path]) -> bool:
    """Whether a file is one of some paths or lies in one, however either is written."""
    return any(file.absolute().is_relative_to(path.absolute()) for path in paths)


def _folder(path: Path) -> Path:
    """Return the folder to read for a path: the path itself, or the deck that a chapter belongs to."""
    if path.is_file() and not names_chapter(path.name):
        raise SrsError(f"{path} is not a chapter; a chapter is a .md file in a deck's folder, and README.md is not one")
    if not path.exists() or (path.is_dir() and not _in_deck(path)):
        return path
    return next((each for each in (path, *path.absolute().parents) if (each / "deck.toml").is_file()), path.parent)


def _in_deck(folder: Path) -> bool:
    return any((each / "deck.toml").is_file() for each in folder.absolute().parents)


def ever_known(database: str, namespace: str) -> frozenset[str]:
    """Return the ids that a deck ever had; a store that is not there yet knows none."""
    if "://" not in database and not Path(database).exists():
        return frozenset()
    with open_store(database) as store, store.reading() as connection:
        return card_names(connection, namespace)
