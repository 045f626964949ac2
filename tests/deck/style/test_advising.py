"""Advice on a whole deck: what is set aside, by the note and not by the dozen, and where knowledge comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from srs.deck import read_decks
from srs.deck.style import advise

if TYPE_CHECKING:
    from pathlib import Path

STEPS = "## By which 2 ways? {#a}\n\n1. Heave {#c1}\n2. Haul {#c2}\n"


def advice(folder: Path, text: str, source: str = "source: A book\n") -> list[str]:
    """Return the advice on a deck of one chapter, as line and rule."""
    (folder / "deck.toml").write_text('name = "Ship"\nnamespace = "ship"\n', encoding="utf-8")
    (folder / "sea.md").write_text(f"---\n{source}---\n{text}", encoding="utf-8")
    (deck,), problems = read_decks(folder)
    assert [problem for problem in problems if not problem.warning] == []
    return [f"{problem.line} {problem.message.partition(':')[0]}" for problem in advise(deck)]


def test_a_chapter_without_a_source_is_told_once(tmp_path: Path) -> None:
    text = "\n## One? {#one}\n\nYes, it is.\n\n## Which is second? {#two}\n\nThe other.\n"
    assert advice(tmp_path, text, "title: Sea\n") == ["1 missing-source"]


def test_advice_is_set_aside_for_one_note_and_one_rule_with_a_reason(tmp_path: Path) -> None:
    text = STEPS + STEPS.replace("#a", "#b").replace("By which 2 ways?", "How does a crew do it?")
    silence = "source: A book\nstyle:\n  a: {steps-extra: it is only two}\n"
    assert advice(tmp_path, text, silence) == ["10 steps-extra"]


def test_a_silence_for_a_rule_or_note_that_is_not_there_is_told(tmp_path: Path) -> None:
    silence = "source: A book\nstyle:\n  a: {steps-extras: why}\n  z: {yes-no: why}\n"
    found = advice(tmp_path, STEPS.replace("Haul {#c2}\n", "Haul {#c2}\n\n> H.\n"), silence)
    assert found == ["4 style", "5 style"]


@pytest.mark.parametrize(("times", "believed"), [(4, True), (5, False)])
def test_a_reason_given_too_often_sets_nothing_aside(tmp_path: Path, times: int, believed: bool) -> None:
    """Each of them is told, and the advice that it would have set aside; another reason beside them counts."""
    verbs = ("reef", "gybe", "luff", "moor", "wear", "tack")
    text = "".join(
        STEPS.replace("#a", f"#{verb}").replace("By which 2 ways?", f"{verb * 3}, 2 steps") for verb in verbs[:times]
    ) + STEPS.replace("#a", "#own").replace("By which 2 ways?", "wwwwwww, 2 steps")
    silences = "".join(f"  {verb}: {{steps-extra: it is only two }}\n" for verb in verbs[:times])
    found = advice(tmp_path, text, f"source: A book\nstyle:\n{silences}  own: {{steps-extra: I know it}}\n")
    assert [each.split()[1] for each in found] == ([] if believed else ["style"] * times + ["steps-extra"] * times)


def test_an_answer_in_a_siblings_prompt_is_told_unless_all_speak_of_it(tmp_path: Path) -> None:
    one = "\n## Who gives the orders in a storm? {#one}\n\nThe boatswain.\n"
    other = "\n## What does {} use? {{#n{}}}\n\nNumber {}.\n"
    crew = ["the boatswain", "at dawn the boatswain", "the boatswain ashore, sick", "in fog by night the boatswain"]
    three, four = ("".join(other.format(crew[n], n, n) for n in range(most)) for most in (3, 4))
    assert "5 answer-in-sibling" in advice(tmp_path, one + three)
    assert "5 answer-in-sibling" not in advice(tmp_path, one + four)


def test_of_two_notes_with_one_answer_the_later_is_told_unless_they_word_one_question(tmp_path: Path) -> None:
    again = "\n## {} of rank pipes up? {{#pipe-{}}}\n\nThe mate.\n"
    assert advice(tmp_path, again.format("Who", 1) + again.format("Whichever man", 2)) == []
    assert advice(tmp_path, again.format("Who", "x") + again.format("Whichever man", "y")) == ["9 same-answer"]


def test_lists_with_the_same_items_are_told(tmp_path: Path) -> None:
    one = "\n## Which 2 burn at night? {#night}\n\n- red\n- green\n"
    other = "\n## What 3 does a tug carry? {#tug}\n\n- green\n- RED.\n- white\n"
    assert advice(tmp_path, one + other) == ["10 same-answer"]
    assert advice(tmp_path, one + other.replace("RED.", "blue")) == []
