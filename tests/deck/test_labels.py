"""Labels in braces: what is read of them, and what of them counts as the text of a note."""

from __future__ import annotations

import pytest

from srs.deck.labels import LABEL, Label, LineEnd, heading_of, read_label, read_line_end, without_labels


def label(text: str) -> Label:
    """Return the label at the end of a text."""
    found = LABEL.search(text)
    assert found
    return read_label(found)


def test_an_id_may_be_followed_by_classes_and_values_in_any_order() -> None:
    read = label('How? {#how .steps tags="a  b a" .type rank=3}')
    assert (read.id, read.classes, read.tags, read.rank, read.rest) == ("how", ("steps", "type"), ("a", "b"), 3, "")
    assert label("x {#how rank=3 .steps}").classes == ("steps",)
    assert label("x {#how tags=one}").tags == ("one",)
    assert label('x {#how tags=""}').tags == ()


@pytest.mark.parametrize("rest", ["steps", "a.b", "tags=“a b”", 'tags="a', ".a.b", 'tags="a"b', "= 1"])
def test_what_does_not_belong_is_the_rest(rest: str) -> None:
    read = label(f"x {{#how .set {rest}}}")
    assert (read.id, read.classes, read.rest.strip()) == ("how", ("set",), rest)


@pytest.mark.parametrize(
    "line",
    [
        "## How? {#how}",
        "  ## How? {#how .set}",
        "## How?{#how}",
        "##\tHow? {#how} ##",
        "## How? {#how} <!-- so -->",
        "## How?",
    ],
)
def test_a_heading_is_told_without_its_signs(line: str) -> None:
    assert heading_of(f"{line}\n\nSo.") == "How?"


@pytest.mark.parametrize("heading", ["What is `{#id}`?", "What is in C#?", "What does {#x} y mean?"])
def test_a_heading_is_told_with_the_signs_that_it_is_about(heading: str) -> None:
    assert heading_of(f"## {heading} {{#how}}") == heading


@pytest.mark.parametrize(
    ("written", "reads"),
    [
        (r"\- x \{\{c1::y\}\}", "- x {{c1::y}}"),
        (r"\# \*no\* \\ and \$5", r"# *no* \ and $5"),
        (r"`\*` and ``a`\_`` but \_", r"`\*` and ``a`\_`` but _"),
        (r"$\{x\}$ and \{x\}", r"$\{x\}$ and {x}"),
        (r"C:\new 不\要", r"C:\new 不\要"),
    ],
)
def test_a_heading_is_told_without_backslashes_that_make_text_of_signs(written: str, reads: str) -> None:
    assert heading_of(f"## {written} {{#how}}") == reads


def test_the_text_of_a_note_is_the_same_with_another_id_or_rank() -> None:
    assert without_labels('## How? {#how .steps tags="a b" rank=1} ##') == '## How? .steps tags="a b" ##'
    assert without_labels("## How? {#how rank=20}") == without_labels("## How? {#why}") == "## How?"


@pytest.mark.parametrize(
    ("text", "seconds", "cards"),
    [
        ("say (20 s)", 20, None),
        ("say（20 秒）", 20, None),
        ("say ( 90s )  ", 90, None),
        ("say (2 min)", 120, None),
        ("say (20 seconds)", 20, None),
        ("say (1 minute)", 60, None),
        ("say（20秒钟）", 20, None),
        ("say（2 分钟）", 120, None),
        ('say {cards="a b/c1"}', None, ("a", "b/c1")),
        ('say (20 s) {cards="a"}', 20, ("a",)),
        ('say {cards="a"} (20 S)', 20, ("a",)),
        ('say {cards=""}', None, ()),
    ],
)
def test_a_line_ends_in_its_time_and_its_cards(text: str, seconds: int | None, cards: tuple[str, ...] | None) -> None:
    assert read_line_end(text) == ("say", LineEnd(seconds, cards))


@pytest.mark.parametrize(
    "text", ["say (20)", "say (s)", "(20 s) say", "say (20 sea)", "say {cards=a}", "say (about 20 s)"]
)
def test_what_only_looks_like_it_is_text(text: str) -> None:
    assert read_line_end(text) == (text, LineEnd())
