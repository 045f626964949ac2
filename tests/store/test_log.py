"""The history as lines: each reads as it was written, merging is a union, and nothing is known twice."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from srs.scheduler import Grade, Sm2
from srs.history import LogLine, format_line, parse_line
from srs.store.log import Merged, merge, read_log
from srs.store.memories import memory_of
from srs.history import Review
from srs.store.reviews import card_history, mark_undone
from srs.store.tables import cards
from tests.store.histories import NAMES, lines, store_with_cards
from tests.store.shelf import DAY, days, moment

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from srs.scheduler import Memory
    from tests.store.shelf import Shelf

NOON = moment(DAY)
LINE = (
    '{"card": "mile", "at": "2026-12-01T12:00:00.005Z", "day": "2026-12-01", "grade": 4, "ms": 900,'
    ' "from": "terminal", "deck": "ship"}'
)


def line(card: str, day: int = 0, grade: int = 4, *, deck: str = "ship") -> LogLine:
    """Return a review of a card, at noon some days from now."""
    return LogLine(deck, card, Review(moment(days(day)), days(day), Grade(grade), 1000, "script"))


def memories(connection: Connection) -> dict[str, Memory | None]:
    """Return the memory of every card by its id."""
    return {row.name: memory_of(row) for row in connection.execute(select(cards))}


def due(connection: Connection) -> dict[tuple[str, str], date | None]:
    """Return the due day of every card by its deck and id."""
    return {(row.deck, row.name): row.due for row in connection.execute(select(cards))}


def test_a_line_is_what_it_has_always_been() -> None:
    """Logs of former versions are read for ever, so the form of a line is fixed, byte for byte."""
    review = Review(NOON + 5, DAY, Grade.GOOD, 900, "terminal")
    assert format_line(LogLine("ship", "mile", review)) == LINE
    assert parse_line(LINE) == LogLine("ship", "mile", review)
    assert format_line(LogLine("", "海/c1", review)).startswith('{"card": "海/c1", ')
    assert "deck" not in format_line(LogLine("", "mile", review))


def changed(**values: object) -> str:
    """Return the line with other values in it."""
    return json.dumps(json.loads(LINE) | values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"grade": -1}, "grade takes a whole number from 0"),
        ({"grade": 6}, "grade is 6; it goes from 0 to 5"),
        ({"grade": 4.0}, "grade takes a whole number"),
        ({"grade": "4"}, "grade takes a whole number"),
        ({"ms": -1}, "ms takes a whole number from 0"),
        ({"ms": 2**31}, "ms takes a whole number"),
        ({"ms": None}, "ms takes a whole number"),
        ({"card": 7}, "card takes a text"),
        ({"card": ""}, "card and from take a text that is not empty"),
        ({"from": ""}, "card and from take a text that is not empty"),
        ({"from": None}, "from takes a text"),
        ({"deck": 3}, "deck takes a text"),
        ({"at": "2026-12-01T12:00:00"}, "a UTC moment"),
        ({"at": "1969-12-31T23:59:59Z", "day": "1969-12-31"}, "a UTC moment"),
        ({"at": 5}, "a UTC moment"),
        ({"day": "2026-12-32"}, "day is '2026-12-32'; it takes a date"),
        ({"day": "2026-11-28"}, "day 2026-11-28 is far from the moment"),
        ({"day": "2026-12-04"}, "day 2026-12-04 is far from the moment"),
    ],
    ids=str,
)
def test_a_value_that_does_not_fit_is_refused(values: dict[str, object], expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(changed(**values))


@pytest.mark.parametrize(
    "values",
    [
        {"grade": 0},
        {"grade": 5},
        {"ms": 0},
        {"ms": 2**31 - 1},
        {"day": "2026-11-29"},
        {"day": "2026-12-03"},
        {"at": "1970-01-01T00:00:00Z", "day": "1970-01-01"},
        {"extra": "is left alone"},
    ],
    ids=str,
)
def test_a_value_at_the_edge_still_fits(values: dict[str, object]) -> None:
    fields = json.loads(format_line(parse_line(changed(**values))))
    assert {key: fields[key] for key in values if key in {"grade", "ms", "day"}} == {
        key: value for key, value in values.items() if key in {"grade", "ms", "day"}
    }


@pytest.mark.parametrize("key", ["card", "at", "day", "grade", "ms", "from"])
def test_a_line_without_one_of_its_keys_is_refused(key: str) -> None:
    fields = json.loads(LINE)
    del fields[key]
    with pytest.raises(ValueError, match="a review is an object with card, at, day, grade, ms, from"):
        parse_line(json.dumps(fields))


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    """The day is measured against the moment's date in UTC, whatever zone the line was written in."""
    read = parse_line(changed(at="2026-12-01T23:00:00.005+11:00"))
    assert read.review.at == NOON + 5


