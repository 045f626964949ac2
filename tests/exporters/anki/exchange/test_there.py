"""Rows of a collection that a server may have spoiled: told, each with its note or card."""

from __future__ import annotations

import pytest

from exporters.anki.exchange.there import _check, _remembers
from srs.errors import SrsError


@pytest.mark.parametrize(
    ("texts", "numbers"), [((b"\xff",), ()), ((None,), ()), ((), ("1",)), ((), (None,)), (("a", 5), (1,))]
)
def test_values_that_anki_never_writes_are_told(texts: tuple[object, ...], numbers: tuple[object, ...]) -> None:
    with pytest.raises(SrsError, match="the note 7 in the Anki collection holds values"):
        _check("note", 7, texts=texts, numbers=numbers)
    _check("note", 7, texts=("a",), numbers=(1,))


@pytest.mark.parametrize(
    ("data", "remembers"), [('{"s": 1}', True), ("", False), ("[" * 100_000, False), ("[1]", False), ("{", False)]
)
def test_what_a_card_remembers(data: str, remembers: bool) -> None:
    assert _remembers(data) is remembers
