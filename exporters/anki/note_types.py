"""The note types in Anki: their fields, templates and looks; knows no notes.

Fields, template names and ids are frozen: Anki takes a note type with other names for another one, and keeps the
notes of the old one as they are. What shall be shown some day goes into a spare field.

A note asked in both directions has a note type with a template for each, and a cloze note has Anki's own kind. An
ordinary note serves every other kind, so a note whose body turns from text into a list stays the same note.
Its first template asks the whole; template `n` asks step `cn`, and its card exists where the field `Stepn` is filled.
So a step's card is found by the number in the text, wherever in the list the step stands.
"""

from __future__ import annotations

from importlib.resources import files
from typing import Any

import genanki

from srs.deck.values import MOST_STEPS, Kind

# Raise this when a template or the style changes: Anki then takes the new looks over, and only then.
CHANGED_AT = 1_795_960_800
ORDINARY_ID = 1_846_203_917
CLOZE_ID = 1_846_203_918
BOTH_ID = 1_846_203_919

STEP_FIELDS = tuple(f"Step{number}" for number in range(1, MOST_STEPS + 1))
_SPARE_FIELDS = ("Spare1", "Spare2", "Spare3", "Spare4")
_SHOWN_FIELDS = ("Answer", "List", "Extra", "Source", "Kind", "Language")
ORDINARY_FIELDS = ("Id", "Prompt", *_SHOWN_FIELDS, *STEP_FIELDS, *_SPARE_FIELDS)
CLOZE_FIELDS = ("Id", "Prompt", "Text", "Extra", "Source", "Language", *_SPARE_FIELDS)
BOTH_FIELDS = ("Id", "Prompt", "Answer", "Extra", "Source", "Language", *_SPARE_FIELDS)
_FIELDS = {ORDINARY_ID: ORDINARY_FIELDS, CLOZE_ID: CLOZE_FIELDS, BOTH_ID: BOTH_FIELDS}
_ORDINARY_TEMPLATES = ("Whole", *(f"Step {number}" for number in range(1, MOST_STEPS + 1)))
_TEMPLATES = {CLOZE_ID: ("Cloze",), BOTH_ID: ("Forward", "Back")}
_NAMES = {ORDINARY_ID: "srs", CLOZE_ID: "srs cloze", BOTH_ID: "srs both"}
_KINDS = {CLOZE_ID: Kind.CLOZE, BOTH_ID: Kind.BOTH}
SORT_FIELD = 1  # Prompt, in all
STAMP = "Spare1"  # when the note last changed here, so that a later import knows which version a phone has
EDITED = {"Prompt", "Answer", "List", "Text", "Extra", "Source"}

_PROMPT = '<div class="prompt">{{Prompt}}</div>'
_AFTER = """\
{{#Extra}}<div class="extra">{{Extra}}</div>{{/Extra}}
{{#Source}}<div class="source">{{Source}}</div>{{/Source}}"""


def note_type_of(kind: Kind) -> int:
    """Return the note type that serves a kind of note."""
    return next((note_type for note_type, served in _KINDS.items() if served is kind), ORDINARY_ID)


def kind_of(note_type: int) -> Kind:
    """Return the kind by which a note type's cards are placed: its own, or basic for the ordinary one."""
    return _KINDS.get(note_type, Kind.BASIC)


def name_of(note_type: int) -> str:
    """Return what a note type is called in Anki."""
    return _NAMES[note_type]


def field_names(note_type: int) -> tuple[str, ...]:
    """Return the names of a note type's fields, in order."""
    return _FIELDS.get(note_type, ORDINARY_FIELDS)


def template_names(note_type: int) -> tuple[str, ...]:
    """Return the names of a note type's templates, in the order of their cards' places."""
    return _TEMPLATES.get(note_type, _ORDINARY_TEMPLATES)


def note_types() -> dict[int, genanki.Model]:
    """Return all note types by id."""
    return {ORDINARY_ID: _ordinary(), CLOZE_ID: _cloze(), BOTH_ID: _both()}


def note_types_json() -> dict[str, Any]:
    """Return all note types as Anki's JSON, by id."""
    return {str(number): model.to_json(CHANGED_AT, 1) for number, model in note_types().items()}


