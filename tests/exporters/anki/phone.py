"""A phone to import packages into: Anki's own library, asked what its user would see."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.consts import CARD_TYPE_REV, QUEUE_TYPE_REV
from anki.decks import DeckId

from exporters import ExportNote
from exporters.anki.media import Media
from exporters.anki.package import record_of, write_records
from exporters.anki.reading import open_package
from srs.deck import Chapter, Deck, note_from_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from anki.cards import Card
    from anki.import_export_pb2 import ImportResponse
    from anki.notes import Note

    from exporters.anki.found import AnkiFile, AnkiLog

DECK = Deck("pm", "产品经理面试", Path("decks"), language="zh")
CHAPTER = Chapter(PurePosixPath("e02.md"), "E2 广告与体验", ("E2", "商业化"), "问题 E2")
MONDAY, TUESDAY = 1_700_000_000, 1_700_086_400


def exported(*texts: str, deck: Deck = DECK, chapter: Chapter = CHAPTER, changed_s: int = MONDAY) -> list[ExportNote]:
    """Return notes written as in a chapter, each text one note."""
    return [ExportNote(deck, chapter, note_from_text(text), changed_s) for text in texts]


def write_notes(path: Path, notes: Iterable[ExportNote]) -> None:
    """Write an Anki package of notes without progress, as a first export does."""
    media = Media()
    records = [record_of(item, media) for item in notes]
    write_records(path, records, media.files, None)


def everything(package: Path) -> tuple[AnkiFile, list[AnkiLog]]:
    """Read all of a package, as an import into a store that knows nothing of it does."""
    with open_package(package) as opened:
        return opened.content(), list(opened.logs(opened.cards()))


class Phone:
    """A collection of one's own, in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "phone"
        self.folder.mkdir()
        self.collection = Collection(str(self.folder / "collection.anki2"))

    def take(self, notes: Iterable[ExportNote]) -> ImportResponse.Log:
        """Export notes and import the package as Anki does when nothing is set; return what Anki reports."""
        package = self.folder.parent / "export.apkg"
        write_notes(package, notes)
        return self.open(package)

    def open(self, package: Path, *, with_progress: bool = False) -> ImportResponse.Log:
        """Import a package with the options of a fresh Anki, or with learning progress switched on."""
        options = ImportAnkiPackageOptions(with_scheduling=with_progress)
        request = ImportAnkiPackageRequest(package_path=str(package), options=options)
        return self.collection.import_anki_package(request).log

    def export(self, package: Path, *, legacy: bool = False) -> Path:
        """Export everything with its progress, for a current Anki or for older versions."""
        options = ExportAnkiPackageOptions(with_scheduling=True, with_media=True, legacy=legacy)
        self.collection.export_anki_package(out_path=str(package), options=options, limit=None)
        return package

    def backup(self, package: Path) -> Path:
        """Export the whole collection, which closes it for a moment."""
        self.collection.export_collection_package(str(package), include_media=False, legacy=False)
        self.collection.reopen()
        return package

    def review(self, *buttons: int) -> list[tuple[str, int, int]]:
        """Answer what Anki's scheduler asks, a button each; return the notes' ids, the places and the buttons."""
        done = []
        card_id = self.collection.find_cards('"note:srs*"')[0]
        deck = self.deck_of(self.collection.get_card(card_id)).partition("::")[0]
        self.collection.decks.select(self.collection.decks.id_for_name(deck) or DeckId(1))
        for button in buttons:
            card = self.collection.sched.getCard()
            if card is None:
                break
            card.start_timer()
            self.collection.sched.answerCard(card, button)  # type: ignore[arg-type]
            done.append((card.note()["Id"], card.ord, button))
        return done

    def rows(self, query: str, *values: str | float | None) -> list[Any]:
        """Ask the collection's database."""
        assert self.collection.db
        return list(self.collection.db.all(query, *values))

    def add(self, deck: str, **fields: str) -> None:
        """Add a note of one's own, of Anki's Basic type."""
        kind = self.collection.models.by_name("Basic")
        number = self.collection.decks.id(deck)
        assert kind
        assert number
        note = self.collection.new_note(kind)
        for name, value in fields.items():
            note[name] = value
        self.collection.add_note(note, number)

    def sleep(self, since: int) -> None:
        """Let a night pass: whatever was answered since a moment (ms) was answered a day earlier."""
        self.rows("UPDATE col SET crt = crt - 86400")
        self.rows("UPDATE revlog SET id = id - 86400000 WHERE id >= ?", since)
        self.collection.close()
        self.collection = Collection(str(self.folder / "collection.anki2"))

    def note(self, note_id: str) -> Note:
        """Return the one note of this id."""
        (found,) = self.collection.find_notes(f'"Id:{note_id}"')
        return self.collection.get_note(found)

    def cards(self, note_id: str) -> dict[int, Card]:
        """Return a note's cards by their place among their siblings."""
        return {card.ord: card for card in self.note(note_id).cards()}

    def card(self, note_id: str, place: int = 0) -> Card:
        """Return one card of a note."""
        return self.cards(note_id)[place]

    def learn(self, card: Card, days: int) -> None:
        """Make a card look as if it had been reviewed for a while, with an interval that tells it from others."""
        card.type, card.queue = CARD_TYPE_REV, QUEUE_TYPE_REV
        card.due, card.ivl, card.factor, card.reps = days, days, 2000 + days, 4
        self.collection.update_card(card)

    def intervals(self, note_id: str) -> dict[int, int]:
        """Return the intervals of a note's cards, by place; a new card has none."""
        return {place: card.ivl for place, card in self.cards(note_id).items()}

    def deck_of(self, card: Card) -> str:
        """Return the name of the deck that a card is in."""
        return self.collection.decks.name(card.did)


_WITHIN_A_LINE = {"a", "code", "em", "s", "span", "strong"}


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self._in_style = False

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self._in_style = tag == "style"
        self.text += [] if tag in _WITHIN_A_LINE else [" "]

    def handle_endtag(self, _tag: str) -> None:
        self._in_style = False

    def handle_data(self, data: str) -> None:
        self.text += [] if self._in_style else [data]


def visible(html: str) -> str:
    """Return the text that a reader of a page would see, its spaces as single ones."""
    page = _Visible()
    page.feed(html)
    page.close()
    return " ".join("".join(page.text).split())
