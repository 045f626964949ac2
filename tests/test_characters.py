"""What acts on a screen, or hides on it, is shown instead; what people write is left as it is."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.characters import shown, shown_json, shown_line, typed, without_controls

HARMLESS = [
    "plain", "多久不再弹？", "a\tb", "naïve — “quoted”", "می‌خواهم", "क्‍ष", "👩‍💻", "❤️", "co\u00adoperate", "ﷺ", "שלום",
    "1\ufe0f\u20e3", "葛\U000e0100", "\u1820\u180b",
]  # fmt: skip
SHOWN = {
    "\x1b[31m": "␛[31m", "\x00": "␀", "\x07": "␇", "\r": "␍", "\x7f": "␡", "\x9b2J": "�2J", "\x85": "�", "\ud800": "�",
    "\u202eexe.txt": r"\u202eexe.txt", "a\u2066b\u2069": r"a\u2066b\u2069", "\u200f": r"\u200f", "\u061c": r"\u061c",
    "pass\u200bword": r"pass\u200bword", "pass\u200dword": r"pass\u200dword", "\u200c多": r"\u200c多",
    "\ufeff": r"\ufeff", "\u2060": r"\u2060", "\u180e": r"\u180e", "a\U000e0041b": r"a\U000e0041b",
    "\u3164": r"\u3164", "\uffa0": r"\uffa0", "\u115f": r"\u115f", "a\u034f": r"a\u034f", "a\ufe0f": r"a\ufe0f",
    "❤\ufe0f\ufe0e": "❤\ufe0f" + r"\ufe0e", "a\U000e0100": r"a\U000e0100",
    "葛\U000e0100\U000e0101": "葛\U000e0100" + r"\U000e0101",
}  # fmt: skip


@pytest.mark.parametrize(("text", "seen"), SHOWN.items())
def test_what_acts_or_hides_is_shown(text: str, seen: str) -> None:
    assert (shown(text), shown_line(text)) == (seen, seen)


@pytest.mark.parametrize("text", HARMLESS)
def test_what_people_write_is_left_as_it_is(text: str) -> None:
    """Joiners shape words in Persian and in Indic scripts, and pictures."""
    assert shown(text) == shown_line(text) == without_controls(text) == text


@pytest.mark.parametrize(("text", "seen"), {"a\nb": "a␊b", "a\u2028b": r"a\u2028b", "a\u2029b": r"a\u2029b"}.items())
def test_a_line_stays_one(text: str, seen: str) -> None:
    assert shown_line(text) == seen
    assert shown("a\nb") == "a\nb"


@given(st.text(st.one_of(st.characters(categories=["Cc", "Cf", "Zl", "Zp"]), st.sampled_from('aé多"\\'))))
def test_json_says_the_same_and_nothing_in_it_acts(text: str) -> None:
    said = shown_json(json.dumps({text: [text]}, ensure_ascii=False))
    assert json.loads(said) == {text: [text]}
    assert shown_line(said) == said


@given(st.text())
def test_what_was_shown_is_shown_as_it_is(text: str) -> None:
    assert shown(shown(text)) == shown(text)
    assert shown_line(shown_line(text)) == shown_line(text)


@pytest.mark.parametrize(
    ("words", "names", "said"),
    [
        (("log", "join", "/a b"), (), "`srs log join '/a b'`"),
        (("undo", "--at", "x"), ("a:x; touch $(owned) #",), "`srs undo 'a:x; touch $(owned) #' --at x`"),
        (("adopt",), ("--db=/x", "a"), "`srs adopt -- --db=/x a`"),
    ],
)
def test_a_command_that_is_told_can_be_pasted(words: tuple[str, ...], names: tuple[str, ...], said: str) -> None:
    assert typed(*words, names=names) == said


def test_every_command_that_is_told_with_a_value_is_made_by_one_function() -> None:
    files = (Path(__file__).parents[1] / "srs").rglob("*.py")
    told = [(file.name, line) for file in files for line in re.findall(r"`srs [^`\n]*\{.*", file.read_text("utf-8"))]
    assert told == []
