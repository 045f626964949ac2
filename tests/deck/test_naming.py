from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from srs.deck.naming import is_called

ADS = PurePosixPath("part-1/e02-ads-vs-ux.md")


@pytest.mark.parametrize(
    "name", ["e02-ads-vs-ux.md", "e02-ads-vs-ux", "E02-Ads-vs-UX", "e2", "E2", "e02", "E002", " e2 "]
)
def test_a_chapter_answers_to_its_files_name_and_its_short_name(name: str) -> None:
    assert is_called(ADS, name)


@pytest.mark.parametrize(
    "name", ["", "-", "e20", "e", "2", "ads", "part", "part-1", "e2-ads", "e02-ads-vs-ux.txt", ".md"]
)
def test_a_chapter_answers_to_nothing_else(name: str) -> None:
    assert not is_called(ADS, name)


def test_zeros_within_a_number_count() -> None:
    assert is_called(PurePosixPath("e10-x.md"), "E10")
    assert not is_called(PurePosixPath("e10-x.md"), "e1")
    assert is_called(PurePosixPath("100.md"), "100")


def test_a_name_is_the_same_however_a_system_composes_it() -> None:
    assert is_called(PurePosixPath("cafe\u0301-x.md"), "Café")
