"""The history as lines: each reads as it was written, merging is a union, and nothing is known twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from srs.due import moment_of
from srs.due.day import LATEST
from srs.history import Flag, LogLine, Review, format_line, parse_line
from srs.history.force import InForce
from srs.scheduler import Grade
from srs.store.called import card_history
from srs.store.log import Merged, merge, read_last, read_log, read_span
from srs.store.tables import cards
from srs.store.values import memory_of
from tests.store.histories import NAMES, lines, store_with_cards
from tests.store.shelf import DAY, days, moment
from tests.working import work

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from srs.scheduler import Memory
    from tests.store.shelf import Shelf

NOON = moment(DAY)


def line(card: str, day: int = 0, grade: int = 4, *, deck: str = "ship") -> LogLine:
    """Return a review of a card, at noon some days from now."""
    return LogLine(deck, card, Review(moment(days(day)), days(day), Grade(grade), 1000, "script"))


def memories(connection: Connection) -> dict[str, Memory | None]:
    """Return the memory of every card by its id."""
    return {row.name: memory_of(row) for row in connection.execute(select(cards))}


def due(connection: Connection) -> dict[tuple[str, str], date | None]:
    """Return the due day of every card by its deck and id."""
    return {(row.deck, row.name): row.due for row in connection.execute(select(cards))}


def test_the_log_is_in_the_order_of_moments_and_then_of_canonical_form(shelf: Shelf) -> None:
    rows = [shelf.card(name, deck=deck) for deck, name in (("ship", "b"), ("ship", "a"), ("boat", "c"))]
    same = [line("b"), line("a"), line("c", deck="boat"), line("a", -1), line("b", 1)]
    merge(shelf.connection, same, InForce(), LATEST)
    found = [(each.deck, each.card, moment_of(each.act.at).date()) for each in read_log(shelf.connection)]
    assert found == [
        ("ship", "a", days(-1)),
        ("ship", "a", DAY),
        ("ship", "b", DAY),
        ("boat", "c", DAY),
        ("ship", "b", days(1)),
    ]
    some = [
        (each.card, moment_of(each.act.at).date()) for each in read_log(shelf.connection, (rows[1], {("ship", "a")}))
    ]
    assert some == [("a", days(-1)), ("a", DAY)]


def test_the_end_of_the_log_and_any_span_of_it_are_as_in_the_whole(shelf: Shelf) -> None:
    """Answers, acts and lines that wait, some of one moment; by the names of cards, too."""
    for deck in ("ship", "boat"):
        shelf.card("a", deck=deck)
    flags = [LogLine("ship", card, Flag(moment(days(n)), "?")) for n, card in ((0, "a"), (1, "a"), (-1, "b"))]
    same = [line("a"), line("a", 1), line("a", 1, deck="boat"), line("b", 1), line("a", 900), *flags]
    merge(shelf.connection, same, InForce(), moment(days(800)))
    whole = list(read_log(shelf.connection))
    assert len(whole) == len(same)
    assert whole[-1] == line("a", 900)
    for called in (None, "a", "ship:a", "b", "c"):
        fit = [each for each in whole if called in {None, each.card, f"{each.deck}:{each.card}"}]
        for count in range(1, len(same) + 2):
            assert read_last(shelf.connection, count, called) == fit[-count:]
        for at in {each.act.at for each in whole}:
            assert read_span(shelf.connection, at, at + 1, called) == [each for each in fit if each.act.at == at]
        assert read_span(shelf.connection, whole[0].act.at, whole[-1].act.at, called) == [
            each for each in fit if each.act.at < whole[-1].act.at
        ]


def test_the_end_of_a_long_log_is_read_alone(shelf: Shelf) -> None:
    shelf.card("a")
    merge(shelf.connection, [line("a", -n) for n in range(150)], InForce(), LATEST)
    few = work(lambda: read_last(shelf.connection, 5))
    merge(shelf.connection, [line("a", -n) for n in range(150, 500)], InForce(), LATEST)
    assert work(lambda: read_last(shelf.connection, 5)) <= few


def grades(connection: Connection) -> list[int]:
    """Return the grades of all answers in the log."""
    return [int(line.act.grade) for line in read_log(connection) if isinstance(line.act, Review)]


def test_a_merge_says_what_it_did(shelf: Shelf) -> None:
    """Added, known, kept for cards that nobody knows yet, and how many cards are due on another day now."""
    mile, knot = shelf.card("mile"), shelf.card("knot", line=2)
    merge(shelf.connection, [line("mile", -8), line("mile", -7)], InForce(), LATEST)
    given = [line("mile", -7), line("mile", -1), line("knot", 0, 1), line("sun"), line("moon"), line("moon", 1)]
    done = merge(shelf.connection, given, InForce(), LATEST)
    assert done == Merged(added=5, known=1, unknown=3, unknown_cards=("moon", "sun"), moved=4, kinds={"": 5})
    assert [len(card_history(shelf.connection, key)) for key in (mile, knot)] == [3, 1]
    assert due(shelf.connection)["ship", "mile"] == days(14)
    assert merge(shelf.connection, given, InForce(), LATEST) == Merged(0, 6, 0, (), 0)


def test_a_merge_that_adds_but_moves_no_due_day(shelf: Shelf) -> None:
    """A drill moves nothing; the card it is of was not due on another day before."""
    shelf.card("mile")
    merge(shelf.connection, [line("mile")], InForce(), LATEST)
    drill = LogLine("ship", "mile", Review(NOON + 9, DAY, Grade.AGAIN, 1, "script"))
    assert merge(shelf.connection, [drill], InForce(), LATEST) == Merged(1, 0, 0, (), 0, kinds={"": 1})


def test_the_same_line_twice_in_a_file_is_one_review(shelf: Shelf) -> None:
    shelf.card("mile")
    assert merge(shelf.connection, [line("mile"), line("mile", 0, 1)], InForce(), LATEST) == Merged(
        1, 1, 0, (), 1, kinds={"": 1}
    )
    assert grades(shelf.connection) == [1]  # the lesser in canonical form


@pytest.mark.parametrize(
    ("decks", "expected"), [([], ("", "mile")), (["ship"], ("ship", "mile")), (["boat", "ship"], ("", "mile"))]
)
def test_a_line_without_a_deck_goes_to_the_only_card_of_that_id(
    shelf: Shelf, decks: list[str], expected: tuple[str, str]
) -> None:
    """Where none or several have that id, it waits, and counts for nothing."""
    for deck in decks:
        shelf.card("mile", deck=deck)
    merge(shelf.connection, [line("mile", deck="")], InForce(), LATEST)
    assert [(each.deck, each.card) for each in read_log(shelf.connection)] == [expected]
    assert [key for key, day in due(shelf.connection).items() if day] == ([expected] if expected[0] else [])


def test_a_line_with_a_deck_goes_to_that_deck_alone(shelf: Shelf) -> None:
    shelf.card("mile", deck="ship")
    done = merge(shelf.connection, [line("mile", deck="boat")], InForce(), LATEST)
    assert done == Merged(1, 0, 1, ("mile",), 1, kinds={"": 1})
    assert due(shelf.connection) == {("ship", "mile"): None, ("boat", "mile"): days(1)}


def test_a_card_known_only_from_its_history_waits_retired_and_not_suspended(shelf: Shelf) -> None:
    merge(shelf.connection, [line("mile", deck="boat")], InForce(), LATEST)
    (row,) = shelf.connection.execute(select(cards)).all()
    assert (row.note_id, row.place, row.retired, row.suspended) == (None, 0, True, False)


def test_lines_with_and_without_a_deck_may_be_mixed(shelf: Shelf) -> None:
    mile, knot = shelf.card("mile"), shelf.card("knot", line=2)
    merge(
        shelf.connection,
        [line("mile", deck=""), line("knot"), line("mile", 1), line("knot", 1, deck="")],
        InForce(),
        LATEST,
    )
    assert [len(card_history(shelf.connection, key)) for key in (mile, knot)] == [2, 2]


def test_lines_with_and_without_a_deck_meet_in_one_card(shelf: Shelf) -> None:
    shelf.card("mile")
    assert merge(shelf.connection, [line("mile"), line("mile", deck="")], InForce(), LATEST) == Merged(
        1, 1, 0, (), 1, kinds={"": 1}
    )


@pytest.mark.parametrize("until", [LATEST, NOON - 1])
def test_keys_and_kinds_that_are_not_known_here_are_kept_and_passed_on(shelf: Shelf, until: int) -> None:
    """Those of cards that no deck holds too, whether they count or wait."""
    shelf.card("mile")
    at = '"at": "2026-12-01T12:00:00.000Z"'
    answer = f'{at}, "day": "2026-12-01", "grade": 4, "ms": 9, "from": "x", "deck": "ship", "mood": [1]'
    texts = [
        *(f'{{"card": "{card}", {answer}}}' for card in ("mile", "moon")),
        *(
            f'{{"what": "hum", "card": "{card}", {at}, "tune": {{"a": 1}}, "deck": "ship"}}'
            for card in ("mile", "moon")
        ),
        f'{{"what": "flag", "card": "moon", {at}, "remark": "far", "deck": "ship", "mood": 2}}',
    ]
    merge(shelf.connection, map(parse_line, texts), InForce(), until)
    assert sorted(map(format_line, read_log(shelf.connection))) == sorted(texts)


def test_many_lines_are_merged_in_several_queries(shelf: Shelf) -> None:
    """More cards than a database takes as the parameters of one."""
    given = [line(f"n{number}") for number in range(1200)]
    assert merge(shelf.connection, given, InForce(), LATEST).added == 1200
    assert merge(shelf.connection, given, InForce(), LATEST).known == 1200


@given(lines())
def test_a_line_reads_as_it_was_written(history: list[LogLine]) -> None:
    assert [parse_line(format_line(line)) for line in history] == history


@given(lines())
def test_merging_what_was_exported_restores_everything(history: list[LogLine]) -> None:
    with store_with_cards() as store, store_with_cards() as other:
        with store.writing() as connection:
            merge(connection, history, InForce(), LATEST)
            exported, before = list(read_log(connection)), memories(connection)
        with other.writing() as connection:
            done = merge(connection, exported, InForce(), LATEST)
            assert (done.added, done.known) == (len(history), 0)
            assert list(read_log(connection)) == exported
            assert memories(connection) == before


@given(lines())
def test_merging_twice_changes_nothing(history: list[LogLine]) -> None:
    with store_with_cards() as store, store.writing() as connection:
        merge(connection, history, InForce(), LATEST)
        before = list(read_log(connection)), memories(connection)
        done = merge(connection, history, InForce(), LATEST)
        assert (done.added, done.known, done.unknown, done.moved) == (0, len(history), 0, 0)
        assert (list(read_log(connection)), memories(connection)) == before


@given(lines(), st.data())
def test_histories_may_come_in_any_parts_and_order(history: list[LogLine], data: st.DataObject) -> None:
    """Two devices that overlap, whichever is merged first: the same history, the same memories."""
    shuffled = data.draw(st.permutations(history))
    cut = data.draw(st.integers(0, len(history)))
    with store_with_cards() as store, store_with_cards() as other:
        with store.writing() as connection:
            merge(connection, history, InForce(), LATEST)
            whole = list(read_log(connection)), memories(connection)
        with other.writing() as connection:
            for part in (shuffled[cut // 2 :], shuffled[:cut], shuffled):
                merge(connection, part, InForce(), LATEST)
            assert (list(read_log(connection)), memories(connection)) == whole


@given(lines())
def test_history_of_unknown_cards_is_kept_and_counted(history: list[LogLine]) -> None:
    with store_with_cards() as store, store.writing() as connection:
        done = merge(connection, history, InForce(), LATEST)
        unknown = [line for line in history if line.card not in NAMES]
        assert done.unknown == len(unknown)
        assert done.unknown_cards == (("unknown",) if unknown else ())
        assert [line for line in read_log(connection) if line.card == "unknown"] == sorted(
            unknown, key=lambda line: line.act.at
        )


def test_a_card_that_an_earlier_merge_brought_is_still_without_text(shelf: Shelf) -> None:
    """Its history grows while it waits for a deck, and each merge says so."""
    for day in (0, 1):
        done = merge(shelf.connection, [line("moon", day)], InForce(), LATEST)
        assert (done.unknown, done.unknown_cards) == (1, ("moon",))
