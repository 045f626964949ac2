"""The few YAML lines at the top of a chapter: what they say, and every mistake in them with its line."""

from __future__ import annotations

import pytest

from srs.deck.front_matter import FrontMatter, read_front_matter
from srs.deck.values import Silence


def read(*lines: str) -> FrontMatter:
    """Read a chapter that begins with these lines between fences."""
    return read_front_matter(["---", *lines, "---", "", "## What? {#a}"])


def test_a_chapter_need_not_say_anything() -> None:
    assert read_front_matter(["## What? {#a}"]) == FrontMatter()
    assert read_front_matter([]) == FrontMatter()
    assert read() == FrontMatter(lines=2)


def test_what_is_said_is_read() -> None:
    found = read("title:  Sea ", "tags: [a, b, a]", "source: A book", "style: {mile: {yes-no: so it is asked}}")
    assert found == FrontMatter("Sea", ("a", "b"), "A book", (Silence("mile", "yes-no", "so it is asked", 5),), 6)


def test_one_tag_needs_no_brackets() -> None:
    assert read("tags: sea").tags == ("sea",)


@pytest.mark.parametrize(
    ("lines", "line", "message"),
    [
        (["", "title: [a]"], 3, "title and source take one line of text"),
        (["source: {a: b}"], 2, "title and source take one line of text"),
        (["title: a", "tags: [[a]]"], 3, "tags takes a list of words"),
        (["tags: E4, 手滑"], 2, "tags 'E4, 手滑' is no list; put brackets around it"),
        (["tags: a b"], 2, "tags 'a b' is no list; put brackets around it"),
        (["tags: [a b]"], 2, "tag 'a b' holds a space"),
        (["titel: a"], 2, "unknown key 'titel' in front matter; did you mean title?"),
        (["title: a", "title: b"], 3, "title appears twice in the front matter; keep one of them"),
        (["- a"], 2, "front matter takes lines such as title: …, tags: […]"),
        (["title: a", "tags: [a"], 3, "front matter is not YAML"),
        (["style: no"], 2, "style takes lines such as"),
        (["style: {mile: {yes-no: }}"], 2, "style takes lines such as"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_the_rest_is_read(lines: list[str], line: int, message: str) -> None:
    found = read(*lines)
    (mistake,) = found.mistakes
    assert mistake.line == line
    assert mistake.message.startswith(message)
    assert found.lines == len(lines) + 2


def test_front_matter_that_is_not_closed_takes_the_file() -> None:
    found = read_front_matter(["---", "title: a", "## What?"])
    assert (found.lines, found.mistakes[0].line) == (3, 1)
    assert "not closed" in found.mistakes[0].message


def test_a_wrong_line_leaves_what_the_others_say() -> None:
    found = read("title: [a]", "source: A book", "tags: [a b, c]")
    assert (found.title, found.source, found.tags) == ("", "A book", ("c",))
    assert [mistake.line for mistake in found.mistakes] == [2, 4]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("title: x\ntags: &a [x]\nsource: *a", 4, "*a repeats what stands elsewhere"),
        ("a: &a x\n*a : y", 3, "*a repeats what stands elsewhere"),
        ("title: &a [*a]", 2, "*a repeats what stands elsewhere"),
        ("title: x\ntags: " + "[" * 3000, 3, "lists nested more than 8 deep"),
        ("title: x\ntags: " + "[" * 3000 + "]" * 3000, 3, "lists nested more than 8 deep"),
        ("title: x\nsource: " + r'"a\ud800b"', 3, "half a character, which no file can hold"),
        ("title: x\nsource: " + r'"\U99999999"', 3, "no such character"),
        *((f"title: x\nso{sign}urce: y", 3, f"the sign U+{ord(sign):04X} is not") for sign in "\0\x0c\x11\x7f\ufffe"),
        ("x" * 16_001, 1, "front matter of 16,001 characters; at most 16,000 are read"),
        ("[a, b]: c", 2, "unknown key ''"),
        ("x" * 300 + ": c", 2, "unknown key '" + "x" * 59 + "…"),
        ("style: {a: {[b]: c}}", 2, ""),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_nobody_writes_is_told_with_its_line(text: str, line: int, said: str) -> None:
    """And read no further: an alias stands for itself many times over, and a list in a list may never end."""
    front = read_front_matter(["---", *text.split("\n"), "---", "## a"])
    assert front.lines == text.count("\n") + 3
    if said:
        assert [(mistake.line, said in mistake.message) for mistake in front.mistakes] == [(line, True)]
