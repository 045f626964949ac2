"""What a computer is called."""

from __future__ import annotations

import platform

import pytest

from srs.store.computer import host_name


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Desk.example.org", "desk"),
        ("Ann's Mac Book", "ann-s-mac-book"),
        ("书房", "srs"),
        ("", "srs"),
        ("x" * 99, "x" * 30),
    ],
)
def test_a_name_can_stand_in_any_file_s_name(name: str, told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "node", lambda: name)
    assert host_name() == told
