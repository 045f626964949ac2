"""What each moment shows of a note."""

from __future__ import annotations

from srs.deck import note_from_text
from srs.deck.face import recited
from srs.deck.layout import plain

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
