"""The log as text is that of its lines, one by one, in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from srs.due.day import LATEST
from srs.history import Bury, Flag, LogLine, Other, Review, Suspend, Undo, format_line, parse_line
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store import written
from srs.store.log import merge, read_log
from srs.store.written import count_lines, written_log
from tests.store.histories import NAMES, moments, reviews, store_with_cards
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.store.shelf import Shelf

NOON = moment(DAY)
MORE = st.sampled_from(["", '{"mood":"ü\\" ","odd":[1,null,2.5]}', '{"x":{}}'])


def others() -> st.SearchStrategy[LogLine]:
    """Return acts that are no answers, at the moments of answers."""
    acts = st.one_of(
        st.builds(lambda at: Undo(at + 1, at), moments()),
        st.builds(Suspend, moments()),
        st.builds(lambda at: Flag(at, "which? “mile”\n"), moments()),
        st.builds(lambda at: Bury(at, DAY), moments()),
    )
    naps = st.builds(lambda at: LogLine("ship", "mile", Other(at, "nap", '{"long":true}')), moments())
    return st.builds(LogLine, st.sampled_from(["ship", ""]), st.sampled_from(NAMES), acts, MORE) | naps


def answers() -> st.SearchStrategy[LogLine]:
    """Return answers, of which some name no deck, or a card with signs that JSON writes otherwise."""
    names = st.sampled_from([*NAMES, '"\\', "卡"])
    return st.builds(LogLine, st.sampled_from(["ship", "ship", "b\\oat", ""]), names, reviews(), MORE)


def as_lines(connection: Connection) -> list[str]:
    """Return the log line by line."""
    return [f"{format_line(line)}\n" for line in read_log(connection)]


@given(st.sampled_from([1, 3, 10_000]), st.lists(st.one_of(answers(), others()), max_size=12))
def test_it_is_the_text_of_every_line(at_once: int, lines: list[LogLine]) -> None:
    with pytest.MonkeyPatch.context() as patch, store_with_cards() as store, store.writing() as connection:
        patch.setattr(written, "_AT_ONCE", at_once)
        merge(connection, lines, InForce(), moment(days(-300)))
        found = [line for lot in written_log(connection) for line in lot]
        assert found == as_lines(connection)
        assert count_lines(connection) == len(found)
        assert set(map(parse_line, found)) == set(read_log(connection))


def test_what_no_answer_has_is_not_written(shelf: Shelf) -> None:
    """A store that was written by another program is told as damaged, as where its values are read."""
    merge(shelf.connection, [LogLine("ship", "mile", Review(NOON, DAY, Grade.GOOD, 1, "script"))], InForce(), LATEST)
    shelf.connection.execute(text("UPDATE reviews SET day = '2026-02-30'"))
    with pytest.raises(ValueError, match="day"):
        list(written_log(shelf.connection))
    shelf.connection.execute(text("UPDATE reviews SET day = '2026-12-01', ms = 'long'"))
    with pytest.raises(ValueError, match="format"):
        list(written_log(shelf.connection))