def test_the_log_is_in_the_order_of_moments_and_then_of_decks_and_ids(shelf: Shelf) -> None:
    rows = [shelf.card(name, deck=deck) for deck, name in (("ship", "b"), ("ship", "a"), ("boat", "c"))]
    same = [line("b"), line("a"), line("c", deck="boat"), line("a", -1), line("b", 1)]
    merge(shelf.connection, same, Sm2())
    found = [(each.deck, each.card, each.review.day) for each in read_log(shelf.connection)]
    assert found == [
        ("ship", "a", days(-1)),
        ("boat", "c", DAY),
        ("ship", "a", DAY),
        ("ship", "b", DAY),
        ("ship", "b", days(1)),
    ]
    some = [(each.card, each.review.day) for each in read_log(shelf.connection, rows[1:])]
    assert some == [("a", days(-1)), ("c", DAY), ("a", DAY)]
    assert list(read_log(shelf.connection, [])) == []


def test_what_was_undone_is_not_in_the_log(shelf: Shelf) -> None:
    mile = shelf.card("mile")
    mark_undone(shelf.connection, shelf.answer(mile, 0, 1), NOON)
    shelf.answer(mile, 1, 5)
    assert [int(each.review.grade) for each in read_log(shelf.connection)] == [5]
    assert [int(each.review.grade) for each in read_log(shelf.connection, [mile])] == [5]


def test_a_merge_says_what_it_did(shelf: Shelf) -> None:
    """Added, known, kept for cards that nobody knows yet, and how many cards are due on another day now."""
    mile, knot = shelf.card("mile"), shelf.card("knot", line=2)
    merge(shelf.connection, [line("mile", -8), line("mile", -7)], Sm2())
    given = [line("mile", -7), line("mile", -1), line("knot", 0, 1), line("sun"), line("moon"), line("moon", 1)]
    done = merge(shelf.connection, given, Sm2())
    assert done == Merged(added=5, known=1, unknown=3, unknown_cards=("moon", "sun"), moved=4)
    assert [len(card_history(shelf.connection, key)) for key in (mile, knot)] == [3, 1]
    assert due(shelf.connection)["ship", "mile"] == days(14)
    assert merge(shelf.connection, given, Sm2()) == Merged(0, 6, 0, (), 0)


def test_a_merge_that_adds_but_moves_no_due_day(shelf: Shelf) -> None:
    """A drill moves nothing; the card it is of was not due on another day before."""
    shelf.card("mile")
    merge(shelf.connection, [line("mile")], Sm2())
    drill = LogLine("ship", "mile", Review(NOON + 9, DAY, Grade.AGAIN, 1, "script"))
    assert merge(shelf.connection, [drill], Sm2()) == Merged(1, 0, 0, (), 0)


def test_the_same_line_twice_in_a_file_is_one_review(shelf: Shelf) -> None:
    shelf.card("mile")
    assert merge(shelf.connection, [line("mile"), line("mile", 0, 1)], Sm2()) == Merged(1, 1, 0, (), 1)
    assert [int(each.review.grade) for each in read_log(shelf.connection)] == [4]


@pytest.mark.parametrize(
    ("decks", "expected"), [([], ("", "mile")), (["ship"], ("ship", "mile")), (["boat", "ship"], ("", "mile"))]
)
def test_a_line_without_a_deck_goes_to_the_only_card_of_that_id(
    shelf: Shelf, decks: list[str], expected: tuple[str, str]
) -> None:
    """Where none or several have that id, it waits under no deck."""
    for deck in decks:
        shelf.card("mile", deck=deck)
    merge(shelf.connection, [line("mile", deck="")], Sm2())
    assert [(each.deck, each.card) for each in read_log(shelf.connection)] == [expected]
    assert [key for key, day in due(shelf.connection).items() if day] == [expected]


def test_a_line_with_a_deck_goes_to_that_deck_alone(shelf: Shelf) -> None:
    shelf.card("mile", deck="ship")
    done = merge(shelf.connection, [line("mile", deck="boat")], Sm2())
    assert done == Merged(1, 0, 1, ("mile",), 1)
    assert due(shelf.connection) == {("ship", "mile"): None, ("boat", "mile"): days(1)}


def test_a_card_known_only_from_its_history_waits_retired_and_not_suspended(shelf: Shelf) -> None:
    merge(shelf.connection, [line("mile", deck="boat")], Sm2())
    (row,) = shelf.connection.execute(select(cards)).all()
    assert (row.note_id, row.place, row.retired, row.suspended) == (None, 0, True, False)


