"""A deck of one's own: a new one that shows how notes are written, or a copy of another to edit."""

import json
import os
import re
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from srs.deck import Deck, DeckFolder, find_decks
from srs.deck.deck_file import is_namespace
from srs.deck.values import DECK_FILE
from srs.errors import SrsError, UsageError, unknown_key
from srs.files import said_by

FIRST_CHAPTER = "start.md"
_FIRST = """\
---
title: How notes are written
tags: [example]
source: srs
---

## What does a note consist of? {#start-note}

A heading that asks, and below it the text that answers.

> A quote at the end is shown after the answer, for a source or a cue.

## In which 3 steps is a note of your own written? {#start-own}

1. Two # signs and the question {#c1}
2. An empty line {#c2}
3. The answer {#c3}

> A numbered list is asked as a whole, and step by step.

## Which 4 shapes can an answer have? {#start-shapes}

- Text
- Steps: a numbered list
- A set: a list with dashes, recalled in any order
- Text with gaps

> A line, a ladder, a bag and a sieve.

## How is a gap written? {#start-gap}

With {{c1::two}} braces on either side; after a second {{c2::double colon::a sign of punctuation}} stands a hint.
"""


def begin_deck(name: str, folder: Path, known: Iterable[Deck]) -> Path:
    """Make a deck in a folder, with a first chapter that shows each kind of note, and return where it is.

    It is there whole or not at all. Raises UsageError for a name that cannot be a folder's, and SrsError where
    something is in the way: a folder of that name, a deck around it, or a known deck with the same namespace.
    """
    root = _place(name, folder)
    namespace = root.name.casefold()
    for other in known:
        if other.namespace == namespace:
            raise SrsError(f"there is a deck {namespace} in {other.root}; choose another name")
    with _making(root) as part:
        heads = {"name": name.strip(), "namespace": namespace}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}\n" for key, value in heads.items()]
        (part / DECK_FILE).write_bytes("".join(lines).encode())
        (part / FIRST_CHAPTER).write_bytes(_FIRST.encode())
    return root


def copy_deck(name: str, folder: Path, source: Deck, in_use: Iterable[Path]) -> Path:
    """Copy a deck into a folder under another name, to edit it there, and return where it is.

    Its namespace stays, so that its history goes on; its bytes stay, and what is hidden is left out. The copy is there
    whole or not at all. Raises SrsError where both would be in use: neither could be told from the other.
    """
    root = _place(name, folder)
    around = [each.resolve() for each in in_use]
    if all(any(place.resolve().is_relative_to(each) for each in around) for place in (source.root, root)):
        raise SrsError(
            f"{source.root} is in use already, and can be edited there; a second deck {source.namespace} beside it "
            "could not be told from it"
        )
    with _making(root) as part:
        for file, target in _files(source.root, part):
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.is_symlink():
                target.symlink_to(file.readlink())
            else:
                shutil.copyfile(file, target)
    return root


def deck_called(name: str, folders: Iterable[DeckFolder]) -> Deck:
    """Return the deck of a namespace, a name or a folder, or the one at a path; raises UsageError if there is none."""
    decks = [folder.deck for folder in folders]
    if found := next((deck for deck in decks if name in {deck.namespace, deck.name, deck.root.name}), None):
        return found
    if (Path(name) / DECK_FILE).is_file() and (there := find_decks(Path(name))[0]):
        return there[0].deck
    raise UsageError(
        f"no deck {name!r}; {unknown_key(name, list(dict.fromkeys(deck.namespace for deck in decks)) or ['a path'])}"
    )


def _place(name: str, folder: Path) -> Path:
    slug = re.sub(r"[^\w.-]+", "-", name.strip()).strip("-.")
    if not is_namespace(slug) or any(separator in name for separator in "/\\"):
        raise UsageError(f"{name!a} cannot be a deck's name; take words of letters and digits, such as spanish")
    root = folder / slug
    around = next((each for each in root.absolute().parents if (each / DECK_FILE).is_file()), None)
    if around:
        raise SrsError(f"{folder} is inside the deck {around}; name another folder with --in")
    if root.exists() or root.is_symlink():
        raise SrsError(f"{root} is there already; choose another name, or another folder with --in")
    return root


def _files(root: Path, target: Path) -> Iterator[tuple[Path, Path]]:
    """Yield each file of a deck, and each link, with where its copy goes; what is hidden or no file stays behind."""
    for folder, folders, names in os.walk(root):
        folders[:] = [each for each in folders if not each.startswith(".")]
        for name in [*names, *(each for each in folders if (Path(folder) / each).is_symlink())]:
            file = Path(folder) / name
            if not name.startswith(".") and (file.is_symlink() or stat.S_ISREG(file.stat().st_mode)):
                yield file, target / file.relative_to(root)


@contextmanager
def _making(root: Path) -> Iterator[Path]:
    """Give a folder to fill that becomes `root` when it is full; on any error nothing is left."""
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".srs-", dir=root.parent, ignore_cleanup_errors=True) as around:
            part = Path(around) / root.name
            part.mkdir()
            yield part
            part.rename(root)
    except OSError as error:
        raise SrsError(f"cannot make {root}: {said_by(error)}") from error
