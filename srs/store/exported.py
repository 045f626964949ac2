"""What Anki was last given of each note, as the next export is held against it; known before any library is loaded."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.json import Decoder

from exporters.anki.record import LastExport, Record
from srs.store.heirs import note_heirs
from srs.store.lots import in_lots
from srs.store.marks import WITH_PROGRESS, read_fact
from srs.store.query import ask

if TYPE_CHECKING:
    from srs.store.query import Reads

_FIELDS = Decoder(list)
_ONE = (0,)  # the place of a card without siblings: most have it, and share it


def last_exports(connection: "Reads", decks: Sequence[str]) -> dict[str, LastExport]:
    """Return what Anki was last given of these decks (namespaces), by guid; of a note's former names, too."""
    heirs = {name: each for each in note_heirs(connection) if each.name[0] in decks for name in each.names}
    found: dict[str, LastExport] = {}
    for some in in_lots(sorted({*decks, *(deck for deck, _ in heirs)})):
        for deck, name, key, stands, made_from, stale, *known in ask(connection, "exports", decks=some):
            heir = heirs.get((deck, name)) if heirs else None
            if heir or deck in decks:
                record = _record(*known)
                stands_today = bool(stands) or heir is not None
                found[record.guid] = LastExport(record, heir.key if heir else key, made_from, stands_today, stale)
    return found


def given_with_progress(connection: "Reads") -> frozenset[str]:
    """Return the decks (namespaces) that Anki was ever given with their progress."""
    return frozenset((read_fact(connection, WITH_PROGRESS) or "").split("\n")) - {""}


def _record(guid: str, note_type: int, deck: str, tags: str, fields: str, ords: str, changed_s: int) -> Record:
    places = _ONE if ords == "0" else tuple(map(int, ords.split()))
    return Record(guid, note_type, deck, tags, tuple(_FIELDS.decode(fields)), places, changed_s)
