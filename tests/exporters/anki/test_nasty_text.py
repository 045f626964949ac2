from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING
from unicodedata import normalize

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from exporters.anki.html import without_controls
from srs.deck.markdown import parse
from srs.deck.note import read_note
from tests.exporters.anki.phone import Phone, exported, visible

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

NASTY = [
    "[b]bold[/b]",
    "{{Prompt}} {{c1::x}} {{FrontSide}} {{{x}}}",
    "<script>alert('x')</script> <!-- --> &lt; &#60;",
    "\x1b[31mred\x1b[0m",
    "a\u200fb\u202ec\u2066d",
    "🧑‍💻 é e\u0301 ﬁ",
    "a\u2028b\u2029c\x0cd\x0be\x85f",
    "[sound:x.mp3] [anki:tts lang=en_US]x[/anki:tts] [[type:Prompt]]",
    "[latex]x[/latex] [$]x[/$] [$$]x[/$$]",
    r"\(x\) \[x\] \\( \\",
    "::a::b:: }} {{ c2::}}",
    "a\x1fb\x00c",
]
WORDS = st.one_of(st.sampled_from(NASTY), st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
TEXTS = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
MARKDOWN = st.lists(
    st.sampled_from(
        [*"*_~`#[]{}()<>|!\\$:&-+.\n 1aé中", "{{c1::", "}}", "::", "$$", "```\n", "\n\n", "> ", "1. ", "- ", *NASTY]
    ),
    max_size=40,
).map("".join)
numbers = count()


@pytest.fixture(scope="module")
def phone(tmp_path_factory: pytest.TempPathFactory) -> Phone:
    """Return one phone for all examples; each brings notes of its own."""
    return Phone(tmp_path_factory.mktemp("nasty"))


def literal(text: str) -> str:
    """Return Markdown that says exactly this text, in one line."""
    return re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[\r\n]+", " ", text).strip())


def shown(text: str) -> str:
    """Return the text that is to be seen: controls as pictures, spaces as single ones, composed as Anki does."""
    plain = without_controls(re.sub(r"[\r\n]+", " ", text).strip().replace("\0", "\ufffd"))
    return " ".join(normalize("NFC", plain).split())


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(prompt=TEXTS, answer=TEXTS)
@example(prompt=" ".join(NASTY), answer=" ".join(NASTY))
def test_text_arrives_as_the_same_text(phone: Phone, prompt: str, answer: str) -> None:
    """Whatever a heading and a body say, in a plain note or around and in a cloze, is what Anki shows."""
    assume(shown(prompt) and shown(answer) and prompt.strip() and answer.strip())
    assume(answer.count("$") % 2 == 0)  # an odd one is a mistake that is told when the deck is read
    hint = re.sub(r"[{}\r\n]+", " ", answer).strip()  # it is read as it stands, so it cannot hold what ends it
    plain, cloze = (f"n{next(numbers)}" for _ in range(2))
    phone.take(
        exported(
            f"## {literal(prompt)} {{#{plain}}}\n\n{literal(answer)}",
            f"## {literal(prompt)} {{#{cloze}}}\n\n{literal(answer)} {{{{c1::{literal(answer)} ::{hint}}}}}",
        )
    )
    asked, told = shown(prompt), shown(answer)
    assert visible(phone.card(plain).question()) == asked
    assert visible(phone.card(plain).answer()) == f"{asked} {told} 来源：问题 E2"
    assert visible(phone.card(cloze).question()) == f"{asked} {told} [{shown(hint) or '...'}]"
    assert visible(phone.card(cloze).answer()) == f"{asked} {told} {told} 来源：问题 E2"


@settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=MARKDOWN)
def test_whatever_markdown_says_anki_shows(phone: Phone, body: str) -> None:
    """Of any body that is a note, Anki shows all the text, in order, and has the cards that the note has."""
    name = f"n{next(numbers)}"
    text = f"## q {{#{name}}}\n\n{body}"
    note, faults = read_note(parse(text), text, 1)
    assume(not faults and not any(token.type == "image" for token in leaves(note.answer)))
    phone.take(exported(text))
    cards = phone.cards(name)
    assert len(cards) == sum(not part.startswith("~") for part in note.parts)
    said = without_delimiters("q" + "".join(token.content for token in leaves([*note.answer, *note.extra])))
    for card in cards.values():
        seen = visible(card.answer()).removesuffix("来源：问题 E2")
        assert without_delimiters(seen) == said


def without_delimiters(text: str) -> str:
    """Return text without what only says where mathematics begins and ends."""
    return re.sub(r"\\[()\[\]]", "", squeezed(text))


def leaves(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens that carry text, in order."""
    return [child for token in tokens for child in (token.children if token.type == "inline" else [token]) or ()]


def squeezed(text: str) -> str:
    """Return text without spaces, controls shown, composed as Anki composes it."""
    return normalize("NFC", "".join(without_controls(text).split()))
