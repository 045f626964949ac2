"""A store and its history folder: what is new there is taken in, and what no file there holds yet is put into it.

The folder never stands in anybody's way: whatever is wrong with it is told in one sentence, and all that is done here
is in the store until the folder can have it.
"""

from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from srs.characters import typed
from srs.collection.chance import fresh_name
from srs.collection.telling import Tell, Working, in_few_words, quietly
from srs.errors import SrsError
from srs.files import said_by
from srs.history.folder import ENDING, Mark, Reading, append, make_id, placed, read_end, read_id, scan
from srs.store.computer import host_name
from srs.store.files import write_fact, write_marks
from srs.store.forces import schedulers_in_force
from srs.store.log import merge
from srs.store.marks import FOLDER, OWN_FILE, read_fact, read_marks
from srs.store.opening import Store
from srs.store.sharing import forget_shared, mark_shared, unshared

_WORTH_A_WORD = 2_000  # lines to be written; fewer are written in a moment


@dataclass(frozen=True, slots=True)
class Found:
    """What of a folder is new to a store; `all_of_it`: some of what was read before is not there any more."""

    readings: tuple[Reading, ...] = ()
    gone: tuple[str, ...] = ()
    all_of_it: bool = False


def join(store: Store, folder: str) -> None:
    """Let a store share a folder, whichever it knew before. Raises SrsError if the folder is not there."""
    place = placed(folder)
    try:
        name = make_id(place, fresh_name())
    except OSError as error:
        raise SrsError(f"{place} cannot be joined: {said_by(error)}; `srs config set history DIR` makes one") from error
    with store.writing() as connection:
        write_fact(connection, FOLDER, name)
        write_marks(connection, (), read_marks(connection))
        forget_shared(connection)


def take_in(store: Store, folder: str, until: int, tell: Tell, working: Working = quietly) -> Path | None:
    """Take in what is new in every file of a folder; lines later than `until` (ms) wait.

    Returns where the store's own lines are to go, or `None` if there is no folder, or none to be used.
    """
    if not folder:
        return None
    place, again = placed(folder), False
    while True:
        try:
            if not again and not _is_shared(store, place, tell):
                return None
            with store.reading() as connection:  # before the files, which another program may let grow meanwhile
                known = read_marks(connection)
            found = _new(place, known, tell)
        except (FileNotFoundError, NotADirectoryError):
            tell(f"the history folder {place} is not there; what is done here goes into it once it is")
            return None
        except OSError as error:
            why = said_by(error)
            tell(f"the history folder {place} cannot be used: {why}; what is done here is kept until it can")
            return None
        if found.all_of_it:
            tell(
                f"a file in {place} shrank, was rewritten or is gone; all were read again, and what is lacking is put"
                " back"
            )
        _tell_problems(found.readings, tell)
        if found.all_of_it or any(each.mark != known.get(each.mark.name) for each in found.readings):
            with working("Taking in the history folder"):
                _take(store, found, until)
        again = any(each.more for each in found.readings)
        if not again:
            return place


def put_out(store: Store, place: Path | None, tell: Tell, working: Working = quietly) -> None:
    """Write what no file of a folder holds yet to the end of this computer's own."""
    if place is None:
        return
    try:
        with store.reading() as connection:
            lines = unshared(connection)
            known, name = read_marks(connection), read_fact(connection, _own_key())
            shared = read_fact(connection, FOLDER)
        if not lines:
            return
        if read_id(place) != shared:
            tell(f"the history folder {place} has gone meanwhile; what was done here goes into it once it is back")
            return
        name = name or f"{host_name()}-{fresh_name()[:8]}{ENDING}"
        with working("Writing the history folder") if len(lines) >= _WORTH_A_WORD else nullcontext():
            append(place / name, lines)
            reading = read_end(place, known.get(name, Mark(name)))
            with store.writing() as connection:
                write_fact(connection, _own_key(), name)
                mark_shared(connection, lines)
                if reading and set(reading.lines) <= set(lines):  # else the next start reads what is not ours
                    write_marks(connection, [reading.mark])
    except OSError as error:
        tell(f"the history folder {place} cannot be written: {said_by(error)}; what was done here is kept until it can")
    except SrsError as error:
        tell(f"not written to the history folder {place} yet: {error}")


def _is_shared(store: Store, place: Path, tell: Tell) -> bool:
    """Whether a store may take from a folder and put into it; a store that knows none takes to this one."""
    there = read_id(place)
    with store.reading() as connection:
        known = read_fact(connection, FOLDER)
    if known is None:
        name = there or make_id(place, fresh_name())
        with store.writing() as connection:
            write_fact(connection, FOLDER, name)
        return True
    if there is None:
        tell(
            f"{place} is not the history folder that this store knows, or its medium is not in: nothing is taken from"
            f" it or put into it; if it is the right one, {typed('log', 'join', place)}"
        )
    elif there != known:
        tell(
            f"{place} is another history folder than the one that this store knows: nothing is taken from it or put"
            f" into it; to make both histories one for ever, {typed('log', 'join', place)}"
        )
    return there == known


def _new(place: Path, known: dict[str, Mark], tell: Tell) -> Found:
    """Return what is new in the files of a folder; all that they hold, if something that was read is gone."""
    looks = scan(place)
    gone = tuple(name for name in known if name not in looks)
    fresh = [
        known.get(name, Mark(name))
        for name, look in looks.items()
        if (mark := known.get(name)) is None or (mark.size, mark.mtime_ns) != (look.st_size, look.st_mtime_ns)
    ]
    readings = () if gone else _read(place, fresh, tell)
    if gone or None in readings:
        return Found(tuple(filter(None, _read(place, map(Mark, looks), tell))), gone, all_of_it=True)
    return Found(tuple(filter(None, readings)))


def _read(place: Path, marks: Iterable[Mark], tell: Tell) -> tuple[Reading | None, ...]:
    """Read files beyond their marks; one that cannot be read is told."""
    found = []
    for mark in marks:
        try:
            found.append(read_end(place, mark))
        except OSError as error:
            tell(f"{place / mark.name} cannot be read: {said_by(error)}")
    return tuple(found)


def _take(store: Store, found: Found, until: int) -> None:
    with store.writing() as connection:
        own = read_fact(connection, _own_key())
        force = schedulers_in_force(connection)
        if found.all_of_it:
            forget_shared(connection)
        for reading in sorted(found.readings, key=lambda each: each.mark.name != own):
            merged = merge(connection, reading.lines, force, until)
            if reading.mark.name == own and (merged.added or merged.waiting):
                write_fact(connection, _own_key(), None)  # another store writes there: this one was copied, or restored
            mark_shared(connection, reading.lines)
        write_marks(connection, [reading.mark for reading in found.readings], found.gone)


def _tell_problems(readings: Sequence[Reading], tell: Tell) -> None:
    with in_few_words(tell) as wrong:
        for reading in readings:
            for problem in reading.problems:
                wrong(problem)


def _own_key() -> str:
    return OWN_FILE + host_name()
