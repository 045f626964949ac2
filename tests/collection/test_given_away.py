"""Names that were given away, and stand in the text beside their heir."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.learner import MILE

if TYPE_CHECKING:
    from tests.learner import Learner

SAID = "mile goes on as sea-mile ({file}:13), which has its history; take it out, or give it a new id"


@pytest.fixture
def given(sailor: Learner) -> Learner:
    """Somebody whose note goes on under another id, and who put the old one back."""
    sailor.srs("answer", "mile", "good")
    sailor.edit("ship/sea.md", "#mile", "#sea-mile")
    sailor.srs("adopt", "mile", "sea-mile")
    return sailor


def test_a_name_that_was_given_away_alone_is_no_mistake(given: Learner) -> None:
    assert given.types("check").code == 0
    assert given.types("cards").err == ""
    given.edit("ship/sea.md", "#sea-mile", "#mile")
    assert given.types("check").code == 0


def test_a_note_beside_its_heir_is_told_with_both_lines(given: Learner) -> None:
    file = given.write("ship/old.md", f"---\ntitle: Old\n---\n\n{MILE}")
    outcome = given.types("check")
    sea = given.decks / "ship" / "sea.md"
    assert outcome.code == 1
    assert f"{file}:5: {SAID.format(file=sea)}" in outcome.out + outcome.err
    assert given.types("cards").err == "1 problem in the decks; `srs check` lists them\n"
    assert given.types("sync").code == 1


def test_it_is_neither_asked_nor_answered(given: Learner) -> None:
    given.write("ship/old.md", f"---\ntitle: Old\n---\n\n{MILE}")
    given.now = "2026-12-05 09:00"
    assert "mile" not in {each["id"] for each in given.reads("review", "--list")}
    assert "sea-mile" in {each["id"] for each in given.reads("review", "--list")}
    outcome = given.types("answer", "mile", "good")
    assert (outcome.code, "goes on under another name" in outcome.err) == (1, True)


def test_it_is_not_exported(given: Learner) -> None:
    given.write("ship/old.md", f"---\ntitle: Old\n---\n\n{MILE.replace('1852', 'Formerly 1852')}")
    given.srs("export", "text", "-o", given.home / "out.txt")
    text = (given.home / "out.txt").read_text(encoding="utf-8")
    assert "1852 metres" in text
    assert "Formerly" not in text
