"""What each moment shows of a note: its steps, its pictures, and whether it was learnt otherwise."""

from __future__ import annotations

import pytest

from srs.deck import note_from_text
from srs.deck.face import answered, asked, learnt_otherwise, pictures, recited
from srs.deck.layout import plain

STEPS = "## How to anchor? {#q}\n\n1. tighten {#c1}\n2. haul {#c2}"
CLOZE = "## Lights? {#q}\n\nTo {{c1::port}}, to {{c2::starboard}}."


@pytest.mark.parametrize(
    ("before", "now", "part", "told"),
    [
        ("## Mile? {#q}\n\n1852 m", "## Mile? {#q}\n\n1853 m", "", "1852 m"),
        ("## Mile? {#q}\n\n1852 m", "## A mile? {#q}\n\n**1852**\nm\n\n> more", "", ""),
        (STEPS, STEPS.replace("haul", "heave"), "c1", ""),
        (STEPS, STEPS.replace("haul", "heave"), "c2", "haul"),
        (STEPS, STEPS.replace("haul", "heave"), "", "1. tighten\n2. haul"),
        (STEPS, STEPS + "\n3. fasten {#c3}", "c3", ""),
        (CLOZE, CLOZE.replace("starboard", "right"), "c1", ""),
        (CLOZE, CLOZE.replace("starboard", "right"), "c2", "starboard"),
        (CLOZE, CLOZE.replace("To", "At"), "c2", ""),
        (CLOZE, "## Lights? {#q}\n\nPort.", "", ""),
        ("", STEPS, "c1", ""),
    ],
)
def test_only_an_answer_that_reads_otherwise_is_told(before: str, now: str, part: str, told: str) -> None:
    assert plain(learnt_otherwise(note_from_text(now), part, before)) == told


def test_pictures_are_those_of_the_side_that_is_shown() -> None:
    note = note_from_text("## ![a](a%20b.png)? {#q}\n\n![b](b.png) ![b](b.png)\n\n> ![c](c.png)")
    assert pictures(asked(note, "")) == ("a b.png",)
    assert pictures(answered(note, "")) == ("a b.png", "b.png", "c.png")


LIST = note_from_text("## How to anchor? {#anchor}\n\n1. Heave to\n2. Let go\n3. Make fast\n\n> Slowly.")


def test_a_list_is_recited_step_by_step_and_what_it_adds_comes_last() -> None:
    faces = [recited(LIST, shown, frozenset({1})) for shown in range(4)]
    assert [plain(face.body) for face in faces] == [
        "1. […]",
        "1. Heave to\n2. […]",
        "1. Heave to\n2. ✗ Let go\n3. […]",
        "1. Heave to\n2. ✗ Let go\n3. Make fast",
    ]
    assert [plain(face.extra) for face in faces] == ["", "", "", "Slowly."]
