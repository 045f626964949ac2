"""What a note's fields say in Anki; knows how fields are named, not how cards are laid out."""

import re
from collections.abc import Callable
from dataclasses import replace

from exporters import ExportNote
from exporters.anki.html import Setting, block_html, inline_html, text_html
from exporters.anki.note_types import field_names, note_type_of
from srs.deck import Kind, Note
from srs.deck.kinds import items

# Raise this when the same note gets other fields than before: what was made earlier is then made anew.
RENDERING = 3
_LANGUAGE = re.compile(r"[A-Za-z0-9-]+")  # it goes into an attribute of HTML


def note_fields(item: ExportNote, image: Callable[[str], str]) -> tuple[str, ...]:
    """Return the fields of a note, in the order of its note type.

    `image` gives the media name of an image's address as it is written in the chapter.
    """
    note = item.note
    setting = Setting(image, guarded=note.kind is Kind.CLOZE)
    common = {
        "Id": text_html(note.id, guarded=setting.guarded),
        "Prompt": inline_html(note.prompt, setting),
        "Extra": block_html(note.extra, setting),
        "Source": _source(item, guarded=setting.guarded),
        "Language": item.deck.language if _LANGUAGE.fullmatch(item.deck.language) else "",
    }
    values = common | {"Kind": str(note.kind)} | _body(note, setting)
    return tuple(values.get(name, "") for name in field_names(note_type_of(note.kind)))


def _body(note: Note, setting: Setting) -> dict[str, str]:
    if note.kind is Kind.CLOZE:
        return {"Text": block_html(note.answer, replace(setting, clozes=True))}
    return _steps(note, setting) if note.kind is Kind.STEPS else {"Answer": block_html(note.answer, setting)}


def _steps(note: Note, setting: Setting) -> dict[str, str]:
    """Return the list in the order shown, and each numbered step in the field of its number.

    An item stands in one element, in a list item of its number's class, so that the style can hide or mark it.
    """
    shown = {step: block_html(item, setting) for step, item in zip(note.steps, items(note.answer), strict=True)}
    lines = [_item(step.part if step.numbered else "", html) for step, html in shown.items()]
    start = note.answer[0].attrs.get("start", 1)
    opening = "<ol>" if start == 1 else f'<ol start="{start}">'
    numbered = {f"Step{step.part[1:]}": html for step, html in shown.items() if step.numbered}
    return numbered | {"List": "\n".join([opening, *lines, "</ol>"])}


def _item(part: str, html: str) -> str:
    opening = f'<li class="{part}">' if part else "<li>"
    return f"{opening}<div>{html}</div></li>"


def _source(item: ExportNote, *, guarded: bool) -> str:
    source = item.chapter.source.strip()
    label = "来源：" if item.deck.language.lower().startswith("zh") else "Source: "
    return text_html(label + source, guarded=guarded) if source else ""
