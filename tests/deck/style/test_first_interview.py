"""What the check finds by itself in the first edition of the interview deck, against a strict reader of the same."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from srs.deck import read_decks
from srs.deck.style import advise

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = Path(__file__).resolve().parents[2] / "data" / "style"


def lines(name: str) -> list[str]:
    """Return the lines of a file beside the deck, its first apart, which says what it is."""
    return (DATA / name).read_text(encoding="utf-8").splitlines()[1:]


@pytest.fixture(scope="module")
def found() -> set[tuple[str, str]]:
    """Return the notes of the deck and the rules that have something to say of them."""
    (deck,), _ = read_decks(DATA / "first-interview")
    root = deck.folder.deck.root
    notes = {(root / chapter.path, note.line): note.id for chapter in deck.chapters for note in chapter.notes}
    return {(notes[each.path, each.line], each.rule) for each in advise(deck) if each.rule != "silence"}


def test_it_finds_at_least_half_of_what_a_strict_reader_would_rewrite(
    found: set[tuple[str, str]], golden: Callable[[Path, str], None]
) -> None:
    """Waivers that give one reason for ten notes set nothing aside. The figures are kept."""
    rewritten, told = set(lines("rewritten.txt")), {note for note, _ in found}
    assert len(rewritten) == 129
    assert 2 * len(rewritten & told) >= len(rewritten)
    rules = Counter(rule for _, rule in found)
    hits = Counter(rule for note, rule in found if note in rewritten)
    figures = [f"{rule}: {count} notes, {hits[rule]} of them rewritten" for rule, count in sorted(rules.items())]
    total = f"all: {len(told)} of 329 notes, {len(rewritten & told)} of the {len(rewritten)} rewritten"
    missed = f"not found: {' '.join(sorted(rewritten - told))}"
    golden(DATA / "first-interview.txt", "\n".join([*figures, total, missed, ""]))


def test_at_most_one_alarm_in_five_is_false(found: set[tuple[str, str]]) -> None:
    """As judged by hand on fifty pieces of advice, which are still given."""
    judged = [line.split("\t") for line in lines("judged.tsv")]
    assert len(judged) == 50
    assert {(note, rule) for _, note, rule, _ in judged} <= found
    assert 5 * sum(verdict == "false" for verdict, *_ in judged) <= len(judged)
