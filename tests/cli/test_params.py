"""Parameters that need no checking are taken as they were said, without the library that checks the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.learner import Learner


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let typer check nothing."""

    def checks(_: object) -> None:
        raise AssertionError("a library was loaded to check what is said")

    monkeypatch.setattr("typer.core.build_runtime_param", checks)


@pytest.mark.usefixtures("unchecked")
def test_a_text_and_a_path_are_what_they_are_said_to_be(sailor: Learner) -> None:
    target = sailor.home / "ship.apkg"
    assert "written to" in sailor.srs("export", "anki", "--output", target, "--deck", "ship")
    assert target.is_file()
    assert "How long is a mile?" in sailor.srs("show", "mile")


@pytest.mark.usefixtures("unchecked")
def test_a_number_is_checked(sailor: Learner) -> None:
    with pytest.raises(AssertionError, match="a library was loaded"):
        sailor.types("review", "--new", "3")


def test_what_is_missing_is_missed(sailor: Learner) -> None:
    assert "Missing argument" in sailor.types("show").err
