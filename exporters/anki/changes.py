"""What an export changes on the phone, against the last one; knows values only, neither store nor files.

Anki updates the notes it is given, and does no more: notes that left a deck stay, cards stay in the deck they are in,
a card whose cloze is gone stays and shows an error. So the user is told, with the words to search for.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape

from exporters.anki.note_types import SORT_FIELD, STAMP, name_of
from exporters.anki.record import LastExport, Record

_TAG = re.compile(r"<[^>]*>")
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

    `left`: they are no longer in the decks, or are notes of another type there now; `earlier`: the same, which an
    export has told already; `emptied`: a cloze or a step is gone from them; `moved`: to another deck. `living` are the
    notes of today that Anki's browser could take for one of those that left.
    """

    new: int
    updated: int
    unchanged: int
    left: tuple[Record, ...] = ()
    earlier: tuple[Record, ...] = ()
    living: tuple[Record, ...] = ()
    emptied: tuple[Record, ...] = ()
    moved: tuple[Moved, ...] = ()


def compare(
    given: Sequence[LastExport], last: Mapping[str, LastExport], now_s: int
) -> tuple[tuple[LastExport, ...], Changes]:
    """Return what Anki is given with the times that it should see, and what changes against the last export, by guid.

    A note keeps its time while its content is what was exported; else it is `now_s` (epoch seconds), and in any case
    later than last time, since Anki takes nothing that is not newer.
    """
    stamped = tuple(_stamped(each, last.get(each.record.guid), now_s) for each in given)
    records = [each.record for each in stamped]
    known = [(last[record.guid].record, record) for record in records if record.guid in last]
    unchanged = sum(old.same_as(record) for old, record in known)
    guids, keys = {record.guid for record in records}, {each.note_key for each in given}
    absent = [each for guid, each in last.items() if guid not in guids and (not each.stands or each.note_key in keys)]
    lookalikes = {_looks(each.record) for each in absent}
    return stamped, Changes(
        new=len(records) - len(known),
        updated=len(known) - unchanged,
        unchanged=unchanged,
        left=tuple(each.record for each in absent if not each.stale),
        earlier=tuple(each.record for each in absent if each.stale),
        living=tuple(record for record in records if _looks(record) in lookalikes),
        emptied=tuple(old for old, record in known if set(old.ords) - set(record.ords)),
        moved=tuple(_moved(known, {record.deck for record in records})),
    )


def search(notes: Iterable[Record], living: Iterable[Record] = ()) -> str:
    """Return the words that select exactly these notes in Anki's browser, by type, deck and id; nothing for none.

    Cards stay in the deck that they were first imported to, which may be told by its name alone. A note that shares all
    this with a `living` one (as after a change of namespace) is told apart by the time of its last export.
    """
    alike = {_looks(record) for record in living}
    groups: dict[tuple[int, str], list[str]] = defaultdict(list)
    for note in notes:
        words = f'"Id:{_plain(note.note_id)}"'
        apart = f'({words} "{STAMP}:{note.changed_s}")' if _looks(note) in alike else words
        groups[note.note_type, _top(note)].append(apart)
    found = [
        f'("note:{_plain(name_of(note_type))}" "deck:{_plain(deck)}" ({" OR ".join(ids)}))'
        for (note_type, deck), ids in groups.items()
    ]
    return " OR ".join(found)


def heading(note: Record) -> str:
    """Return a note's heading as text, in one line."""
    return as_text(note.fields[SORT_FIELD])


def as_text(field: str) -> str:
    """Return what a field of Anki's says, in one line and without its HTML."""
    return " ".join(unescape(_TAG.sub("", field)).split())


def _looks(note: Record) -> tuple[int, str, str]:
    """Return all that Anki's browser can tell a note by, but for its time; it takes no notice of case."""
    return note.note_type, _top(note).casefold(), note.note_id.casefold()


def _top(note: Record) -> str:
    return note.deck.partition("::")[0]


def _plain(text: str) -> str:
    return _WILD.sub(lambda sign: f"\\{sign[0]}", text)


def _stamped(given: LastExport, last: LastExport | None, now_s: int) -> LastExport:
    if last is None:
        return given
    old, record = last.record, given.record
    changed_s = old.changed_s if old.same_as(record) else max(now_s, old.changed_s + 1)
    return given if changed_s == record.changed_s else replace(given, record=replace(record, changed_s=changed_s))


def _moved(known: Iterable[tuple[Record, Record]], decks: set[str]) -> Iterable[Moved]:
    pairs: dict[tuple[str, str], list[Record]] = defaultdict(list)
    for old, record in known:
        if old.deck != record.deck:
            pairs[old.deck, record.deck].append(old)
    for (before, after), notes in pairs.items():
        targets = {new for old, new in pairs if old == before}
        yield Moved(before, after, tuple(notes), renamed=before not in decks and targets == {after})
