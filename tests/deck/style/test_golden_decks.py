"""Decks in Chinese and in English: each rule speaks where it should, and of good notes there is nothing to say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.deck import read_decks
from srs.deck.style import EVERY_RULE, advise

if TYPE_CHECKING:
    from collections.abc import Callable

    from srs.deck import ReadDeck
    from srs.errors import Problem

DATA = Path(__file__).resolve().parents[2] / "data" / "style"


def read(name: str) -> tuple[ReadDeck, tuple[Problem, ...]]:
    """Return a deck and the advice on it."""
    (deck,), problems = read_decks(DATA / name)
    assert [str(problem) for problem in problems if not problem.warning] == []
    return deck, advise(deck)


@pytest.mark.parametrize("language", ["chinese", "english"])
def test_every_rule_speaks(language: str, golden: Callable[[Path, str], None]) -> None:
    deck, found = read(language)
    notes = {
        (deck.folder.deck.root / chapter.path, note.line): note.id
        for chapter in deck.chapters
        for note in chapter.notes
    }
    assert {problem.rule for problem in found} == {*EVERY_RULE, "silence"}
    told = [f"{notes.get((each.path, each.line), f'line {each.line}')}: {each.message}" for each in found]
    golden(DATA / f"{language}.txt", "\n".join([*told, ""]))


@pytest.mark.parametrize("language", ["chinese-good", "english-good"])
def test_of_good_notes_nothing_is_said(language: str) -> None:
    assert [str(each) for each in read(language)[1]] == []
