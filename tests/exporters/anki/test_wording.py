"""What was edited in Anki as a deck's text says it: the same words, or nothing and the reason."""

from __future__ import annotations

from pathlib import Path, PurePosixPath

import pytest

from exporters.anki.edits import Edit
from exporters.anki.media import Media
from exporters.anki.note_types import field_names
from exporters.anki.package import record_of
from exporters.anki.wording import CHANGED, applied, still_apart
from srs.deck import Chapter, Deck
from tests.exporters.anki.phone import exported

DECK = Deck("ship", "Ship", Path("decks/ship"))
CHAPTER = Chapter(PurePosixPath("sea.md"), "Sea")
MILE = "## A mile? {#mile}\n\n"
_UNLIKE = "no text here would read as it does there"


def written(text: str, here: str = "", **fields: str) -> str:
    """Return the text of a note after fields of it were edited in Anki, or why it stays; `here` is what it says now."""
    (note,) = exported(text, deck=DECK, chapter=CHAPTER)
    record = record_of(note, Media())
    given = dict(zip(field_names(record.note_type), record.fields, strict=True))
    edits = [Edit(record.guid, name, given[name], html) for name, html in fields.items()]
    found = applied(DECK, CHAPTER, here or text, record, edits, str)
    if isinstance(found, str):
        return found
    assert still_apart(DECK, CHAPTER, found[0], edits, str) == ()
    return found[0]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("la milla", "la milla"),
        ("<div>la milla</div>", "la milla"),
        ("la milla<br>", "la milla"),
        ("la milla&nbsp;", "la milla"),
        ("a<br><br>b", "a\n\nb"),
        ("<p>a</p><p>b</p>", "a\n\nb"),
        ("a<div>- b</div>", "a\\\n\\- b"),
        ("1852 <b>*metres*</b>, <i>no</i> more", r"1852 **\*metres\***, *no* more"),
        ("## Is it? {#x}", r"\## Is it? {#x}"),
        ("a<br>---", "a\\\n\\---"),
        ("[x]: y", "[x]: y"),
        ("![b](c.png)", r"\!\[b\](c.png)"),
        ("&lt;!-- a --&gt;", r"\<!-- a -->"),
        ("```", r"\```"),
        ("a $b$", r"a \$b\$"),
        ("&gt; a", r"\> a"),
    ],
)
def test_what_an_editor_of_anki_writes_is_the_same_words_here(html: str, text: str) -> None:
    """Signs of Markdown are only signs."""
    assert written(f"{MILE}a mile\n", Answer=html) == f"{MILE}{text}\n"


def test_words_that_stand_elsewhere_too_and_words_that_are_escaped() -> None:
    assert written("## mile {#mile}\n\nmile", Answer="la mile") == "## mile {#mile}\n\nla mile"
    assert written("## 2 \\* 3? {#six}\n\n6", Prompt="2 * *4") == "## 2 * *4 {#six}\n\n6"


def test_all_edits_of_a_note_or_none() -> None:
    text = "## a? {#a}\n\nTo {{c1::port}}; green.\n\n> slowly"
    edits = {"Text": "To<br>{{c1::port}}", "Extra": "slowly<br><br>but how"}
    assert written(text, **edits) == "## a? {#a}\n\nTo\\\n{{c1::port}}\n\n> slowly\n>\n> but how"
    assert written(text, **edits, Prompt="<u>a</u>") == "no text here says <u>"


@pytest.mark.parametrize(
    ("body", "html", "reason"),
    [
        ("a", "<u>b</u>", "no text here says <u>"),
        ("a", '<img src="' + "x" * 50 + '">', 'no text here says <img src="' + "x" * 30 + "…"),
        ("a", "", _UNLIKE),
        ("a\n\n<!-- by heart -->\n\nb", "c", _UNLIKE),
        ("a\n\nb <!-- by heart -->", "c", _UNLIKE),
        ("a\n\nb\u00a0c", "d", _UNLIKE),
        ("- a\n- b", "c", _UNLIKE),
        ("a", r"\(b\)", _UNLIKE),
        ("a", "[sound:b.mp3]", _UNLIKE),
    ],
)
def test_what_cannot_be_said_is_left_with_its_reason(body: str, html: str, reason: str) -> None:
    """Nor is anything lost that no reader sees: a comment, a hard space."""
    assert written(f"{MILE}{body}", Answer=html) == reason


def test_a_text_that_was_changed_here_is_left() -> None:
    assert written(f"{MILE}a", f"{MILE}b", Answer="c") == CHANGED
