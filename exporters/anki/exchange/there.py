"""The account's side of an exchange: notes of ours, their cards and what its review log says of them, as values."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from exporters.anki.exchange.account import ALL, LEARNING, NONE, OURS, RELEARNING, REVIEW, Account, lots
from exporters.anki.exchange.forms import formed, forms
from exporters.anki.exchange.values import RETIRED_TAG, CardThere, Key, NoteThere, Row, Side, Timing
from exporters.anki.note_types import field_names
from srs.due.day import EARLIEST, LATEST
from srs.errors import SrsError

_SUSPENDED, _BURIED = -1, -3
_NOTES = f"SELECT n.id, n.guid, n.mid, n.tags, n.mod, n.flds FROM notes n WHERE n.mid IN {OURS} AND "  # noqa: S608 -- numbers of ours
_BARE = f"SELECT n.id, n.guid, n.mid, n.tags FROM notes n WHERE n.mid IN {OURS} AND "  # noqa: S608 -- as above
_CARDS = (
    "SELECT c.id, c.nid, c.ord, c.mod, c.type, c.queue, c.due, c.ivl, c.factor, c.lapses, c.odue, c.odid, c.data"  # noqa: S608 -- as above
    f" FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid IN {OURS} AND "
)
_LOG = (
    "SELECT r.cid, r.id, r.ease, r.ivl, r.factor, r.time, r.type"  # noqa: S608 -- as above
    f" FROM cards c JOIN notes n ON n.id = c.nid CROSS JOIN revlog r ON r.cid = c.id WHERE n.mid IN {OURS} AND "
)
_MOMENTS = "SELECT cid, group_concat(id) FROM revlog WHERE cid IN ({}) GROUP BY cid"
_LAST = "SELECT cid, max(id) FROM revlog WHERE cid IN ({}) AND ease > 0 GROUP BY cid"


@dataclass(frozen=True, slots=True)
class Found:
    """Notes of ours and their cards as they stand there; `nids` and `cids` are their rows, `types` the note types.

    What notes say is in it only if that was asked for.
    """

    side: Side[NoteThere, CardThere] = field(default_factory=Side)
    nids: Mapping[str, int] = field(default_factory=dict)
    cids: Mapping[Key, int] = field(default_factory=dict)
    types: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Read:
    """Rows as the collection has them: notes and cards, and by the cards' rows what the log says of them."""

    forms: Mapping[int, tuple[str, ...]]
    notes: list[Any] = field(default_factory=list)
    cards: list[Any] = field(default_factory=list)
    log: dict[int, list[Row]] = field(default_factory=lambda: defaultdict(list))
    moments: dict[int, str] = field(default_factory=dict)
    last: dict[int, int] = field(default_factory=dict)


def read_notes(account: Account, nids: Iterable[int] | None, fresh: str = ALL) -> Found:
    """Return those notes of ours, or (`None`) all, with their cards, and the rows of the log that are `fresh`."""
    return _looked_up(account, _NOTES, ["1"] if nids is None else _among(nids), fresh)


def read_cards(account: Account, nids: Iterable[int], fresh: str) -> Found:
    """Return the cards of those notes of ours alone, and the rows of the log that are `fresh` (see `Touched`)."""
    return _looked_up(account, _BARE, _among(nids), fresh)


def joined(one: Found, *others: Found) -> Found:
    """Return what several lookups found."""
    every = (one, *others)
    notes = {guid: note for each in every for guid, note in each.side.notes.items()}
    cards = {key: card for each in every for key, card in each.side.cards.items()}
    nids = {guid: nid for each in every for guid, nid in each.nids.items()}
    cids = {key: cid for each in every for key, cid in each.cids.items()}
    return Found(Side(notes, cards), nids, cids, {guid: kind for each in every for guid, kind in each.types.items()})


