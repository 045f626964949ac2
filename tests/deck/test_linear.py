"""Reading takes work in proportion to the text: doubled again and again, each reader's work doubles too.

Work is counted in lines of Python that run, so no clock and no machine decides.
"""

from __future__ import annotations

import gc
import re
import tracemalloc
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from markdown_it.token import Token

from exporters.anki.alike import reading
from exporters.anki.wording import as_markdown
from srs.deck import read_decks
from srs.deck.chapter import read_chapter
from srs.deck.face import asked
from srs.deck.identify import identify
from srs.deck.labels import without_labels
from srs.deck.markdown import inline_text, parse
from srs.deck.note import whole
from srs.deck.style import advise
from tests.working import work

if TYPE_CHECKING:
    from collections.abc import Callable

    Text: TypeAlias = Callable[[int], str]

pytestmark = pytest.mark.slow

FILE = Path("/deck/sea.md")
STEP = 2.5
TEXTS: dict[str, Text] = {
    "paragraphs": lambda size: "some *words* of a `text`\n\n" * size,
    "notes": lambda size: "## a {#a}\n\nb\n\n" * size,
    "notes without ids": lambda size: "## a\n\nb\n\n" * size,
    "chinese notes without ids": lambda size: "".join(f"## 问{number}\n\n答\n\n" for number in range(size)),
    "items": lambda size: "## a\n\n" + "- b\n" * size,
    "clozes never closed": lambda size: "## a\n\n" + ("{{c1:: " * 4 + "\n") * size,
    "clozes": lambda size: "## a\n\n" + "{{c1::a}} b\n" * size,
    "brackets": lambda size: "## a\n\n" + "[[[[ ![ ![\n" * size,
    "comments told one by one": lambda size: "## a\n\n" + "<!--\n" * 8 * size,
    "formulas never closed": lambda size: "## a\n\n" + "$$a\n---\n" * 2 * size,
    "emphasis": lambda size: "## a\n\n" + "*a **b _c\n" * size,
    "code": lambda size: "## a\n\n" + "` `` ```` a\n" * size,
    "formulas": lambda size: "## a\n\n" + "$a $$b c\n" * size,
    "rows": lambda size: "## a\n\n|a|b|\n|-|-|\n" + "|c|d|\n" * size,
    "wide tables": lambda size: "## a\n\n" + "|a" * 2 * size + "|\n" + "|-" * 2 * size + "|\n" + "|\n" * size,
    "blanks in a heading": lambda size: "## a" + " " * 40 * size + "b {#c}\n\nd\n",
    "classes": lambda size: "## a {#b" + " .c" * 20 * size + "!}\n\nd\n",
    "labels": lambda size: "## a " + "{#b " * 15 * size + "\n\nd\n",
    "comments never closed": lambda size: "## a\n\n" + "<!-- a\n" * size,
    "comments": lambda size: "## a\n\n" + "b <!-- a --> c\n" * size,
    "tags": lambda size: "## a\n\n" + "x<A> <b> <List> c\n" * size + "</A>\n",
    "pictures misspelt": lambda size: "## a\n\n" + "![[b]] ![](a b.png\n" * size,
    "clozes nearly": lambda size: "## a\n\n" + "`{{c::` {{ c1 ::\n" * size,
    "clozes in code": lambda size: "## a\n\n```\n" + "{{c1::a}} {{c2::\n" * size + "```\n",
    "code without an end": lambda size: "## a {#a}\n\n```\n\n" * size,
    "conflicts": lambda size: "## a\n\n" + "<<<<<<< a\nb\n=======\nc\n" * size,
    "outlines": lambda size: "## a {#a .mock}\n\n" + '- b (5 min) {cards="c d"}\n' * size,
    "text outside notes": lambda size: "# a\n\nb\n\n" * size,
    "closing signs": lambda size: "## a" + " #" * 20 * size + "b\n\nd\n",
}


@pytest.mark.parametrize("name", TEXTS)
def test_twice_the_text_is_twice_the_work(name: str) -> None:
    data = [TEXTS[name](size).encode() for size in (30, 60, 120)]
    read = [work(lambda each=each: read_chapter(FILE, FILE.parent, each)) for each in data]  # type: ignore[misc]
    given = [work(lambda each=each: identify(FILE, FILE.parent, each, frozenset())) for each in data]  # type: ignore[misc]
    for once, twice in (*pairwise(read), *pairwise(given)):
        assert twice <= STEP * once + 500


