"""Text edited on the phone: shown with the line to change, and written into the deck only where that is safe."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from exporters.anki.edits import Edit, edits
from exporters.anki.found import AnkiNote
from exporters.anki.note_types import ORDINARY_ID, STAMP
from exporters.anki.record import Record
from exporters.anki.wording import as_markdown
from tests.exporters.anki.phone import Phone

if TYPE_CHECKING:
    from pathlib import Path

    from tests.learner import Learner

SEA = """\
---
title: Sea
---

## How to anchor? {#anchor}

1. Heave to {#c1}
2. Let **go** {#c2}

> Slowly.

## How long is a mile? {#mile}

1852 metres & no more.

## Where is the red light? {#red}

To {{c1::port}}; green to {{c2::starboard::which side}}.
"""


@pytest.fixture
def sailor(learner: Learner) -> Learner:
    """Somebody who exported a deck, with line ends as Windows has them."""
    learner.now = "2026-01-05 09:00"  # before whatever is edited in Anki, whose clock cannot be set
    learner.write("ship/sea.md", SEA.replace("\n", "\r\n"))
    learner.srs("export", "anki", "-o", learner.home / "ship.apkg")
    return learner


@pytest.fixture
def phone(sailor: Learner, tmp_path: Path) -> Phone:
    """Their phone."""
    made = Phone(tmp_path)
    made.open(sailor.home / "ship.apkg")
    return made


def edit(phone: Phone, note: str, **fields: str) -> Path:
    """Edit fields of a note in Anki, and export."""
    edited = phone.note(note)
    for name, value in fields.items():
        edited[name] = value
    phone.collection.update_note(edited)
    return phone.export(phone.folder / "back.apkg")


def text_of(learner: Learner) -> str:
    """Return the chapter, whose line ends must have stayed."""
    data = (learner.decks / "ship/sea.md").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    return data.decode().replace("\r\n", "\n")


def test_nothing_edited_is_nothing_told(sailor: Learner, phone: Phone) -> None:
    assert "edited" not in sailor.srs("import", "anki", phone.export(sailor.home / "back.apkg"))


def test_an_edit_is_shown_as_a_diff_with_its_place(sailor: Learner, phone: Phone) -> None:
    back = edit(phone, "mile", Answer="<p>1852 metres, exactly</p>", Extra="since 1929")
    said = sailor.srs("import", "anki", back)
    place = sailor.decks / "ship/sea.md"
    assert f"{place}:12: Answer\n  - 1852 metres & no more.\n  + 1852 metres, exactly\n" in said
    assert f"{place}:12: Extra\n  + since 1929\n" in said
    assert text_of(sailor) == SEA


@pytest.mark.parametrize(
    ("note", "fields", "old", "new"),
    [
        ("mile", {"Answer": "<p>1853 metres &amp; no more.</p>"}, "1852 metres", "1853 metres"),
        ("mile", {"Prompt": "How long is a nautical mile?"}, "long is a mile", "long is a nautical mile"),
        ("mile", {"Answer": "<p>1853 <u>metres</u> &amp; no more.</p>"}, None, "no text here says <u>"),
        ("anchor", {"Extra": "<p>Very&nbsp;slowly.</p>"}, "> Slowly.", "> Very slowly."),
        ("red", {"Text": "<p>To {{c1::the left}}; green to {{c2::starboard::which side}}.</p>"}, "port", "the left"),
    ],
    ids=["answer", "prompt", "marks", "extra", "cloze"],
)
def test_an_edit_is_written_where_it_is_safe(
    sailor: Learner, phone: Phone, note: str, fields: dict[str, str], old: str | None, new: str
) -> None:
    """The new text makes fields that read like the phone's; where it cannot, nothing is done, and it is said why."""
    back = edit(phone, note, **fields)
    said = sailor.srs("import", "anki", back, "--apply")
    if old is None:
        assert f"  not written: {new}\nedit by hand what was not written\n" in said
        assert text_of(sailor) == SEA
        return
    assert "(written)" in said
    assert text_of(sailor) == SEA.replace(old, new)
    assert sailor.reads("sync")["decks"]["changed"] == []


def test_a_step_edited_in_its_list(sailor: Learner, phone: Phone) -> None:
    html = phone.note("anchor")["List"].replace("Heave to", "Heave to the wind")
    sailor.srs("import", "anki", edit(phone, "anchor", List=html), "--apply")
    assert text_of(sailor) == SEA.replace("Heave to", "Heave to the wind")


def test_an_edit_is_not_written_over_another(sailor: Learner, phone: Phone) -> None:
    """Where both sides changed, the file stays as it is, and the learner decides."""
    back = edit(phone, "mile", Answer="<p>1853 metres &amp; no more.</p>")
    ours = SEA.replace("no more", "no less")
    sailor.write("ship/sea.md", ours.replace("\n", "\r\n"))
    said = sailor.srs("import", "anki", back, "--apply")
    assert "  not written: the text here has changed since\n" in said
    assert text_of(sailor) == ours


def test_an_edit_that_would_change_what_a_note_is(sailor: Learner, phone: Phone) -> None:
    """A dash typed on the phone is a dash there, and would begin a list here."""
    back = edit(phone, "mile", Answer="<p>- 1852 metres &amp; no more.</p>")
    assert "(written)" in sailor.srs("import", "anki", back, "--apply")
    assert text_of(sailor) == SEA.replace("1852", r"\- 1852")


def test_words_that_stand_twice_are_not_guessed_at(sailor: Learner, phone: Phone) -> None:
    """The title of a link is in no field: written there, too, the new words would still make what the phone has."""
    twice = SEA.replace("1852 metres & no more.", '- metres\n- [feet](https://example.org "metres")')
    sailor.write("ship/sea.md", twice.replace("\n", "\r\n"))
    sailor.now = "2026-01-06 09:00"
    sailor.srs("export", "anki", "-o", sailor.home / "ship.apkg")
    phone.open(sailor.home / "ship.apkg")
    html = phone.note("mile")["Answer"].replace("metres", "fathoms")
    assert "edit by hand what was not written" in sailor.srs(
        "import", "anki", edit(phone, "mile", Answer=html), "--apply"
    )
    assert text_of(sailor) == twice


def test_once_written_an_edit_is_known(sailor: Learner, phone: Phone) -> None:
    """It is neither shown again nor sent back: the phone has it."""
    back = edit(phone, "mile", Answer="<p>1853 metres &amp; no more.</p>")
    sailor.srs("import", "anki", back, "--apply")
    assert "edited" not in sailor.srs("import", "anki", back)
    assert "0 new, 0 updated, 3 unchanged" in sailor.srs("export", "anki", "--dry-run")


def test_a_phone_that_has_an_earlier_export_edited_nothing(sailor: Learner, phone: Phone) -> None:
    """It did not get the last package yet: its old text must not undo what was written since."""
    ours = SEA.replace("1852 metres", "1853 metres").replace("{{c2::starboard::which side}}", "starboard")
    sailor.write("ship/sea.md", ours.replace("\n", "\r\n"))
    sailor.now = "2026-01-06 09:00"
    sailor.srs("export", "anki", "-o", sailor.home / "later.apkg")
    said = sailor.srs("import", "anki", phone.export(sailor.home / "back.apkg"), "--apply")
    assert "edited" not in said
    assert text_of(sailor) == ours


def test_an_edit_of_an_earlier_export_is_shown_but_not_written(sailor: Learner, phone: Phone) -> None:
    """Both sides changed: the file keeps what it says, and the learner sees what the phone says."""
    ours = SEA.replace("1852 metres", "1853 metres")
    sailor.write("ship/sea.md", ours.replace("\n", "\r\n"))
    sailor.now = "2026-01-06 09:00"
    sailor.srs("export", "anki", "-o", sailor.home / "later.apkg")
    back = edit(phone, "mile", Answer="<p>1852 sea metres &amp; no more.</p>")
    said = sailor.srs("import", "anki", back, "--apply")
    assert "Answer (before the last export came there)" in said
    assert "edit by hand what was not written" in said
    assert text_of(sailor) == ours


def diff(old: list[str], new: list[str]) -> tuple[str, ...]:
    """Return the lines that differ between two fields."""
    return Edit("guid", "Answer", "<br>".join(old), "<br>".join(new)).diff


def test_only_lines_that_differ_are_shown_and_those_of_one_place_together() -> None:
    assert diff(["a", "b", "c"], ["a", "B", "c"]) == ("- b", "+ B")
    assert diff(["a", "b", "c"], ["A", "B", "c"]) == ("- a", "+ A", "- b", "+ B")
    assert diff(["a", "b"], ["a", "x", "b"]) == ("+ x",)
    assert diff(["a", "a", "b"], ["a", "b"]) == ("- a",)
    assert diff(["a", "b", "c", "d", "e"], ["b", "c", "x", "e", "f"]) == ("- a", "- d", "+ x", "+ f")
    assert diff(["a"], ["a"]) == ()


def test_what_is_long_is_compared_by_its_ends_alone() -> None:
    """Comparing all lines with all is cubic: a field of many lines would take for ever."""
    old, new = [f"old {number}" for number in range(5000)], [f"new {number}" for number in range(5000)]
    found = diff(["same", *old, "end"], ["same", *new, "end"])
    assert (len(found), found[:2], found[-1]) == (10_000, ("- old 0", "+ new 0"), "+ new 4999")


@pytest.mark.parametrize("begin", ["<b ", "<", "</b ", "<br ", "&lt;", "<strong\t"])
def test_tags_that_never_close_are_text_and_take_no_longer(begin: str) -> None:
    """Each sign is looked at so many times, however many tags begin: time is left out, by a machine of any speed."""
    assert len(as_markdown(begin * 100_000)) == 1
    assert len(diff([begin * 100_000], ["x"])) == 2


@pytest.mark.parametrize("stamp", ["²", "9" * 5000, "-1", "", "1e3", "\u0661"])
def test_a_stamp_that_is_no_number_is_an_older_version(stamp: str) -> None:
    """The note was edited there, or the field itself; neither is a reason to stop."""
    record = Record("g", ORDINARY_ID, "D", "", ("id", *["p"] * 40), (0,), 100)
    (edit,) = edits([AnkiNote("g", {STAMP: stamp, "Prompt": "P"}, 50)], {"g": record})
    assert edit.stale


def test_a_field_without_its_paragraph_is_written_as_the_same_words(sailor: Learner, phone: Phone) -> None:
    """As Anki's editors write it; the phone's own text is known then, and is not sent back."""
    back = edit(phone, "mile", Answer="la milla<div>- marina&nbsp;</div>")
    assert "(written)" in sailor.srs("import", "anki", back, "--apply")
    assert text_of(sailor) == SEA.replace("1852 metres & no more.", "la milla\\\n\\- marina")
    assert "edited" not in sailor.srs("import", "anki", back)
    assert "0 new, 0 updated, 3 unchanged" in sailor.srs("export", "anki", "--dry-run")


def test_an_edit_that_was_made_by_hand_here_is_told_no_more(sailor: Learner, phone: Phone) -> None:
    """Both sides read alike then, though the phone's HTML is another."""
    back = edit(phone, "mile", Answer="la milla")
    assert "edited in Anki" in sailor.srs("import", "anki", back)
    sailor.write("ship/sea.md", SEA.replace("1852 metres & no more.", "la milla").replace("\n", "\r\n"))
    assert "edited" not in sailor.srs("import", "anki", back, "--apply")


def test_what_differs_in_its_tags_alone_is_told_with_them() -> None:
    assert Edit("guid", "Answer", "<p>a &amp; b</p>", "a &amp; <u>b</u>").diff == ("- a & b", "+ a & <u>b</u>")
    assert Edit("guid", "Answer", "<p>a</p>\n<p>b</p>", "a<br>b").diff == ("- ",)
