"""A study sheet: one HTML page with everything in it, to print or to read on a phone; answers show when tapped."""

import mimetypes
import shutil
import tempfile
from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import partial
from html import escape
from importlib.resources import files
from itertools import groupby
from pathlib import Path

from exporters import ExportNote
from exporters.anki.html import Setting, block_html, inline_html
from exporters.anki.media import image_bytes, image_file
from exporters.mathml import mathml
from srs.characters import without_controls
from srs.deck import Chapter, Deck, Kind, card_id
from srs.deck.values import BACK
from srs.errors import SrsError
from srs.files import replacing

_PAGE = """\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
"""
_END = "</body>\n</html>\n"
MOST_PICTURES = 60_000_000


def write(path: Path, notes: Iterable[ExportNote]) -> int:
    """Write notes as one page, by deck and chapter; a cloze shows its text, with what it hides marked.

    A note asked in both directions stands there twice.
    """
    seen = _Seen()
    style = files(__package__).joinpath("sheet.css").read_text(encoding="utf-8")
    with replacing(path) as file, tempfile.TemporaryFile() as body:
        for piece in _decks(seen.passing(notes), Pictures()):
            body.write(f"{piece}\n".encode("utf-8", "replace"))
        page = _PAGE.format(language=_said(seen.language), title=_said(" · ".join(seen.decks)), style=style)
        file.write(page.encode("utf-8", "replace"))
        body.seek(0)
        shutil.copyfileobj(body, file)
        file.write(_END.encode())
    return seen.count


class _Seen:
    """What the head of a page says of all its notes, gathered while they pass: no more than a chapter's are held."""

    def __init__(self) -> None:
        self.count = 0
        self.language = ""
        self.decks: dict[str, None] = {}

    def passing(self, notes: Iterable[ExportNote]) -> Iterator[ExportNote]:
        """Yield the notes again."""
        for item in notes:
            self.language = self.language if self.count else item.deck.language
            self.decks[item.deck.name] = None
            self.count += 1
            yield item


class Pictures:
    """The pictures of one page, each as an address that holds it; raises SrsError where they come to too much."""

    def __init__(self) -> None:
        self._left = MOST_PICTURES

    def address(self, item: ExportNote, source: str) -> str:
        """Return an image as a data address, so that the page needs no other file."""
        image = image_file(item.deck, item.chapter, source)
        data = image_bytes(image, item.deck)
        self._left -= len(data)
        if self._left < 0:
            raise SrsError(
                f"the pictures of this page come to more than {MOST_PICTURES:,} bytes, each counted where it is shown;"
                " export fewer decks at once, or make the pictures smaller"
            )
        kind = mimetypes.guess_type(image.name)[0] or "application/octet-stream"
        return f"data:{kind};base64,{b64encode(data).decode()}"


def _said(text: str) -> str:
    """Return text as a page may hold it, in an attribute, too; control characters are shown as pictures."""
    return escape(without_controls(text))


def _decks(notes: Iterable[ExportNote], pictures: Pictures) -> Iterator[str]:
    deck: Deck | None = None
    for _, of_chapter in groupby(notes, key=lambda item: (item.deck.namespace, item.chapter.path)):
        items = list(of_chapter)
        if deck is None or deck.namespace != items[0].deck.namespace:
            yield from _source(deck)
            deck = items[0].deck
            yield f"<h1>{_said(deck.name)}</h1>"
        yield from _chapter(items, pictures)
    yield from _source(deck)


def _source(of: Deck | Chapter | None) -> Iterator[str]:
    if of and of.source:
        yield f'<p class="source">{_said(of.source)}</p>'


def _chapter(items: list[ExportNote], pictures: Pictures) -> Iterator[str]:
    yield f"<section>\n<h2>{_said(items[0].chapter.title)}</h2>"
    for item in items:
        setting = Setting(
            partial(pictures.address, item), marked=True, formula=lambda tex, block: mathml(tex, block=block)
        )
        yield _note(item, setting)
        if item.note.kind is Kind.BOTH:
            yield _turned(item, setting)
    yield from _source(items[0].chapter)
    yield "</section>"


def _note(item: ExportNote, setting: Setting) -> str:
    asked, answer = inline_html(item.note.prompt, setting), block_html(item.note.answer, setting)
    return _details(item, setting, item.note.id, asked, answer)


def _turned(item: ExportNote, setting: Setting) -> str:
    """Return a note asked the other way: its body asks, its heading answers."""
    asked, answer = block_html(item.note.answer, setting), inline_html(item.note.prompt, setting)
    return _details(item, setting, card_id(item.note.id, BACK), f"<div>{asked}</div>", answer)


def _details(item: ExportNote, setting: Setting, name: str, asked: str, answer: str) -> str:
    extra = block_html(item.note.extra, setting)
    parts = (
        f'<details id="{_said(item.deck.namespace)}/{_said(name)}">',
        f"<summary>{asked}</summary>",
        f"<div>{answer}</div>",
        f"<aside>{extra}</aside>" if extra else "",
        "</details>",
    )
    return "\n".join(filter(None, parts))
