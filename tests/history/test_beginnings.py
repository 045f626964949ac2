"""A file that was read before is known by how it begins."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest

from srs.history import beginnings
from srs.history.beginnings import Beginning, Prefix, longest

TEXT = b"one\ntwo\r\nthree\n"


def prefix(text: bytes) -> Prefix:
    """Return what a text is known by."""
    return Prefix(len(text), sha256(text).hexdigest())


@pytest.mark.parametrize("at_once", [1, 4, 1_000_000])
def test_the_longest_of_those_that_it_begins_with_is_found(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    monkeypatch.setattr(beginnings, "_AT_ONCE", at_once)
    other, longer = prefix(b"One\ntwo\r\n"), prefix(TEXT + b"four\n")
    known = [prefix(TEXT[:4]), prefix(TEXT[:9]), other, longer]
    for some, size, lines in (
        (known, 9, 2),
        ([*known, prefix(TEXT)], 15, 3),
        ([known[0], other], 4, 1),
        ([other, longer], 0, 0),
        ([], 0, 0),
        ([Prefix(9, known[0].digest), Prefix(4, known[1].digest)], 0, 0),
    ):
        found = longest(io.BytesIO(TEXT), some)
        assert (found.size, found.lines, found.prefix()) == (size, lines, prefix(TEXT[:size]))


def test_a_copy_goes_on_by_itself() -> None:
    one = Beginning()
    one.go_on(TEXT[:5])
    other = one.copy()
    one.go_on(b"else\n\n")
    other.go_on(TEXT[5:])
    assert (one.prefix(), one.lines) == (prefix(TEXT[:5] + b"else\n\n"), 3)
    assert (other.prefix(), other.size, other.lines) == (prefix(TEXT), len(TEXT), 3)
