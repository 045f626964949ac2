"""Several computers on one store: each takes back what was given on it."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

    from tests.server.student import Student


def test_undo_takes_back_the_last_act_given_on_this_computer(student: Student, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, words in (("desk", ["answer", "mile", "good"]), ("lap", ["suspend", "red/c1"])):
        monkeypatch.setattr(platform, "node", lambda name=name: name)
        student.srs(*words)
    monkeypatch.setattr(platform, "node", lambda: "desk")
    assert "mile: grade 4 of 2026-12-01 undone" in student.srs("undo")
    outcome = student.types("undo")
    assert (outcome.code, "nothing to undo on this computer" in outcome.err) == (1, True)
    assert student.cards()["red/c1"]["state"] == "suspended"
    monkeypatch.setattr(platform, "node", lambda: "lap")
    assert "red/c1: suspended undone" in student.srs("undo")
    assert student.cards()["red/c1"]["state"] == "new"