def _looked_up(account: Account, notes: str, conditions: Iterable[str], fresh: str) -> Found:
    read = _Read(forms(account))
    for where in conditions:
        read.notes += account.rows(notes + where)
        read.cards += account.rows(_CARDS + where)
        if fresh != NONE:
            for row in account.rows(f"{_LOG}{where} AND {fresh} ORDER BY r.id"):
                read.log[row[0]].append(Row._make(row[1:]))
    if fresh != ALL:
        _by_card(account, read.moments, _MOMENTS, [row[0] for row in read.cards])
    return _found(account, read)


def _by_card(account: Account, found: dict[int, Any], query: str, cids: Sequence[int]) -> None:
    for some in lots(cids):
        found.update(account.rows(query.format(",".join(map(str, some)))))


def _found(account: Account, read: _Read) -> Found:
    _by_card(account, read.last, _LAST, [row[0] for row in read.cards if row[4] in (LEARNING, RELEARNING)])
    for row in read.notes:
        _check("note", row[0], texts=(row[1], row[3], *row[5:]), numbers=row[4:5])
    for row in read.cards:
        _check("card", row[0], texts=row[12:], numbers=row[1:12])
    guids = {row[0]: row[1] for row in read.notes}
    tags = {row[0]: frozenset(row[3].split()) for row in read.notes}
    notes = {
        guid: NoteThere(_fields(read.forms[mid], field_names(mid), words[1]), tags[nid], words[0])
        for nid, guid, mid, _, *words in read.notes
        if words
    }
    keys = {row[0]: (guids[row[1]], row[2]) for row in read.cards}
    cards = {keys[row[0]]: _card(account, row, read, marked=RETIRED_TAG in tags[row[1]]) for row in read.cards}
    types = {row[1]: row[2] for row in read.notes}
    nids = {guid: nid for nid, guid in guids.items()}
    return Found(Side(notes, cards), nids, {key: cid for cid, key in keys.items()}, types)


def _fields(form: Sequence[str], ours: Sequence[str], text: str) -> dict[str, str]:
    """Return the fields of ours by name, wherever they stand."""
    values = formed(text.split("\x1f"), len(form))
    return {name: value for name, value in zip(form, values, strict=True) if name in ours}


def _check(what: str, key: int, *, texts: Sequence[object], numbers: Sequence[object]) -> None:
    """Raise SrsError for a row with values of other kinds than Anki gives them: a server may have spoiled it."""
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(number, int) for number in numbers):
        raise SrsError(
            f"the {what} {key} in the Anki collection holds values that Anki never writes; Check Database in Anki may"
            " mend it, else delete it there"
        )


def _card(account: Account, row: Sequence[Any], read: _Read, *, marked: bool) -> CardThere:
    cid, _, _, mod, kind, queue, due, interval, ease, lapses, home_due, home, data = row
    last, moments = read.last.get(cid), read.moments.get(cid)
    mod = min(max(mod, EARLIEST // 1000), LATEST // 1000)
    timing = Timing(account.date_of(home_due if home else due), interval, ease, lapses) if kind == REVIEW else None
    return CardThere(
        timing=timing,
        learning=kind in (LEARNING, RELEARNING),
        suspended=queue == _SUSPENDED,
        buried=queue == _BURIED,
        answered_on=account.day_of(last // 1000) if last else None,
        changed_at=mod * 1000,
        changed_on=account.day_of(mod),
        remembers=_remembers(data),
        marked=marked,
        rows=tuple(read.log.get(cid, ())),
        older=frozenset(map(int, moments.split(","))) if moments else frozenset(),
    )


def _remembers(data: str) -> bool:
    """Whether a card's data holds what FSRS knows of it."""
    try:
        found = json.loads(data) if data else {}
    except (ValueError, RecursionError):  # the latter where it is nested too deep for the parser
        return False
    return isinstance(found, dict) and not {"s", "d", "lrt"}.isdisjoint(found)


def _among(nids: Iterable[int]) -> list[str]:
    return [f"n.id IN ({','.join(map(str, some))})" for some in lots(sorted(nids))]
