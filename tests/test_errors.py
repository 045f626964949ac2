"""Mistakes as values, and the words they are told in."""

from __future__ import annotations

from pathlib import Path

import pytest

from srs.errors import Problem, SrsError, UsageError, counted, unknown_key, unknown_name


def test_a_problem_reads_as_editors_and_compilers_write_it() -> None:
    assert str(Problem(Path("sea.md"), 7, "what was found", "rule")) == "sea.md:7: what was found"
    assert (
        str(Problem(Path("sea.md"), 7, "what was found", "rule", warning=True)) == "sea.md:7: warning: what was found"
    )


def test_problems_are_sorted_by_file_line_and_message() -> None:
    a, b = Path("a.md"), Path("b.md")
    problems = [Problem(b, 1, "x", "r"), Problem(a, 10, "x", "r"), Problem(a, 2, "y", "r"), Problem(a, 2, "x", "r")]
    assert sorted(problems) == [
        Problem(a, 2, "x", "r"),
        Problem(a, 2, "y", "r"),
        Problem(a, 10, "x", "r"),
        Problem(b, 1, "x", "r"),
    ]


@pytest.mark.parametrize(("number", "said"), [(0, "0 cards"), (1, "1 card"), (2, "2 cards"), (1000, "1,000 cards")])
def test_a_number_is_said_with_its_noun(number: int, said: str) -> None:
    assert counted(number, "card") == said


def test_a_key_that_is_not_there_is_answered_with_the_nearest_or_with_all() -> None:
    assert unknown_key("nwe", ["new", "reviews"]) == "did you mean new?"
    assert unknown_key("zzz", ["new", "reviews"]) == "it takes new, reviews"


def test_a_name_that_is_not_there_is_answered_with_the_nearest_or_with_some() -> None:
    assert unknown_name("EXMA", ["sea", "exam"]) == "did you mean exam?"
    assert unknown_name("zzz", ["sea", "exam"]) == "there is sea, exam"
    assert unknown_name("zzz", []) == "there is none"
    assert unknown_name("zzz", [f"e{n}" for n in range(22)]).endswith("e18, e19 and 2 more")


def test_exit_codes_tell_what_can_be_mended_from_wrong_usage() -> None:
    assert (SrsError.exit_code, UsageError.exit_code, issubclass(UsageError, SrsError)) == (1, 2, True)
