"""Slips of the keyboard and labels out of place: told, with what to write."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.deck.chapter import read_chapter
from tests.deck.test_stray import A, B

ROOT = Path("ship")


def told(text: str) -> list[tuple[str, int, str]]:
    """Return the rule, the line and the sentence of each mistake of a chapter."""
    _, problems = read_chapter(ROOT / "sea.md", ROOT, text.encode())
    assert not any(problem.warning for problem in problems)
    return [(problem.rule, problem.line, problem.message) for problem in problems]


@pytest.mark.parametrize(
    ("heading", "column"),
    [("A {my-id}", 6), ("A {.type}", 6), ("{.basic .type}", 4), ("A {my-id} ##", 6), ("A {x} {#a}", 6)],
)
def test_a_word_in_braces_at_the_end_of_a_heading_is_told(heading: str, column: int) -> None:
    _, problems = read_chapter(ROOT / "sea.md", ROOT, f"## {heading}\n\na\n".encode())
    assert [(problem.rule, problem.column) for problem in problems] == [("heading-braces", column)]


@pytest.mark.parametrize("heading", ["`{a}`", "$\\sqrt{a}$", "A \\{a}", "f{a}", "{a}?", "{two words}", "{{a}}", "A {}"])
def test_other_braces_in_a_heading_are_text(heading: str) -> None:
    assert told(f"## {heading} {{#a}}\n\na\n") == []


@pytest.mark.parametrize("sign", ["{#x", "#x}", "{#x .both", '{#x tags="a b"', '#x tags="a b" rank=1}'])
def test_a_label_that_lacks_a_brace_is_told(sign: str) -> None:
    whole = f"{{{sign.strip('{}')}}}"
    ((rule, line, message),) = told(f"{A}## X {sign}\n\nx\n\n{B}")
    assert (rule, line, f"write {whole}" in message) == ("label-place", 5, True)


@pytest.mark.parametrize("sign", ["{#c2", "#c2}", "{c2}", "(#c2)", "（#c2）"])
def test_a_number_of_a_step_with_other_signs_is_told(sign: str) -> None:
    ((rule, line, message),) = told(f"## X {{#x}}\n\n1. a {{#c1}}\n2. b {sign}\n\n{B}")
    assert (rule, line, "write {#c2}" in message) == ("label-place", 4, True)


@pytest.mark.parametrize(
    "heading",
    ["`{#a`", "\\{#a", "f{#a", "What is {#a in it?", "a#b}", "{one #b}", "$\\{a #b\\}$", "Channel #a", "{c2}?"],
)
def test_half_a_pair_of_braces_that_is_no_label_is_text(heading: str) -> None:
    assert told(f"## {heading} {{#a}}\n\n1. {heading} {{#c1}}\n2. b {{#c2}}\n") == []


@pytest.mark.parametrize("sign", ["｛#x｝", "{＃x}", "{#x｝", "｛＃x .both｝", "｛＃ｘ｝"])
def test_a_label_in_full_width_signs_is_told(sign: str) -> None:
    right = "{#x .both}" if "both" in sign else "{#x}"
    ((rule, line, message),) = told(f"{A}## X {sign}\n\nx\n\n{B}")
    assert (rule, line, f"write {right}" in message) == ("full-width", 5, True)
    ((rule, line, message),) = told(f"## X {{#x}}\n\n1. a {{#c1}}\n2. b {sign}\n\n{B}")
    assert (rule, line, f"write {right}" in message) == ("full-width", 4, True)


@pytest.mark.parametrize("line", ["＃＃ Q", "＃＃Q", "#＃ Q", "＃＃＃ Q"])
def test_a_heading_in_full_width_signs_is_told(line: str) -> None:
    ((rule, number, message),) = told(f"{A}{line}\n\nx\n\n{B}")
    assert (rule, number, "write ##" in message) == ("full-width", 5, True)


@pytest.mark.parametrize("line", ["＃1 is first", "`＃＃ Q`", "> ＃＃ Q", "a ＃＃ Q", "｛#x｝ in a body"])
def test_other_full_width_signs_are_text(line: str) -> None:
    assert told(f"## X {{#x}}\n\n{line}\n") == []


@pytest.mark.parametrize("sign", ["{{c1：：a}}", "{{c1：a}}", "`{{c1：：a}}`", "{{c1::a：：b}}", "{{C1：：a}}"])
def test_a_cloze_with_full_width_colons_is_told(sign: str) -> None:
    ((rule, line, message),) = told(f"## X {{#x}}\n\nx\n{sign}\n")
    assert (rule, line, "::" in message) == ("cloze-misspelt", 4, True)


@pytest.mark.parametrize("marks", ["#", "###", "####"])
def test_a_label_on_a_heading_that_begins_no_note_is_told(marks: str) -> None:
    found = told(f"{A}{marks} Q {{#q}}\n\n{B}")
    assert [(rule, line) for rule, line, _ in found] == [("label-place", 5)]
    assert "write ##" in found[0][2]


@pytest.mark.parametrize(
    ("heading", "remedy"),
    [
        ("X {#x} more", "move it to the line's end"),
        ("X {#x}。", "move it to the line's end"),
        ("X {#x .type} y", "move it to the line's end"),
        ("X {#x} {#y}", "keep one"),
    ],
)
def test_a_label_in_the_middle_of_a_heading_is_told(heading: str, remedy: str) -> None:
    found = told(f"{A}## {heading}\n\nx\n\n{B}")
    assert [(rule, line, remedy in message) for rule, line, message in found] == [("label-place", 5, True)]


@pytest.mark.parametrize("step", ["a {#c1} more", "a {#c2} {#c1}"])
def test_a_number_in_the_middle_of_a_step_is_told(step: str) -> None:
    assert [(rule, line) for rule, line, _ in told(f"## X {{#x}}\n\n1. {step}\n\n{B}")] == [("label-place", 3)]


@pytest.mark.parametrize(
    "text",
    [
        "## How is `{#a}` read? {#x}\n\nx\n",
        "## How is \\{#a} read? {#x}\n\nx\n",
        "## X {#x} <!-- later -->\n\nx\n",
        "## X {#x} ##\n\nx\n",
        "## X {#x}\n\n### `{#a}`\n\nSee {#c1} there.\n",
        "## X {#x}\n\n1. `{#c2}` {#c1}\n2. \\{#c3} b {#c2}\n",
        "## X {#x}\n\n- a {#c1} b\n",
    ],
)
def test_labels_shown_as_text_are_text(text: str) -> None:
    assert told(text) == []
