"""Laws of the parser: it never raises, a note's text makes the note again, and ids are all that --fix inserts."""

from __future__ import annotations

import re
import string
from pathlib import Path

from hypothesis import example, given
from hypothesis import strategies as st

from srs.deck import Kind, note_from_text
from srs.deck.chapter import read_chapter
from srs.deck.face import answered, asked, recalled
from srs.deck.identify import identify
from srs.deck.layout import plain

ROOT = Path("ship")
FILE = ROOT / "sea.md"
WORDS = ["## ", "{#a}", "{#b .set}", "{#c1}", "1. ", "- ", "> ", "{{c1::", "::", "}}", "$", "`", "---\n", "\n", "\n\n"]
FOREIGN = [
    "<!--",
    "-->",
    "```\n",
    "$$",
    "<b>",
    "![[x]]",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "# ",
    "##",
    "{x}\n",
    "\\",
]
SIGNS = st.sampled_from(
    [*WORDS, *FOREIGN, "起锚", "sea", " ", "[x](y)", "![i](none.png)", "| a |\n|---|\n", "\r\n", "\x0c", "\x1b"]
)
MARKDOWN = st.lists(SIGNS | st.text(max_size=4), max_size=40).map("".join)
LINE = st.text(alphabet=string.ascii_letters + "起锚绞 ", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(st.binary(max_size=300) | MARKDOWN.map(str.encode))
@example(b"---\n---")
@example(b"## \n{{c1::\n")
def test_any_bytes_are_read(data: bytes) -> None:
    """Whatever a file holds becomes notes and problems, each with a line that the file has."""
    chapter, problems = read_chapter(FILE, ROOT, data)
    lines = data.count(b"\n") + 1
    assert all(1 <= problem.line <= lines for problem in problems)
    assert all(1 <= note.line <= lines for note in chapter.notes)


@given(MARKDOWN)
def test_a_notes_text_makes_the_note_again(text: str) -> None:
    """The store keeps only a note's text: from it come the same cards, asking and answering the same."""
    chapter, _ = read_chapter(FILE, ROOT, text.encode())
    for note in chapter.notes:
        again = note_from_text(note.text)
        assert (again.id, again.kind, again.parts) == (note.id, note.kind, note.parts)
        for part in note.parts:
            for face in (asked, answered):
                assert plain(face(again, part).body) == plain(face(note, part).body)
            assert plain(recalled(again, part)) == plain(recalled(note, part))


@given(st.lists(LINE, min_size=1, max_size=20))
def test_a_steps_card_hides_its_own_step_and_shows_the_others(lines: list[str]) -> None:
    items = [f"{word} {number}x" for number, word in enumerate(lines)]
    text = "## How? {#how .steps}\n\n" + "".join(f"1. {item} {{#c{n}}}\n" for n, item in enumerate(items, 1))
    note = note_from_text(text)
    assert note.kind is Kind.STEPS
    for number, item in enumerate(items, 1):
        shown = plain(asked(note, f"c{number}").body)
        assert plain(recalled(note, f"c{number}")) == item
        assert not re.search(rf"{re.escape(item)}$", shown, re.MULTILINE)
        assert all(re.search(rf"{re.escape(other)}$", shown, re.MULTILINE) for other in items if other != item)


@given(MARKDOWN, st.sampled_from([b"\n", b"\r\n"]), st.booleans())
def test_fixing_inserts_ids_and_nothing_else(text: str, end: bytes, mark: bool) -> None:
    """Taking the new labels out again gives the file as it was, and a second fix has nothing to do."""
    data = (b"\xef\xbb\xbf" if mark else b"") + text.replace("\r", "").encode().replace(b"\n", end)
    fixed, new = identify(FILE, ROOT, data, frozenset())
    before, after = data.split(b"\n"), fixed.split(b"\n")
    assert len(before) == len(after)
    for old, line in zip(before, after, strict=True):
        assert line == old or re.sub(rb" \{#[\w.-]+\}(?=[ \t#]*\r?$)", b"", line, count=1) == old
    assert identify(FILE, ROOT, fixed, new) == (fixed, frozenset())


@given(MARKDOWN)
def test_fixing_leaves_no_note_without_an_id(text: str) -> None:
    fixed, _ = identify(FILE, ROOT, text.encode(), frozenset())
    chapter, _ = read_chapter(FILE, ROOT, fixed)
    assert all(note.identified and all(step.numbered for step in note.steps) for note in chapter.notes)
