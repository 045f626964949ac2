"""How our note types look there: CSS and templates may change, the schema never; what was edited there stays."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from exporters.anki.exchange.account import OURS, Account
from exporters.anki.exchange.forms import forms
from exporters.anki.exchange.values import Looks
from exporters.anki.note_types import CHANGED_AT, name_of, note_types_json

_SIDES = ("qfmt", "afmt", "bqfmt", "bafmt")


def looks_there(account: Account) -> dict[int, int]:
    """Return when the note types of ours that the collection has last changed, by their ids."""
    return dict(account.rows(f"SELECT id, mtime_secs FROM notetypes WHERE id IN {OURS}"))  # noqa: S608 -- numbers of ours


def renew_looks(account: Account, known: Mapping[int, Looks], *, dry_run: bool) -> tuple[dict[int, Looks], list[str]]:
    """Give the note types there the looks that ours have now; return how they look, and the names of the changed ones.

    Looks that were edited there stay: those that differ from what both agreed on; where nothing was agreed on, those of
    a note type that was changed there later than ours. No field and no template is added or removed. Raises SrsError
    for a note type that is no longer ours (`forms`).
    """
    forms(account)  # told before anything is written
    seen = looks_there(account)
    stale = {number: at for number, at in seen.items() if not _is_known(known.get(number), at)}
    if not stale:
        return dict(known), []
    ours, found, changed = note_types_json(), dict(known), list[str]()
    for number, at in stale.items():
        there, wanted, base = account.collection.models.get(number), ours[str(number)], known.get(number)
        has, gets = _digest(there), _digest(wanted)
        if has != gets and (has == base.given if base else at < CHANGED_AT):
            changed.append(name_of(number))
            if not dry_run:
                _dress(there, wanted)
                account.collection.models.update_dict(there)
                has = gets
        given = gets if has == gets else base.given if base else ""
        found[number] = Looks(given, looks_there(account)[number], CHANGED_AT)
    return found, changed


def _is_known(known: Looks | None, at: int) -> bool:
    return known is not None and (known.at, known.stamp) == (at, CHANGED_AT)


def _dress(there: dict[str, Any], wanted: Mapping[str, Any]) -> None:
    """Give a note type the looks of another; templates are matched by name, and those that only it has stay."""
    there["css"] = wanted["css"]
    new = {template["name"]: template for template in wanted["tmpls"]}
    for template in there["tmpls"]:
        if template["name"] in new:
            template.update({side: new[template["name"]].get(side, "") for side in _SIDES})


def _digest(note_type: Mapping[str, Any]) -> str:
    """Return a digest of how a note type looks."""
    return sha256("\0".join(_parts(note_type)).encode()).hexdigest()[:32]


def _parts(note_type: Mapping[str, Any]) -> Iterator[str]:
    yield note_type["css"]
    for template in note_type["tmpls"]:
        yield template["name"]
        yield from (template.get(side, "") for side in _SIDES)
