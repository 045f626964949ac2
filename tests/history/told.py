"""Short words for lines of a log, for tests of what they come to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from srs.history import ANKI, LogLine, Review, Undo
from srs.scheduler import Grade
from tests.store.shelf import DAY, moment

if TYPE_CHECKING:
    from srs.history import Act

NOON = moment(DAY)
A_DAY = 86_400_000


def does(act: Act, card: str = "mile", deck: str = "ship") -> LogLine:
    """Return an act on a card."""
    return LogLine(deck, card, act)


def answer(day: int = 0, grade: int = 4, *, ms: int = 0, card: str = "mile", origin: str = "script") -> LogLine:
    """Return an answer given some days from now, so many ms after noon."""
    there = DAY + timedelta(days=day)
    return does(Review(NOON + day * A_DAY + ms, there, Grade(grade), 1000, origin), card)


def from_anki(line: LogLine, late: int = 0, days: int = 0) -> LogLine:
    """Return an answer as it comes back from Anki: so many ms later, and on another study day."""
    act = line.act
    assert isinstance(act, Review)
    return replace(line, act=replace(act, at=act.at + late, day=act.day + timedelta(days=days), origin=ANKI))


def undo(line: LogLine, after: int = 1000) -> LogLine:
    """Return the undo of an act."""
    return replace(line, act=Undo(line.act.at + after, line.act.at, line.act.what), more="")
