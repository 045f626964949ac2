"""What Anki is given of notes, made from their text: as it was last time if nothing changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from exporters import ExportNote
from exporters.anki.fields import RENDERING
from exporters.anki.identity import deck_name
from exporters.anki.media import Media
from exporters.anki.package import record_of
from exporters.anki.record import LastExport, Record
from srs.deck import Chapter, Deck, note_from_text
from srs.history import Name
from srs.workers import shared

MANY = 400
"""Notes of which so many are made sooner by several processes."""
_LOT = 100


@dataclass(frozen=True, slots=True)
class Bare:
    """A note that lacks an id, or whose steps lack numbers and so make no card in Anki.

    `line` is that of its heading, and `steps` are the lines of the steps without a number, all counted from 1.
    """

    file: Path
    line: int
    named: bool
    steps: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """What Anki is to be given of a note, without progress, and which ids it lacks."""

    export: LastExport
    bare: Bare | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A note that is to be made: its row, its text with the line where it stands, when it changed, its first name."""

    key: int
    deck: Deck
    chapter: Chapter
    name: str
    text: str
    line: int
    changed_s: int
    first: Name | None

    @property
    def digest(self) -> str:
        """A digest of everything that the note is made from."""
        chapter = self.chapter
        parts: tuple[str, ...] = (
            str(RENDERING),
            self.deck.namespace,
            self.deck.language,
            self.name,
            self.text,
            " ".join(chapter.tags),
            chapter.source,
        )
        parts += self.first or ()
        return sha256("\0".join(parts).encode()).hexdigest()[:32]


def again(draft: Draft, last: LastExport) -> Made:
    """Return what was made of the same last time; its deck may have another name today."""
    record, deck = last.record, deck_name(draft.deck, draft.chapter)
    if record.deck != deck:
        record = Record(record.guid, record.note_type, deck, record.tags, record.fields, record.ords, record.changed_s)
    return Made(LastExport(record, draft.key, last.made_from))


@contextmanager
def making(drafts: Sequence[Draft], media: Media) -> Iterator[Iterator[Made]]:
    """Give what is made of drafts, in order; their images join the media. Many are shared out to processes."""
    lots = [drafts[begin : begin + _LOT] for begin in range(0, len(drafts), _LOT)]
    with shared(_make_apart, lots, much=len(drafts) >= MANY) as found:

        def every() -> Iterator[Made]:
            for lot in lots:
                made, images = found.of(lot)
                media.add(images)
                yield from made

        yield every()


def _make_apart(drafts: Iterable[Draft]) -> tuple[list[Made], Mapping[Path, str]]:
    """Make drafts, and return the names of their images beside."""
    media = Media()
    return list(make(drafts, media)), media.names


def make(drafts: Iterable[Draft], media: Media) -> Iterator[Made]:
    """Yield what is made of drafts, one after the other."""
    for draft in drafts:
        note = note_from_text(draft.text)
        record = record_of(ExportNote(draft.deck, draft.chapter, note, draft.changed_s, first=draft.first), media)
        # A note that was read by itself knows its steps' lines from its heading on.
        steps = tuple(draft.line + step.line for step in note.steps if not step.numbered)
        whole = note.identified and not steps
        bare = None if whole else Bare(draft.deck.root / draft.chapter.path, draft.line, note.identified, steps)
        # An image may change without the text; and what lacks ids is to be told by every export.
        loose = bare is not None or any("<img" in field for field in record.fields)
        yield Made(LastExport(record, draft.key, "" if loose else draft.digest), bare)
