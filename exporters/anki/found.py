"""What is found in a package from Anki, as values: notes and cards of ours, and their reviews."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Fields(Mapping[str, str]):
    """The fields of a note by name, in the one text that holds them: of most notes none is ever asked for."""

    __slots__ = ("_names", "_text")

    def __init__(self, names: Sequence[str], text: str) -> None:
        self._names, self._text = names, text

    def __getitem__(self, name: str) -> str:
        """Return what a field says."""
        return self._parted()[name]

    def __iter__(self) -> Iterator[str]:
        """Yield the names of those fields that are there."""
        return iter(self._parted())

    def __len__(self) -> int:
        """Return how many fields there are."""
        return len(self._parted())

    def _parted(self) -> dict[str, str]:
        return dict(zip(self._names, self._text.split("\x1f", len(self._names)), strict=False))


@dataclass(frozen=True, slots=True)
class AnkiNote:
    """A note of one of our note types: its fields by name, and when it last changed there (epoch seconds)."""

    guid: str
    fields: Mapping[str, str]
    changed_s: int


class AnkiCard(NamedTuple):
    """A card of one of our notes: its row, the note's guid, and its place among siblings."""

    key: int
    guid: str
    place: int


class AnkiReview(NamedTuple):
    """A row of the review log.

    `at`: ms since 1970 UTC, in the years that moments have; `button`: 1 Again to 4 Easy, 0 for a reschedule by hand;
    `filtered`: answered in a filtered deck that moves nothing.
    """

    at: int
    button: int
    ms: int
    filtered: bool


@dataclass(frozen=True, slots=True)
class AnkiLog:
    """The reviews of a card, in order; `misdated` counts those outside the years that moments have."""

    card: AnkiCard
    reviews: tuple[AnkiReview, ...]
    misdated: int


@dataclass(frozen=True, slots=True)
class AnkiFile:
    """What was found of ours and of others, but for the reviews.

    `guids` are those of our notes, and `notes` are those of these that are not known to be as they were given.
    `suspended` are cards of ours by their note's guid and their place; `others` counts the notes of other note types by
    the name of that. `whole`: it is said to be a whole collection. `too_long` notes of ours have a text that no card
    has. `beside` is what those of other types say first that stand in decks of ours.
    """

    guids: tuple[str, ...]
    notes: tuple[AnkiNote, ...]
    suspended: frozenset[tuple[str, int]]
    others: Mapping[str, int]
    whole: bool
    too_long: int = 0
    beside: tuple[str, ...] = ()

    @property
    def foreign(self) -> int:
        """How many notes there are of other note types."""
        return sum(self.others.values())
