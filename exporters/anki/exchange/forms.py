"""The note types of ours as a collection has them: fields go by their names, cards by the place of their template."""

import json
from collections.abc import Mapping, Sequence

from exporters.anki.exchange.account import OURS, Account
from exporters.anki.note_types import field_names, name_of, template_names
from srs.errors import SrsError

_NAMES = (
    "SELECT ntid, json_group_array(CAST(name AS TEXT)), max(ord) FROM"  # noqa: S608 -- numbers of ours
    f" (SELECT ntid, ord, name FROM {{}} WHERE ntid IN {OURS} ORDER BY ntid, ord) GROUP BY ntid"
)


def forms(account: Account) -> Mapping[int, tuple[str, ...]]:
    """Return the names of the fields of our note types that are there, in their order.

    A learner may add fields and card types, and move fields about. Raises SrsError where one of ours was renamed or
    deleted, or a card type moved: what was read then would be taken for something else, so nothing is exchanged.
    """
    fields, templates = _names(account, "fields"), _names(account, "templates")
    for (number,) in account.rows(f"SELECT id FROM notetypes WHERE id IN {OURS}"):  # noqa: S608 -- numbers of ours
        _check(number, fields.get(number, ()), templates.get(number, ()))
    return fields


def formed(values: Sequence[str], count: int) -> list[str]:
    """Return what a note says, brought to so many fields as Anki's own Check Database does it: nothing gets lost."""
    if len(values) > count:
        return [*values[: count - 1], "; ".join(values[count - 1 :])]
    return [*values, *[""] * (count - len(values))]


def _names(account: Account, table: str) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for number, names, last in account.rows(_NAMES.format(table)):
        found[number] = tuple(json.loads(names))
        if last != len(found[number]) - 1:
            raise SrsError(
                f"the {table} of the note type {name_of(number)} in the Anki collection are numbered as Anki never does"
                " it, so nothing was exchanged; Tools › Check Database may mend it"
            )
    return found


def _check(note_type: int, fields: Sequence[str], templates: Sequence[str]) -> None:
    wanted = template_names(note_type)
    for name in field_names(note_type):
        if name not in fields:
            raise SrsError(_sentence(note_type, f"has no field {name}", "Fields"))
    for place, name in enumerate(wanted):
        if templates[place : place + 1] != (name,):
            raise SrsError(_sentence(note_type, f"has no card type {name} at place {place + 1}", "Cards"))


def _sentence(note_type: int, what: str, where: str) -> str:
    name = name_of(note_type)
    return (
        f"the note type {name} in the Anki collection {what}, as it was made, so nothing was exchanged; it was renamed,"
        f" moved or deleted: put it back in Anki (Tools › Manage Note Types › {name} › {where}), and run again"
    )
