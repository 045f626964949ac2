"""Note types of ours that a learner or a server has changed: fields go by name; what is no longer ours is told."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from exporters.anki.exchange.account import Account
from exporters.anki.exchange.forms import formed
from exporters.anki.exchange.there import read_notes
from exporters.anki.exchange.values import NoteOut
from exporters.anki.exchange.writing import make_notes, write_notes
from exporters.anki.media import Media
from exporters.anki.note_types import ORDINARY_FIELDS
from exporters.anki.package import record_of
from srs.errors import SrsError
from tests.exporters.anki.phone import Phone, exported

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MILE = "## How long is a mile? {#mile}\n\n1852 metres."


def renamed(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- Anki's own
    """Call the heading something else."""
    models.rename_field(kind, kind["flds"][1], "Frage")


def deleted(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- as above
    """Delete a field that nobody seems to need."""
    models.remove_field(kind, kind["flds"][4])


def renamed_card(_: object, kind: dict[str, Any]) -> None:
    """Call a card type something else."""
    kind["tmpls"][1]["name"] = "Schritt 1"


def moved_card(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- as above
    """Put a card type in another place."""
    models.reposition_template(kind, kind["tmpls"][2], 0)


def added(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- as above
    """Add a field and a card type of one's own."""
    models.add_field(kind, models.new_field("Mine"))
    template = models.new_template("Own")
    template["qfmt"] = "{{Mine}}{{Prompt}}"
    models.add_template(kind, template)


def put_between(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- as above
    """Add a field of one's own before those of ours."""
    models.add_field(kind, field := models.new_field("Mine"))
    models.reposition_field(kind, field, 0)


def moved(models: Any, kind: dict[str, Any]) -> None:  # noqa: ANN401 -- as above
    """Let the heading come after the answer."""
    models.reposition_field(kind, kind["flds"][1], 5)


def changed(phone: Phone, change: Callable[[Any, dict[str, Any]], object]) -> Account:
    """Change the ordinary note type of a phone that has one note, as its user would."""
    phone.take(exported(MILE))
    models = phone.collection.models
    kind = models.by_name("srs")
    assert kind
    change(models, kind)
    models.update_dict(kind)
    return Account(phone.collection, "")


@pytest.fixture
def phone(tmp_path: Path) -> Phone:
    """A phone without a note."""
    return Phone(tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (renamed, "note type srs .* no field Prompt, .* Note Types › srs › Fields"),
        pytest.param(deleted, "no field Extra", marks=pytest.mark.slow),
        pytest.param(renamed_card, "no card type Step 1 at place 2, .* › srs › Cards", marks=pytest.mark.slow),
        (moved_card, "no card type Whole at place 1"),
    ],
)
def test_what_is_no_longer_ours_is_told_before_anything_is_read(
    phone: Phone, change: Callable[[Any, dict[str, Any]], object], said: str
) -> None:
    account = changed(phone, change)
    with pytest.raises(SrsError, match=said):
        read_notes(account, None)


@pytest.mark.parametrize(
    "change", [put_between, *(pytest.param(each, marks=pytest.mark.slow) for each in (added, moved))]
)
def test_what_a_learner_adds_or_moves_about_stays_and_does_no_harm(
    phone: Phone, change: Callable[[Any, dict[str, Any]], object]
) -> None:
    """Each field is read and written by its name, and new notes come into the same note type; no one-way sync."""
    account = changed(phone, change)
    phone.rows("UPDATE col SET ls = scm")
    before = read_notes(account, None)
    ((guid, note),) = before.side.notes.items()
    assert tuple(sorted(note.fields)) == tuple(sorted(ORDINARY_FIELDS))
    assert (note.fields["Id"], note.fields["Prompt"]) == ("mile", "How long is a mile?")
    write_notes(account, {guid: NoteOut({"Prompt": "How far?"})}, before, Media())
    assert phone.note("mile")["Prompt"] == "How far?"
    make_notes(account, [record_of(each, Media()) for each in exported("## Deep? {#deep}\n\nSix feet.")], Media())
    found = read_notes(account, None).side.notes.values()
    assert sorted(each.fields["Id"] for each in found) == ["deep", "mile"]
    assert "Mine" in phone.note("deep") or change is moved
    assert not phone.collection.schema_changed()


@pytest.mark.parametrize("text", ["mile" + "\x1fx" * 50, pytest.param("", marks=pytest.mark.slow)])
def test_a_note_with_more_or_fewer_fields_than_its_type_is_brought_to_form(phone: Phone, text: str) -> None:
    """As Anki's own Check Database does it, when it is read and when it is written."""
    account = changed(phone, lambda *_: None)
    phone.rows("UPDATE notes SET flds = ?", text)
    before = read_notes(account, None)
    ((guid, note),) = before.side.notes.items()
    assert set(note.fields) == set(ORDINARY_FIELDS)
    write_notes(account, {guid: NoteOut({"Answer": "1852 m"})}, before, Media())
    ((written,),) = phone.rows("SELECT flds FROM notes")
    phone.rows("UPDATE notes SET flds = ?", text)
    phone.collection.fix_integrity()
    ((mended,),) = phone.rows("SELECT flds FROM notes")
    values = mended.split("\x1f")
    assert written.split("\x1f") == [*values[:2], "1852 m", *values[3:]]
    assert formed(text.split("\x1f"), len(ORDINARY_FIELDS)) == values


@pytest.mark.parametrize("table", ["fields", "templates"])
def test_what_is_numbered_as_anki_never_does_it_is_told(phone: Phone, table: str) -> None:
    """A server may have spoiled it; Anki's library would write a field that the note does not have."""
    account = changed(phone, lambda *_: None)
    phone.rows(f"UPDATE {table} SET ord = 99 WHERE ord = 3")
    with pytest.raises(SrsError, match=f"the {table} of the note type srs .* numbered as Anki never does it"):
        read_notes(account, None)
