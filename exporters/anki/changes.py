"""What an export changes on the phone, against the last one; knows values only, neither store nor files.

Anki updates the notes it is given, and does no more: notes that left a deck stay, cards stay in the deck they are in,
a card whose cloze is gone stays and shows an error. So the user is told, with the words to search for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from exporters.anki.record import Record

_WILD = re.compile(r"[\\\"*_:()]")


@dataclass(frozen=True, slots=True)
class Exported:
    """A note as it was last exported; `stands` says whether its text is in the decks today."""

    guid: str
    deck: str
    tags: str
    fields: tuple[str, ...]
    ords: tuple[int, ...]
    changed_at: int
    stands: bool = True

    @property
    def note_id(self) -> str:
        """The note's id, which is its first field."""
        return self.fields[0]

    def same_as(self, record: Record) -> bool:
        """Whether the phone would see no difference."""
        return (self.fields, self.tags) == (record.fields, record.tags)


@dataclass(frozen=True, slots=True)
class Moved:
    """Notes that are in another deck now; `renamed` if the old deck holds nothing any more."""

    old: str
    new: str
    notes: int
    renamed: bool
    search: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, updated and unchanged, as counts; and what Anki will not do by itself.

    `left` and `emptied` are searches for Anki's browser, with the number of notes each selects; `gone` are the guids
    of the notes that left.
    """

    new: int
    updated: int
    unchanged: int
    left: tuple[int, str] = (0, "")
    emptied: tuple[int, str] = (0, "")
    moved: tuple[Moved, ...] = ()
    gone: tuple[str, ...] = ()


def compare(records: Sequence[Record], last: Mapping[str, Exported], now: int) -> tuple[tuple[Record, ...], Changes]:
    """Return the records with the times that Anki should see, and what changes against the last export.

    A note keeps its time while its content is what was exported; else it is `now` (epoch seconds), and in any case
    later than last time, since Anki takes nothing that is not newer.
    """
    stamped = tuple(_stamped(record, last.get(record.guid), now) for record in records)
    known = [(last[record.guid], record) for record in records if record.guid in last]
    unchanged = sum(old.same_as(record) for old, record in known)
    guids, ids = {record.guid for record in records}, {record.fields[0] for record in records}
    left = [old for guid, old in last.items() if guid not in guids and (not old.stands or old.note_id in ids)]
    emptied = [old for old, record in known if set(old.ords) - set(record.ords)]
    return stamped, Changes(
        len(records) - len(known),
        len(known) - unchanged,
        unchanged,
        (len(left), search(left)),
        (len(emptied), search(emptied)),
        tuple(_moved(known, {record.deck for record in records})),
        tuple(old.guid for old in left),
    )


def search(notes: Iterable[Exported]) -> str:
    """Return the words that select exactly these notes in Anki's browser, by id and deck; nothing for none.

    Cards stay in the deck that they were first imported to, which may be told by its name alone.
    """
    by_deck: dict[str, list[str]] = defaultdict(list)
    for note in notes:
        by_deck[note.deck.partition("::")[0]].append(f'"Id:{_plain(note.note_id)}"')
    groups = [f'("deck:{_plain(deck)}" ({" OR ".join(ids)}))' for deck, ids in by_deck.items()]
    return f'"note:srs*" ({" OR ".join(groups)})' if groups else ""


def _plain(text: str) -> str:
    return _WILD.sub(lambda sign: f"\\{sign[0]}", text)


def _stamped(record: Record, old: Exported | None, now: int) -> Record:
    if old is None:
        return record
    changed_at = old.changed_at if old.same_as(record) else max(now, old.changed_at + 1)
    return record if changed_at == record.changed_at else replace(record, changed_at=changed_at)


def _moved(known: Iterable[tuple[Exported, Record]], decks: set[str]) -> Iterable[Moved]:
    pairs: dict[tuple[str, str], list[Exported]] = defaultdict(list)
    for old, record in known:
        if old.deck != record.deck:
            pairs[old.deck, record.deck].append(old)
    for (before, after), notes in pairs.items():
        targets = {new for old, new in pairs if old == before}
        yield Moved(before, after, len(notes), before not in decks and targets == {after}, search(notes))