def test_twice_the_deck_is_twice_the_advice(tmp_path: Path) -> None:
    """In one chapter, which is the worst case of what looks at siblings."""
    (tmp_path / "deck.toml").write_text('name = "a"\nnamespace = "a"\n', encoding="utf-8")
    kinds = ("Text {}, text.\n", "- {}\n- b\n- c\n- d\n", "1. a\n2. {}\n", "{{{{c1::{}}}}} and {{{{c2::b}}}}.\n")

    def advised(size: int) -> int:
        names = [f"{number * 2654435761 % 2**32:08x}" for number in range(size)]
        notes = [f"## What {name}? {{#n{name}}}\n\n{kinds[at % 4].format(name)}" for at, name in enumerate(names)]
        (tmp_path / "a.md").write_text("\n".join(notes), encoding="utf-8")
        (deck,), _ = read_decks(tmp_path)
        return work(lambda: advise(deck))

    for once, twice in pairwise([advised(30), advised(60), advised(120)]):
        assert twice <= STEP * once + 500


@pytest.mark.parametrize("sign", [" ", "\t", " .", " rank=", "{#a ", "(1 ", "{cards=", "aA", "{{c1::aA", "`a`"])
def test_no_expression_looks_back_at_a_long_line(sign: str) -> None:
    """An expression counts no lines; at this length a quadratic one would be seen by anybody who waits."""
    line = sign * 6_000
    assert without_labels(f"## a{line}b\n" * 20)
    for text in (
        f"## a {line}b\n\n1. c {line}d\n",
        f"## a {{#a .mock{line}}}\n\n- c {line}d\n- {{{{c1::{line} x::y}}}}\n",
    ):
        assert read_chapter(FILE, FILE.parent, text.encode())


@pytest.mark.parametrize("begin", ["<b ", "</b ", "<br ", "< "])
def test_tags_that_never_close_are_passed_over_at_once(begin: str) -> None:
    """An expression counts no lines; at this length a quadratic one would be seen by anybody who waits."""
    assert as_markdown(begin * 200_000)
    assert reading(begin * 20_000)


