"""Notes in a learner's collection that are not ours, but stand where ours do: told, and never written to."""

from collections.abc import Iterable

from exporters.anki.beside import first_words, top_of
from exporters.anki.changes import as_text
from exporters.anki.exchange.account import NONE, OURS, Account, lots
from exporters.anki.exchange.there import read_notes
from exporters.anki.exchange.values import NoteThere
from exporters.anki.note_types import STAMP

_ANY = f"SELECT 1 FROM notes n WHERE n.mid NOT IN {OURS}"  # noqa: S608 -- numbers of ours
_FOREIGN = (
    "SELECT DISTINCT n.id, CAST(substr(n.flds, 1, 500) AS TEXT)"  # noqa: S608 -- numbers of ours
    f" FROM cards c JOIN notes n ON n.id = c.nid WHERE n.mid NOT IN {OURS} AND (c.did IN ({{0}}) OR c.odid IN ({{0}}))"
)


def foreign(account: Account, tops: Iterable[str], nids: Iterable[int] | None) -> dict[int, str]:
    """Return what notes of other types in decks of ours, or below them, say first, by their rows; `None`: of all."""
    among = [""] if nids is None else [f" AND n.id IN ({','.join(map(str, some))})" for some in lots(sorted(nids))]
    among = [where for where in among if account.rows(_ANY + where + " LIMIT 1")]
    ours = {top.casefold() for top in tops}
    rows = account.rows("SELECT id, name FROM decks") if among else ()
    decks = ",".join(str(int(number)) for number, name in rows if top_of(str(name)).casefold() in ours)
    return {nid: first_words(text) for where in among for nid, text in account.rows(_FOREIGN.format(decks) + where)}


def made_there(account: Account, nids: Iterable[int]) -> dict[int, str]:
    """Return what those notes of our types ask that bear no stamp of ours, by their rows."""
    found = read_notes(account, nids, NONE)
    return {found.nids[guid]: asks(guid, note) for guid, note in found.side.notes.items() if not note.fields.get(STAMP)}


def asks(guid: str, note: NoteThere) -> str:
    """Return what a note of our types asks, or its guid."""
    return as_text(note.fields.get("Prompt", "")) or guid
