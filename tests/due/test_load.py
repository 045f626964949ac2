"""How many cards fall due when, and how a daily limit spreads them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from srs.due.load import LOAD_DAYS, load_of, spread_by

TODAY = date(2026, 12, 1)


def on(**days: int) -> dict[date, int]:
    """Return cards by their due days, counted from today: `d3=5`, or `m3=5` for three days ago."""
    return {TODAY + timedelta(days=int(name[1:]) * (1 if name[0] == "d" else -1)): n for name, n in days.items()}


def test_a_load_is_of_thirty_days_and_what_is_overdue_stands_beside_it() -> None:
    load = load_of(on(m400=2, m1=3, d0=4, d29=5, d30=6), TODAY)
    assert (load.overdue, load.days[0], load.days[29], len(load.days), load.total) == (5, 4, 5, LOAD_DAYS, 14)


@pytest.mark.parametrize(
    ("due", "limit", "days"),
    [
        (on(), 10, 0),
        (on(d0=10), 10, 0),
        (on(m5=11), 10, 1),
        (on(m5=10, d0=10), 10, 1),
        (on(m5=25, d1=10), 10, 3),
        (on(m5=25, d1=5, d2=5, d3=10, d4=20), 10, 6),
        (on(m5=25, d10=30), 10, 2),
        (on(m5=25), 1, 24),
    ],
)
def test_a_backlog_is_spread_by_the_day_on_which_nothing_is_left_over(
    due: dict[date, int], limit: int, days: int
) -> None:
    """What falls due meanwhile waits, too; what falls due after it is another matter."""
    assert spread_by(due, limit, TODAY) == TODAY + timedelta(days=days)


def test_without_a_limit_above_none_it_stays() -> None:
    assert spread_by(on(d0=1), 0, TODAY) is None
    assert spread_by({}, 0, TODAY) == TODAY
    assert spread_by(on(d0=2**40), 1, TODAY) is None
