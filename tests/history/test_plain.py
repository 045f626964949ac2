"""An answer read without JSON is the one that JSON makes of its line."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srs.due import moment_of
from srs.due.day import EARLIEST, LATEST
from srs.history import LogLine, Review, format_line, parse_line
from srs.history.plain import line_of, read_plain
from srs.scheduler import Grade

LINE = (
    '{"card": "mile", "at": "2026-12-01T09:00:00.000Z", "day": "2026-12-01", "grade": 4, "ms": 2100,'
    ' "from": "terminal", "deck": "ship"}'
)
TEXTS = st.text('aZ"\\\n\x1f\x7f {字𝄞é\u2028', min_size=1, max_size=8)
SIGNS = [*'0123456789-:.,"{}\\ TZ٣\x00\n', "", '"x": 1, ']


@given(
    TEXTS,
    TEXTS,
    TEXTS,
    st.integers(EARLIEST, LATEST - 4 * 86_400_000),
    st.integers(-3, 3),
    st.sampled_from(list(Grade)),
    st.integers(0, 2**31 - 1),
)
def test_what_is_read_is_what_was_written(
    deck: str, card: str, origin: str, at: int, beside: int, grade: Grade, ms: int
) -> None:
    day = moment_of(at).date() + timedelta(days=beside)
    line = LogLine(deck, card, Review(at, day, grade, ms, origin))
    found = read_plain(format_line(line))
    plain = not any(sign in '"\\\x7f' or sign < " " for sign in deck + card + origin) and ms < 10**9
    assert found is not None or not plain
    assert found is None or line_of(found) == line


@given(
    st.integers(0, len(LINE)), st.integers(0, 3), st.sampled_from([*'0123456789-:.,"{}\\ TZ٣\x00\n', "", '"x": 1, '])
)
def test_a_line_that_was_spoilt_is_read_as_json_reads_it_or_not_at_all(place: int, lost: int, sign: str) -> None:
    text = LINE[:place] + sign + LINE[place + lost :]
    if found := read_plain(text):
        assert line_of(found) == parse_line(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2026-12-01T", "2026-11-27T"),  # its study day lies far from it
        ("2026-12-01", "2026-02-30"),
        ("2026-12-01", "1999-12-31"),
        ("2026-12-01", "9999-12-31"),
        ("T09", "T24"),
        ("mile", "n" * 151),
        ("ship", ""),
        ("mile", "\\u006dile"),
        ("2100", "02100"),
        ("4", "6"),
        ("}", ', "mood": "well"}'),
        ("2026-12-01", "２０26-12-01"),
    ],
)
def test_all_else_is_left_to_json(old: str, new: str) -> None:
    assert read_plain(LINE)
    assert read_plain(LINE.replace(old, new)) is None


def test_days_of_a_strangers_log_are_not_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.history.plain._MOST_KEPT", 2)
    for day in range(1, 29):
        assert read_plain(LINE.replace("2026-12-01", f"2026-12-{day:02}"))
    assert read_plain(LINE) == read_plain(LINE)