@pytest.mark.parametrize("sign", ["![", "[", "![a](b", "[`]`", "![["])
def test_brackets_that_close_nothing_are_told_once_there_are_too_many(
    sign: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands in other notes, and links before, are links."""
    monkeypatch.setattr("srs.deck.bounds.MOST_STEPS", 1000)
    text = "## a {#a}\n\nb [c](d)\n\n## e {#e}\n\n" + f"{sign}\n" * 1200
    chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
    assert [problem.rule for problem in problems] == ["many-brackets"]
    assert re.fullmatch(
        r"/deck/sea\.md:\d+: too many square brackets .*; close them, or write \\\[ .*", str(problems[0])
    )
    assert [note.id for note in chapter.notes] == ["a"]
    assert any(child.type == "link_open" for child in chapter.notes[0].answer[1].children or ())


@pytest.mark.parametrize("text", ["$$a\n\n$$b$$\n", "$$a\n---\n> $$b\n> $$\n", "- $$a\n---\n\n$$b$$ (one)\n"])
def test_a_formula_below_one_without_an_end_is_read(text: str) -> None:
    assert [token for token in parse(f"## a {{#a}}\n\n{text}") if token.type.startswith("math_block")]


def test_clozes_without_end_are_told_once_there_are_too_many() -> None:
    text = "## a {#a}\n\n" + "{{c1::\n" * 2000
    _, problems = read_chapter(FILE, FILE.parent, text.encode())
    assert len(problems) == 501
    assert str(problems[-1]).endswith(":503: more than 500 clozes in a paragraph; split it")


def test_a_table_that_no_screen_shows_is_told() -> None:
    """Its cells would be laid out one by one: columns times rows."""
    for columns, told in ((50, False), (51, True)):
        text = "## a {#a}\n\nb\n\n" + "|x" * columns + "|\n" + "|-" * columns + "|\n|y|\n## c {#c}\n\nd\n"
        chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
        assert len(chapter.notes) == 2 - told
        assert [str(each) for each in problems] == [
            "/deck/sea.md:5: a table of 51 columns; at most 50 make a card"
        ] * told


def test_what_is_nested_too_deep_to_be_read_is_told() -> None:
    """The parser leaves out what follows, too: a chapter that is not sound retires nothing."""
    for sign in ("> ", "- ", "1. "):
        text = f"## a {{#a}}\n\nb\n\n{sign * 30}lost\n"
        chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
        assert chapter.notes == ()
        assert {problem.line for problem in problems} == {5}
        assert "nested too deep" in problems[0].message


def test_what_is_nested_less_deep_is_read_whole() -> None:
    for sign, deep in (("> ", 18), ("- ", 9)):
        text = f"## a {{#a}}\n\nb\n\n{sign * deep}kept\n\nc\n"
        chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
        assert problems == ()
        assert any("kept" in token.content for token in chapter.notes[0].answer)


def test_a_chapter_of_more_pieces_than_anybody_writes_is_told_and_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.deck.chapter.MOST_PIECES", 40)
    text = "## a {#a}\n\nb\n\n## c {#c}\n\n" + "*d* " * 20 + "\n\n## e {#e}\n\nf\n"
    chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
    assert [note.id for note in chapter.notes] == ["a"]
    assert [str(problem) for problem in problems] == [
        "/deck/sea.md:5: more than 40 pieces of text in a chapter, so what follows is not read; split it"
    ]


def test_a_note_longer_than_anybody_reads_is_told_and_left_out() -> None:
    """A screen lays all of a card out, a character at a time, before it shows any of it."""
    text = "## a {#a}\n\nb\n\n## c {#c}\n\n" + "word\n" * 4000 + "\n## e {#e}\n\nf\n"
    chapter, problems = read_chapter(FILE, FILE.parent, text.encode())
    assert [note.id for note in chapter.notes] == ["a", "e"]
    assert [str(problem) for problem in problems] == [
        "/deck/sea.md:5: a note of 20,010 characters; at most 20,000 make a card"
    ]
    assert len(read_chapter(FILE, FILE.parent, text.replace("word\n" * 4000, "word\n" * 3900).encode())[0].notes) == 3


@pytest.mark.parametrize(("bound", "most"), [("MOST_TEXT", 70), ("MOST_NOTES", 2)])
def test_beyond_what_all_decks_may_hold_each_chapter_is_told_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: int
) -> None:
    """Each of the others may be read, and nothing that is not read is taken for gone."""
    monkeypatch.setattr(f"srs.deck.check.{bound}", most)
    for name in ("one", "two"):
        deck = tmp_path / name
        deck.mkdir()
        (deck / "deck.toml").write_text(f'name = "{name}"\nnamespace = "{name}"\n', encoding="utf-8")
        for chapter in ("a", "b", "c"):
            text = f"## q {{#{chapter}}}\n\n{'*a* ' * 5}\n"
            (deck / f"{chapter}.md").write_text(text, encoding="utf-8")
    decks, problems = read_decks(tmp_path)
    read = [f"{deck.folder.deck.namespace}/{chapter.path}" for deck in decks for chapter in deck.chapters]
    assert read == ["one/a.md", "one/b.md"]
    assert [(problem.path.name, problem.rule) for problem in problems] == [
        (f"{name}.md", "much-text") for name in ("c", "a", "b", "c")
    ]
    assert [deck.sound for deck in decks] == [False, False]


def test_of_a_deck_that_was_read_the_text_is_kept_and_no_parse(tmp_path: Path) -> None:
    """The parse takes a hundred times as much memory; a note that lacks it is not taken for one that asks nothing."""
    (tmp_path / "deck.toml").write_text('name = "a"\nnamespace = "a"\n', encoding="utf-8")
    (tmp_path / "a.md").write_text("## *q* {#a}\n\nb\n", encoding="utf-8")
    before = sum(isinstance(each, Token) for each in gc.get_objects())
    (deck,), _ = read_decks(tmp_path)
    ((note,),) = (chapter.notes for chapter in deck.chapters)
    assert sum(isinstance(each, Token) for each in gc.get_objects()) == before
    with pytest.raises(AssertionError, match="whole reads it again"):
        _ = [*asked(note, "").prompt]
    assert inline_text(whole(note).prompt) == "q"


@pytest.mark.slow
def test_ten_chapters_take_little_more_memory_than_one(tmp_path: Path) -> None:
    """Each is let go before the next is read, but for its text."""
    body = "a `b` *c* " * 40
    peaks = []
    for count in (1, 10):
        deck = tmp_path / str(count)
        deck.mkdir()
        (deck / "deck.toml").write_text('name = "a"\nnamespace = "a"\n', encoding="utf-8")
        for number in range(count):
            notes = (f"## q {{#q{number}-{each}}}\n\n{body}\n" for each in range(20))
            (deck / f"{number}.md").write_text("\n".join(notes), encoding="utf-8")
        tracemalloc.start()
        read_decks(deck)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 4 * peaks[0], peaks