def _ordinary() -> _NoteType:
    whole, *names = template_names(ORDINARY_ID)
    steps = (_step(number, name) for number, name in enumerate(names, start=1))
    return _NoteType(
        ORDINARY_ID,
        name_of(ORDINARY_ID),
        fields=_fields(ORDINARY_FIELDS),
        templates=[_whole(whole), *steps],
        css=_style() + _step_style(),
        sort_field_index=SORT_FIELD,
    )


def _cloze() -> _NoteType:
    body = '<div class="body">{{cloze:Text}}</div>'
    (name,) = template_names(CLOZE_ID)
    template = {
        "name": name,
        "qfmt": _card(f"{_PROMPT}\n{body}", "clozes"),
        "afmt": _card(f"{_PROMPT}\n{body}\n{_AFTER}", "clozes"),
    }
    return _NoteType(
        CLOZE_ID,
        name_of(CLOZE_ID),
        fields=_fields(CLOZE_FIELDS),
        templates=[template],
        css=_style(),
        model_type=genanki.Model.CLOZE,
        sort_field_index=SORT_FIELD,
    )


def _both() -> _NoteType:
    """Ask the body for the heading, and the heading for the body; neither side is ever empty."""
    body = '<div class="body">{{Answer}}</div>'
    turn = '<hr id="answer">'
    forth_name, back_name = template_names(BOTH_ID)
    forward = {
        "name": forth_name,
        "qfmt": _card(_PROMPT, "both"),
        "afmt": _card(f"{_PROMPT}\n{turn}\n{body}\n{_AFTER}", "both"),
    }
    back = {
        "name": back_name,
        "qfmt": _card(body, "both back"),
        "afmt": _card(f"{body}\n{turn}\n{_PROMPT}\n{_AFTER}", "both back"),
        "bqfmt": "{{Answer}}",
        "bafmt": "{{Prompt}}",
    }
    return _NoteType(
        BOTH_ID,
        name_of(BOTH_ID),
        fields=_fields(BOTH_FIELDS),
        templates=[forward, back],
        css=_style(),
        sort_field_index=SORT_FIELD,
    )


class _NoteType(genanki.Model):  # type: ignore[misc]
    _req = ()  # Anki works out for itself which fields a card needs; genanki takes half a second to


def _whole(name: str) -> dict[str, str]:
    answer = f'{_PROMPT}\n<hr id="answer">\n<div class="body">{{{{Answer}}}}{{{{List}}}}</div>\n{_AFTER}'
    return {"name": name, "qfmt": _card(_PROMPT), "afmt": _card(answer)}


def _step(number: int, name: str) -> dict[str, str]:
    """Ask one step: the list is there on both sides, and the style hides the step or marks it."""
    field = f"Step{number}"
    asked = _card(f'{_PROMPT}\n<div class="body asked{number}">{{{{List}}}}</div>')
    told = _card(f'{_PROMPT}\n<div class="body told{number}">{{{{List}}}}</div>\n{_AFTER}')
    return {
        "name": name,
        "qfmt": _where(field, asked),
        "afmt": told,
        "bqfmt": _where(field, f"{{{{Prompt}}}} ({number})"),
        "bafmt": f"{{{{{field}}}}}",
    }


def _where(field: str, inside: str) -> str:
    return f"{{{{#{field}}}}}{inside}{{{{/{field}}}}}"


def _card(inside: str, kind: str = "{{Kind}}") -> str:
    return f'<div class="srs {kind}" lang="{{{{Language}}}}">\n{inside}\n</div>'


def _fields(names: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return fields by name; those that nobody edits by hand are folded away in Anki's editor."""
    return [{"name": name, "collapsed": name not in EDITED} for name in names]


def _style() -> str:
    return files(__package__).joinpath("style.css").read_text(encoding="utf-8")


def _step_style() -> str:
    """Return the rules that hide or mark one step of a list, for every number a step can have."""
    rules = files(__package__).joinpath("step.css").read_text(encoding="utf-8")
    return "".join(rules.replace("N", str(number)) for number in range(1, MOST_STEPS + 1))
