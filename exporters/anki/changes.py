"""What an export changes on the phone, against the last one; knows values only, neither store nor files.

Anki updates the notes it is given, and does no more: notes that left a deck stay, cards stay in the deck they are in,
a card whose cloze is gone stays and shows an error. So the user is told, with the words to search for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from exporters.anki.record import LastExport, Record

_WILD = re.compile(r"[\\\"*_:()]")


@dataclass(frozen=True, slots=True)
class Moved:
    """Notes, as they were, that are in another deck now; `renamed` if the old deck holds nothing any more."""

    old: str
    new: str
    notes: tuple[Record, ...]
    renamed: bool


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new, updated and unchanged, as counts; and what Anki will not do by itself, as notes that it was given.

    `left`: they are no longer in the decks; `emptied`: a cloze or a step is gone from them; `moved`: to another deck.
    """

    new: int
    updated: int
    unchanged: int
    left: tuple[Record, ...] = ()
    emptied: tuple[Record, ...] = ()
    moved: tuple[Moved, ...] = ()


def compare(
    records: Sequence[Record], last: Mapping[str, LastExport], now_s: int
) -> tuple[tuple[Record, ...], Changes]:
    """Return the records with the times that Anki should see, and what changes against the last export, by guid.

    A note keeps its time while its content is what was exported; else it is `now_s` (epoch seconds), and in any case
    later than last time, since Anki takes nothing that is not newer.
    """
    stamped = tuple(_stamped(record, last.get(record.guid), now_s) for record in records)
    known = [(last[record.guid].record, record) for record in records if record.guid in last]
    unchanged = sum(old.same_as(record) for old, record in known)
    guids, ids = {record.guid for record in records}, {record.note_id for record in records}
    absent = (each for guid, each in last.items() if guid not in guids)
    return stamped, Changes(
        new=len(records) - len(known),
        updated=len(known) - unchanged,
        unchanged=unchanged,
        left=tuple(each.record for each in absent if not each.stands or each.record.note_id in ids),
        emptied=tuple(old for old, record in known if set(old.ords) - set(record.ords)),
        moved=tuple(_moved(known, {record.deck for record in records})),
    )


def search(notes: Iterable[Record]) -> str:
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


def _stamped(record: Record, last: LastExport | None, now_s: int) -> Record:
    if last is None:
        return record
    old = last.record
    changed_s = old.changed_s if old.same_as(record) else max(now_s, old.changed_s + 1)
    return record if changed_s == record.changed_s else replace(record, changed_s=changed_s)


def _moved(known: Iterable[tuple[Record, Record]], decks: set[str]) -> Iterable[Moved]:
    pairs: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for old, record in known:
        if old.deck != record.deck:
            pairs[old.deck, record.deck].append(old)
    for (before, after), notes in pairs.items():
        targets = {new for old, new in pairs if old == before}
        yield Moved(before, after, tuple(notes), renamed=before not in decks and targets == {after})
