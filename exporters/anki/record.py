"""A note as Anki stores it: a plain value that packages, comparisons and the store share."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from exporters import Progress


@dataclass(frozen=True, slots=True)
class Record:
    """A note as Anki stores it.

    `note_type` is a note type's id; `ords` are the places of its cards among their siblings, in the order of
    study; `changed_at` is in epoch seconds: Anki updates a note it holds only if this is later than its own.
    `progress` is by place; a card without any is new.
    """

    guid: str
    note_type: int
    deck: str
    tags: str
    fields: tuple[str, ...]
    sort_field: str
    ords: tuple[int, ...]
    changed_at: int
    progress: Mapping[int, Progress] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class GivenNote:
    """A note as Anki was last given it; `note_key` is its row, `stands` whether its text is in the decks today."""

    guid: str
    note_key: int
    note_type: int
    anki_deck: str
    tags: str
    fields: tuple[str, ...]
    ords: tuple[int, ...]
    changed_at: int
    made_from: str
    stands: bool = True
