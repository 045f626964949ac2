"""Text that would come to no card: told, and the notes around it stay usable."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.deck.chapter import read_chapter
from tests.learner import Learner

ROOT = Path("ship")


def read(text: str) -> tuple[list[str], list[tuple[str, int]]]:
    """Return the ids of a chapter's notes, and the rules broken with their lines."""
    chapter, problems = read_chapter(ROOT / "sea.md", ROOT, text.encode())
    told = sorted((problem.line, problem.rule) for problem in problems if not problem.warning)
    return [note.id for note in chapter.notes], [(rule, line) for line, rule in told]


A, B, C = "## A {#a}\n\na\n\n", "## B {#b}\n\nb\n\n", "## C {#c}\n\nc\n\n"


@pytest.mark.parametrize("fence", ["```", "~~~", "````py", "> ```", "- ```"])
def test_a_code_block_without_an_end_takes_only_its_own_note_along(fence: str) -> None:
    assert read(f"{A}## X {{#x}}\n\n{fence}\nx\n\n{B}{C}") == (["a", "b", "c"], [("open-fence", 7)])


def test_the_first_block_without_an_end_is_told_though_a_later_one_closes_it() -> None:
    text = f"## X {{#x}}\n\n```\nx\n\n## Y {{#y}}\n\n```\ny\n```\n\n{A}"
    assert read(text) == (["y", "a"], [("open-fence", 3)])


def test_headings_in_closed_code_blocks_are_code() -> None:
    assert read(f"## X {{#x}}\n\n```\n## no {{#no}}\n```\n\n{A}") == (["x", "a"], [])


def test_each_block_is_closed_by_its_own_signs() -> None:
    """Three backticks close no four, and a line of code within a paragraph opens nothing."""
    text = f"## X {{#x}}\n\n````\n```\nx\n\n{A}## Y {{#y}}\n\n``` `y` ```\n\n{B}## Z {{#z}}\n\n~~~\nz\n"
    assert read(text) == (["a", "y", "b"], [("open-fence", 3), ("open-fence", 21)])


def test_a_block_without_an_end_deep_in_lists_is_told_with_the_others() -> None:
    text = f"## X {{#x}}\n\n- - ```\n    x\n\n{A}## Z {{#z}}\n\n```\nz\n"
    assert read(text) == (["a"], [("open-fence", 3), ("open-fence", 12)])


def test_a_fence_that_ends_with_its_list_is_told() -> None:
    assert read(f"## X {{#x}}\n\n1. x {{#c1}}\n   ```\n   y\n2. z {{#c2}}\n\n{A}") == (["a"], [("open-fence", 4)])


@pytest.mark.parametrize(
    ("text", "ids", "told"),
    [
        (f"text\n\nmore\n\n{A}", ["a"], [("text-outside-notes", 1)]),
        (f"---\ntitle: x\n---\n\ntext\n\n{A}", ["a"], [("text-outside-notes", 5)]),
        (f"{A}# Title\n\ntext\n\n{B}", ["a", "b"], [("text-outside-notes", 7)]),
        (f"# Title\n\n### small\n\n{A}", ["a"], [("text-outside-notes", 3)]),
        (f"![a](a.png)\n\n{A}", ["a"], [("text-outside-notes", 1)]),
        (f"# Title\n\n---\n\n<!-- a -->\n\n{A}# Part\n\n{B}", ["a", "b"], []),
        ("text\n", [], [("no-note", 1)]),
        ("# Question?\n\nAnswer\n", [], [("no-note", 3)]),
        ("### Question?\n\nAnswer\n", [], [("no-note", 1)]),
        ("# One\n\n# Two\n", [], [("no-note", 1)]),
        ("Q: a\nA: b\n", [], [("no-note", 1)]),
        ("Title\n=====\n", [], [("no-note", 1)]),
        ("", [], []),
        ("---\ntitle: x\n---\n", [], []),
        ("<!-- later -->\n", [], []),
    ],
)
def test_text_outside_notes_is_told(text: str, ids: list[str], told: list[tuple[str, int]]) -> None:
    assert read(text) == (ids, told)


@pytest.mark.parametrize("line", ["##Q", "###Q", "##问", "##{#x}", "##\u3000Q"])
def test_a_heading_without_a_blank_is_told(line: str) -> None:
    assert read(f"{A}## X {{#x}}\n\nx\n{line}\ny\n\n{B}") == (["a", "b"], [("heading-without-blank", 8)])
    assert read(f"{line}\n\n{A}") == (["a"], [("heading-without-blank", 1)])
    assert read(f"{line}\n") == ([], [("heading-without-blank", 1)])


@pytest.mark.parametrize("line", ["#Q", r"\##Q", "a ##Q", "`##Q`", "    ##Q", "> ##Q", "- ##Q"])
def test_other_number_signs_are_text(line: str) -> None:
    assert read(f"## X {{#x}}\n\n{line}\n") == (["x"], [])


CONFLICT = "<<<<<<< HEAD\n## X {#x}\n\nx\n=======\n## X {#x}\n\ny\n>>>>>>> other\n"


def test_a_merge_conflict_spoils_only_the_notes_in_it() -> None:
    assert read(A + CONFLICT + "\n" + B) == (["a", "b"], [("merge-conflict", 5)])
    inside = "## X {#x}\n\n<<<<<<< HEAD\nx\n||||||| 123\nz\n=======\ny\n>>>>>>> other\n\n"
    assert read(A + inside + B) == (["a", "b"], [("merge-conflict", 7)])
    assert read(f"## X {{#x}}\n\n```\n{CONFLICT}```\n\n{B}") == (["b"], [("merge-conflict", 4)])


@pytest.mark.parametrize("line", ["<<<<<<< HEAD", ">>>>>>> other", "<<<<<<<"])
def test_half_a_conflict_is_told(line: str) -> None:
    assert read(f"{A}## X {{#x}}\n\nx\n{line}\n\n{B}") == (["a", "b"], [("merge-conflict", 8)])


@pytest.mark.parametrize("line", [" <<<<<<< HEAD", "=======", "<<<<<<<< x", "|||||||"])
def test_what_git_does_not_write_is_text(line: str) -> None:
    assert read(f"## X {{#x}}\n\nx\n{line}\n") == (["x"], [])


def test_nothing_is_retired_while_text_is_swallowed(learner: Learner) -> None:
    """The notes below an unclosed code block are there, and so is the one that holds it, as it was."""
    learner.write("ship/sea.md", A + B)
    learner.srs("answer", "a", "4")
    learner.write("ship/sea.md", "## A {#a}\n\n```\na\n\n## B {#b}\n\nbb\n")
    outcome = learner.types("sync")
    assert (outcome.code, "retired" in outcome.out) == (1, False)
    assert {name: card["answer"] for name, card in learner.cards().items()} == {"a": "a", "b": "bb"}