def test_lines_with_and_without_a_deck_may_be_mixed(shelf: Shelf) -> None:
    mile, knot = shelf.card("mile"), shelf.card("knot", line=2)
    merge(shelf.connection, [line("mile", deck=""), line("knot"), line("mile", 1), line("knot", 1, deck="")], Sm2())
    assert [len(card_history(shelf.connection, key)) for key in (mile, knot)] == [2, 2]


def test_lines_with_and_without_a_deck_meet_in_one_card(shelf: Shelf) -> None:
    shelf.card("mile")
    assert merge(shelf.connection, [line("mile"), line("mile", deck="")], Sm2()) == Merged(1, 1, 0, (), 1)


def test_many_lines_are_merged_in_several_queries(shelf: Shelf) -> None:
    """More cards than a database takes as the parameters of one."""
    given = [line(f"n{number}") for number in range(1200)]
    assert merge(shelf.connection, given, Sm2()).added == 1200
    assert merge(shelf.connection, given, Sm2()).known == 1200


@given(lines())
def test_a_line_reads_as_it_was_written(history: list[LogLine]) -> None:
    assert [parse_line(format_line(line)) for line in history] == history


@given(lines())
def test_merging_what_was_exported_restores_everything(history: list[LogLine]) -> None:
    with store_with_cards() as store, store_with_cards() as other:
        with store.writing() as connection:
            merge(connection, history, Sm2())
            exported, before = list(read_log(connection)), memories(connection)
        with other.writing() as connection:
            done = merge(connection, exported, Sm2())
            assert (done.added, done.known) == (len(history), 0)
            assert list(read_log(connection)) == exported
            assert memories(connection) == before


@given(lines())
def test_merging_twice_changes_nothing(history: list[LogLine]) -> None:
    with store_with_cards() as store, store.writing() as connection:
        merge(connection, history, Sm2())
        before = list(read_log(connection)), memories(connection)
        done = merge(connection, history, Sm2())
        assert (done.added, done.known, done.unknown, done.moved) == (0, len(history), 0, 0)
        assert (list(read_log(connection)), memories(connection)) == before


@given(lines(), st.data())
def test_histories_may_come_in_any_parts_and_order(history: list[LogLine], data: st.DataObject) -> None:
    """Two devices that overlap, whichever is merged first: the same history, the same memories."""
    shuffled = data.draw(st.permutations(history))
    cut = data.draw(st.integers(0, len(history)))
    with store_with_cards() as store, store_with_cards() as other:
        with store.writing() as connection:
            merge(connection, history, Sm2())
            whole = list(read_log(connection)), memories(connection)
        with other.writing() as connection:
            for part in (shuffled[cut // 2 :], shuffled[:cut], shuffled):
                merge(connection, part, Sm2())
            assert (list(read_log(connection)), memories(connection)) == whole


@given(lines())
def test_history_of_unknown_cards_is_kept_and_counted(history: list[LogLine]) -> None:
    with store_with_cards() as store, store.writing() as connection:
        done = merge(connection, history, Sm2())
        unknown = [line for line in history if line.card not in NAMES]
        assert done.unknown == len(unknown)
        assert done.unknown_cards == (("unknown",) if unknown else ())
        assert [line for line in read_log(connection) if line.card == "unknown"] == sorted(
            unknown, key=lambda line: line.review.at
        )


def test_what_was_undone_here_stays_undone(shelf: Shelf) -> None:
    mile = shelf.card("mile")
    mark_undone(shelf.connection, shelf.answer(mile), NOON)
    done = merge(shelf.connection, [line("mile")], Sm2())
    assert (done.added, done.known, done.moved) == (0, 1, 0)
    assert card_history(shelf.connection, mile) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("no json", "not a line of JSON"),
        ("[]", "an object with card, at, day, grade, ms, from"),
        ('{"card":"a"}', "an object with card, at, day, grade, ms, from"),
        ('{"card":"","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "not empty"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":6,"ms":1,"from":"x"}', "from 0 to 5"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":true,"ms":1,"from":"x"}', "whole number"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-01","grade":1,"ms":-1,"from":"x"}', "whole number"),
        ('{"card":"a","at":"yesterday","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "a UTC moment"),
        ('{"card":"a","at":"2026-01-01T00:00:00","day":"2026-01-01","grade":1,"ms":1,"from":"x"}', "a UTC moment"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"1 May","grade":1,"ms":1,"from":"x"}', "takes a date"),
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-04","grade":1,"ms":1,"from":"x"}', "far from"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_what_was_expected(line: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(line)


def test_a_card_that_an_earlier_merge_brought_is_still_without_text(shelf: Shelf) -> None:
    """Its history grows while it waits for a deck, and each merge says so."""
    for day in (0, 1):
        done = merge(shelf.connection, [line("moon", day)], Sm2())
        assert (done.unknown, done.unknown_cards) == (1, ("moon",))
