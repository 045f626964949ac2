"""Laws of the history: memory is a fold over it, undoing is taking out, and merging is a union."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, update

from srs.collection.answering import Leeches, Rules, answer, undo
from srs.scheduler import Sm2
from srs.store.doctor import damage
from srs.store.log import LogLine, format_line, merge, parse_line, read_log
from srs.store.memories import memory_of, replay_all
from srs.store.reviews import Review, card_history, read_review
from srs.store.tables import cards
from tests.store.histories import NAMES, lines, reviews, store_with_cards

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from srs.scheduler import Memory


RULES = Rules(Sm2(), Leeches())


def healthy(connection: Connection) -> bool:
    """Whether the doctor finds nothing."""
    return not damage(connection) and not replay_all(connection, Sm2(), write=False).drifted


def memories(connection: Connection) -> dict[str, Memory | None]:
    """Return the memory of every card by its id."""
    return {row.name: memory_of(row) for row in connection.execute(select(cards))}


def folded(history: list[Review]) -> Memory | None:
    """Return what a fold over a history gives."""
    return Sm2().fold(review.answer for review in sorted(history, key=lambda review: review.at))


@given(st.lists(st.tuples(st.sampled_from([1, 2, 3]), reviews()), max_size=20))
def test_memory_is_always_the_fold_of_the_history(answers: list[tuple[int, Review]]) -> None:
    """In whatever order answers are written, every card's memory is that of its reviews in the order of moments."""
    with store_with_cards() as store:
        for card, review in answers:
            done = answer(store, card, review, RULES)
            with store.reading() as connection:
                assert done.memory == folded(card_history(connection, card))
        with store.reading() as connection:
            assert healthy(connection)
            moments = [line.review.at for line in read_log(connection)]
        assert len(set(moments)) == len(moments) == len(answers)


@given(st.lists(reviews(), min_size=1, max_size=12), st.data())
def test_undoing_an_answer_is_never_having_given_it(answers: list[Review], data: st.DataObject) -> None:
    with store_with_cards() as store:
        keys = [answer(store, 1, review, RULES).review_key for review in answers]
        taken = data.draw(st.sampled_from(keys))
        with store.reading() as connection:
            left = [found.review for key in keys if key != taken and (found := read_review(connection, key))]
        undone = undo(store, 0, RULES, taken)
        assert undone is not None
        assert undone.memory == folded(left)
        with store.reading() as connection:
            assert card_history(connection, 1) == sorted(left, key=lambda review: review.at)
            last = read_review(connection)
        assert (last.review if last else None) == max(left, key=lambda review: review.at, default=None)


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


def test_what_was_undone_here_stays_undone() -> None:
    review = parse_line(
        '{"card":"mile","at":"2026-01-01T09:00:00.000Z","day":"2026-01-01","grade":4,"ms":1,"from":"x"}'
    )
    with store_with_cards() as store:
        done = answer(store, 1, review.review, RULES)
        undo(store, 0, RULES, done.review_key)
        with store.writing() as connection:
            assert merge(connection, [review], Sm2()).known == 1
            assert memories(connection)["mile"] is None


def test_a_line_without_a_deck_goes_to_the_only_card_of_that_id() -> None:
    review = parse_line('{"card":"mile","at":"2026-01-01T09:00:00Z","day":"2026-01-01","grade":4,"ms":1,"from":"x"}')
    with store_with_cards() as store, store.writing() as connection:
        assert merge(connection, [review], Sm2()).unknown == 0
        assert memories(connection)["mile"] is not None


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
        ('{"card":"a","at":"2026-01-01T00:00:00Z","day":"2026-01-09","grade":1,"ms":1,"from":"x"}', "far from"),
    ],
)
def test_a_line_that_is_no_review_is_refused_with_what_was_expected(line: str, expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        parse_line(line)


def test_the_doctor_finds_a_memory_that_drifted_and_mends_it() -> None:
    with store_with_cards() as store:
        first = parse_line('{"card":"a","at":"2026-01-01T09:00:00Z","day":"2026-01-01","grade":4,"ms":1,"from":"x"}')
        should = answer(store, 1, first.review, RULES).memory
        assert should
        with store.writing() as connection:
            connection.execute(update(cards).where(cards.c.id == 1).values(due=should.due + timedelta(days=9)))
            assert replay_all(connection, Sm2(), write=False).drifted == ("mile",)
            assert replay_all(connection, Sm2(), write=True).drifted == ("mile",)
            assert healthy(connection)
            assert memories(connection)["mile"] == should


def test_an_answer_and_its_memory_are_written_together_or_not_at_all() -> None:
    class Failing(Sm2):
        def fold(self, answers: object) -> Memory:
            raise RuntimeError(f"{answers} make no memory")

    review = parse_line(
        '{"card":"a","at":"2026-01-01T09:00:00Z","day":"2026-01-01","grade":4,"ms":1,"from":"x"}'
    ).review
    with store_with_cards() as store:
        with pytest.raises(RuntimeError):
            answer(store, 1, review, Rules(Failing(), Leeches()))
        with store.reading() as connection:
            assert list(read_log(connection)) == []
