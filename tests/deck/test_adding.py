"""Notes added at the end of a chapter: whatever they say, they say it as it stands, and nothing else changes."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from srs.deck.adding import ChapterEnd, add_markdown, add_plain
from srs.deck.chapter import read_chapter
from srs.deck.face import answered
from srs.deck.layout import plain, plain_inline
from srs.deck.plaintext import paragraphs, writings
from srs.deck.values import Kind
from srs.errors import SrsError, UsageError

ROOT = Path("ship")
FILE = ROOT / "sea.md"
PIECES = [
    *(
        "## ",
        "# ",
        "#",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2) ",
        "> ",
        "```",
        "~~~",
        "`",
        "$",
        "$$",
        "{{c1::",
        "{{c1:",
        "{{cx::",
    ),
    *(
        "::",
        "}}",
        "{{",
        "{#a}",
        "{#a .set}",
        "{my-id}",
        "{.type}",
        "{",
        "}",
        "|",
        "| a |\n|---|\n",
        "---",
        "===",
        "***",
    ),
    *("![i](n.png)", "[x](y)", "![[x.png]]", "<!-- ", "-->", "<b>", "List<String>", "&amp;", "&#32;", "\\", "**", "_"),
    *(
        "<<<<<<< ",
        "=======",
        ">>>>>>> ",
        "~~",
        "\n",
        "\n\n",
        " ",
        "    ",
        "\t",
        "\u3000",
        "\xa0",
        "\u2028",
        "起锚",
        "sea",
    ),
    *("[a]: b", "[^1]", "https://a.b", "1.", "A.", "!", "(20 s)", '{cards="a"}', "…", "\ufeff", ":", "=", "\\\n"),
]
SIGNS = st.characters(exclude_categories=["Cc", "Cs"])
TEXT = st.lists(st.sampled_from(PIECES) | st.text(SIGNS, max_size=4), min_size=1, max_size=12).map("".join)
QUESTION = TEXT.map(lambda text: " ".join(text.split("\n")).strip())
BEFORE = st.sampled_from(
    [
        *("", "## Mile? {#mile}\n\n1852 m.", "---\ntitle: Sea\n---\n", "## L {#l}\n\n1. a {#c1}\n2. b {#c2}\n\n"),
        *("## Q {#q}\n\n> said", "## C {#c}\n\n```\nx\n```\n", "## T {#t}\r\n\r\nx\r\n", "\ufeff## B {#b}\n\nx\n---\n"),
    ]
)


@given(BEFORE, QUESTION, TEXT)
@example("", "## a", "- a\n- b")
@example("", "What is {#x}?", "    x = {{c1::y}}\n\n\n> so\\")
@example("## Q {#q}\n\n> said", "C #", "1. one\n2. two")
def test_a_note_asks_and_answers_exactly_what_was_added(before: str, question: str, answer: str) -> None:
    """And all that stood in the chapter stands there still."""
    assume(question and paragraphs(answer))
    data = before.encode()
    old, _ = read_chapter(FILE, ROOT, data)
    added = add_plain(ChapterEnd(FILE, ROOT, data, {note.id for note in old.notes}), question, answer)
    assert added.data.startswith(data)
    new, problems = read_chapter(FILE, ROOT, added.data)
    assert problems == ()
    assert [(note.id, note.text, note.line) for note in new.notes[:-1]] == [(n.id, n.text, n.line) for n in old.notes]
    note = new.notes[-1]
    assert (note.kind, note.parts, note.extra, note.identified) == (Kind.BASIC, ("",), (), True)
    assert plain_inline(note.prompt) == question
    assert plain(answered(note, "").body) == "\n".join(line for lines in paragraphs(answer) for line in lines)


@pytest.mark.parametrize(
    ("question", "answer", "text"),
    [
        ("How long is a mile?", "1852 m.", "## How long is a mile? {#sea-how-long-is-a}\n\n1852 m.\n"),
        ("snake_case", "x = a * b", "## snake_case {#sea-snake-case}\n\nx = a * b\n"),
        ("x", "# five", "## x {#sea-x}\n\n\\# five\n"),
        ("x", "1. one\n2. two", "## x {#sea-x}\n\n1\\. one\\\n2\\. two\n"),
        ("x", "- one", "## x {#sea-x}\n\n\\- one\n"),
        ("x", "> said", "## x {#sea-x}\n\n\\> said\n"),
        ("x", "a\n\nb", "## x {#sea-x}\n\na\n\nb\n"),
        ("a **b**", "{{c1::x}}", "## a \\*\\*b\\*\\* {#sea-a-b}\n\n\\{{c1::x}}\n"),
        ("x", "  y", "## x {#sea-x}\n\n&#32;&#32;y\n"),
    ],
)
def test_what_needs_no_escape_has_none(question: str, answer: str, text: str) -> None:
    assert add_plain(ChapterEnd(FILE, ROOT, b"", frozenset()), question, answer).data.decode() == text


def test_an_id_that_the_deck_ever_had_is_not_given_again() -> None:
    end = ChapterEnd(FILE, ROOT, b"", {"sea-mile"})
    assert [note.id for note in add_plain(end, "Mile?", "1852 m.").notes] == ["sea-mile-1"]


def test_tags_stand_with_the_id() -> None:
    end = ChapterEnd(FILE, ROOT, b"", frozenset())
    data = add_plain(end, "Mile?", "1852 m.", ["sea", "海里", "sea"]).data
    assert data.decode().startswith('## Mile? {#sea-mile tags="sea 海里"}\n')


@pytest.mark.parametrize(
    ("question", "answer", "tags", "said"),
    [
        ("", "x", [], "the question is empty"),
        (" \n", "x", [], "the question is empty"),
        ("x", " \n ", [], "the answer is empty"),
        ("a\nb", "x", [], "the question has several lines"),
        ("a\x1bb", "x", [], r"the question holds '\\x1b', which is not text"),
        ("a", "x\udcff", [], r"the answer holds '\\udcff', which is not text"),
        ("a", "x\ry", [], r"the answer holds '\\r', which is not text"),
        ("a", "x", ["two words"], "tag 'two words' is not one word"),
        ("a", "x", ['"'], "is not one word"),
        ("a", "x", [""], "is not one word"),
    ],
)
def test_what_no_note_can_hold_is_said(question: str, answer: str, tags: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        add_plain(ChapterEnd(FILE, ROOT, b"", frozenset()), question, answer, tags)


def test_nothing_is_added_where_a_note_would_not_be_read() -> None:
    with pytest.raises(SrsError, match="does not take a note at its end"):
        add_plain(ChapterEnd(FILE, ROOT, b"---\ntitle: x\n", frozenset()), "Mile?", "1852 m.")


def test_below_a_fence_that_is_not_closed_a_note_is_read_or_not_added() -> None:
    before = b"## A {#a}\n\n```\nx\n"
    with suppress(SrsError):
        data = add_plain(ChapterEnd(FILE, ROOT, before, frozenset()), "Mile?", "1852 m.").data
        assert [note.id for note in read_chapter(FILE, ROOT, data)[0].notes][-1] == "sea-mile"


def test_a_line_that_is_too_long_is_said() -> None:
    with pytest.raises(SrsError, match="is too long for a card"):
        add_plain(ChapterEnd(FILE, ROOT, b"", frozenset()), "Mile?", "m" * 20_001)


def test_markdown_is_added_as_it_stands_with_the_ids_that_lack() -> None:
    before = b"## No id\n\nx\n"
    added = add_markdown(
        ChapterEnd(FILE, ROOT, before, {"b"}), "## A\n\n1. x\n2. y\n\n## C {#c}\n\n**z**\n", Path("d.md")
    )
    assert not isinstance(added, tuple)
    assert added.data == before + b"\n## A {#sea-a}\n\n1. x {#c1}\n2. y {#c2}\n\n## C {#c}\n\n**z**\n"
    assert [note.id for note in added.notes] == ["sea-a", "c"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("## A {#b}\n\nx\n", "d.md:1: id b is taken in this deck; choose another"),
        ("\n## A\n", "d.md:2: this note has no body; write the answer below its heading"),
        ("words\n", "d.md:1: "),
    ],
)
def test_mistakes_of_markdown_are_told_of_the_draft(text: str, said: str) -> None:
    wrong = add_markdown(ChapterEnd(FILE, ROOT, b"", {"b"}), text, Path("d.md"))
    assert isinstance(wrong, tuple)
    assert wrong[0].startswith(said)


def test_the_last_writing_names_every_sign() -> None:
    assert list(writings([["1. a"]]))[-1] == "1&#46; a"
