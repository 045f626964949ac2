"""Names in a store, for a shell that completes words: read at once, without all that a store needs otherwise."""

import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath

_MOST = 200
_CARDS = "SELECT DISTINCT name FROM cards WHERE NOT retired AND substr(name, 1, length(?1)) = ?1 ORDER BY name LIMIT ?2"
_DECKS = "SELECT DISTINCT deck FROM chapters WHERE substr(deck, 1, length(?1)) = ?1 ORDER BY deck LIMIT ?2"
_CHAPTERS = "SELECT DISTINCT path FROM chapters ORDER BY path"
_TAGS = "SELECT tags FROM chapters UNION SELECT tags FROM notes"


def card_names(file: Path, begin: str) -> list[str]:
    """Return ids of cards that begin so; none if there is no store yet, or it cannot be read."""
    return _read(file, _CARDS, begin, _MOST)


def deck_names(file: Path, begin: str) -> list[str]:
    """Return namespaces of decks that begin so."""
    return _read(file, _DECKS, begin, _MOST)


def chapter_names(file: Path, begin: str) -> list[str]:
    """Return names of chapters, without their folders and endings, that begin so; their case is left as it is typed."""
    stems = {PurePosixPath(path).stem: None for path in _read(file, _CHAPTERS)}
    found = [stem for stem in stems if stem[: len(begin)].casefold() == begin.casefold()]
    return [f"{begin}{stem[len(begin) :]}" for stem in found[:_MOST]]


def tag_names(file: Path, begin: str) -> list[str]:
    """Return tags that begin so."""
    tags = {tag for tags in _read(file, _TAGS) for tag in tags.split()}
    return sorted(tag for tag in tags if tag.startswith(begin))


def _read(file: Path, query: str, *values: str | int) -> list[str]:
    if not file.is_file():
        return []
    try:
        with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=0.2)) as connection:
            return [str(name) for (name,) in connection.execute(query, values)]
    except sqlite3.Error:  # a shell that completes nothing says enough
        return []
