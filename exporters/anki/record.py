"""A note as Anki stores it: a plain value that packages, comparisons and the store share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exporters import Progress


@dataclass(frozen=True, slots=True)
class Record:
    """A note as Anki stores it.

    `note_type` is a note type's id; `ords` are the places of its cards among their siblings, in the order of
    study; `changed_s` is in epoch seconds: Anki updates a note it holds only if this is later than its own.
    `progress` is by place; a card without any is new. It is no part of what makes two records equal, since no export
    is remembered with it.
    """

    guid: str
    note_type: int
    deck: str
    tags: str
    fields: tuple[str, ...]
    ords: tuple[int, ...]
    changed_s: int
    progress: Mapping[int, Progress] = field(default_factory=dict, compare=False)

    @property
    def note_id(self) -> str:
        """The note's id, which is its first field."""
        return self.fields[0]

    def same_as(self, other: Record) -> bool:
        """Whether Anki would see no difference but the time."""
        return (self.fields, self.tags) == (other.fields, other.tags)


@dataclass(frozen=True, slots=True)
class LastExport:
    """What Anki was last given of a note: its record; `note_key` is the note's row in the store.

    `made_from` is a digest of everything the record was made from, empty if that must not be relied on. `stands`:
    whether the note's text is in the decks today. `stale`: an export has found it gone, and as far as is known it still
    stands in Anki.
    """

    record: Record
    note_key: int
    made_from: str
    stands: bool = True
    stale: bool = False
