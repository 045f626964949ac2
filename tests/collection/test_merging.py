"""Logs are taken in whole or not at all, and it shows how far that is."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from sqlalchemy import delete, insert, select

from srs.collection.merging import Merging
from srs.due import milliseconds, moment_of
from srs.errors import SrsError
from srs.history import Flag, Forget, LogLine, format_line, horizon
from srs.history.force import InForce
from srs.history.log_file import open_log
from srs.store.copying import replace_store
from srs.store.known_logs import read_known
from srs.store.log import Merged, read_log
from srs.store.opening import copy_store, open_store
from srs.store.own_tables import facts
from srs.store.settling import settle
from srs.store.tables import cards
from tests.history.told import A_DAY, NOON, answer, does, undo
from tests.store.histories import store_with_cards
from tests.store.shelf import DAY
from tests.store.test_taking import acts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from srs.collection.telling import Share
    from srs.errors import Problem
    from srs.store.opening import Store


@contextmanager
def merging(store: Store, folder: Path, *logs: Sequence[LogLine | str]) -> Iterator[tuple[Merging, list[object]]]:
    """Give some logs to be merged, and what is told meanwhile."""
    told: list[object] = []

    def wrong(problem: Problem) -> None:
        told.append((problem.path.name, problem.line))

    @contextmanager
    def working(what: str) -> Iterator[Share]:
        told.append(what)
        yield lambda done, size: told.append((done, size))

    with ExitStack() as opened:
        files = [folder / f"{number}.jsonl" for number in range(len(logs))]
        for file, lines in zip(files, logs, strict=True):
            text = (format_line(line) if isinstance(line, LogLine) else line for line in lines)
            file.write_text("".join(f"{line}\n" for line in text), encoding="utf-8")
        some = tuple(opened.enter_context(open_log(file)) for file in files)
        yield Merging(store, some, InForce(), moment_of(NOON), wrong, working), told


def never(_: Merged) -> None:
    """Nothing is taken away."""
    raise AssertionError


def lines_of(store: Store) -> list[LogLine]:
    """Return the whole log."""
    with store.reading() as connection:
        return list(read_log(connection))


def test_how_far_it_is_is_told_in_bytes_of_all_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", 100)
    with store_with_cards() as store, merging(store, tmp_path, [answer(), answer(1)], [answer(-3)]) as (some, told):
        assert some.merge(never) == Merged(added=3, moved=1, kinds={"": 3})
        what, *shares = told
        assert what == "Taking in the history"
        size = sum(file.stat().st_size for file in tmp_path.iterdir())
        assert shares[-1] == (size, size)
        assert len(shares) > 3


def test_lines_that_are_none_are_told_of_every_file_and_nothing_is_taken(tmp_path: Path) -> None:
    one: list[LogLine | str] = [answer(), "nonsense"]
    other: list[LogLine | str] = [answer(1), "", "{}", answer(2)]
    with store_with_cards() as store, merging(store, tmp_path, one, other) as (some, told):
        for taken in (some.would, lambda: some.merge(never)):
            told.clear()
            with pytest.raises(SrsError, match="2 lines cannot be read; nothing was merged"):
                taken()
            assert [each for each in told if isinstance(each, tuple) and isinstance(each[0], str)] == [
                ("0.jsonl", 2),
                ("1.jsonl", 3),
            ]
            assert lines_of(store) == []


@pytest.mark.parametrize(
    "taking", [undo(answer()), does(Forget(NOON + 9, DAY)), does(Forget(NOON + 9 * A_DAY, DAY + timedelta(9)))]
)
def test_what_takes_away_is_asked_for_while_nobody_is_kept_waiting(tmp_path: Path, taking: LogLine) -> None:
    """Also what will take away once it counts; what is known already is not asked for."""
    with store_with_cards() as store, merging(store, tmp_path, [answer(), taking]) as (some, _):
        asked: list[Merged] = []

        def refused(coming: Merged) -> None:
            assert lines_of(store) == []
            asked.append(coming)
            raise SrsError("nothing was merged")

        with pytest.raises(SrsError):
            some.merge(refused)
        assert lines_of(store) == []
        should = some.would()
        assert some.merge(asked.append) == should == asked[0] == asked[1]
        assert some.merge(never) == Merged(known=2)


def files(folder: Path, *texts: str) -> list[Path]:
    """Write files."""
    found = [folder / f"{number}.jsonl" for number in range(len(texts))]
    for file, text in zip(found, texts, strict=True):
        file.write_bytes(text.encode())
    return found


def merged(store: Store, *some: Path, now: int = NOON) -> tuple[Merged, int]:
    """Merge files, and return what that did and in how many lots it read."""
    lots: list[int] = []

    @contextmanager
    def working(_: str) -> Iterator[Share]:
        yield lambda done, _: lots.append(done)

    with ExitStack() as opened:
        logs = tuple(opened.enter_context(open_log(file)) for file in some)
        merging = Merging(store, logs, InForce(), moment_of(now), lambda _: None, working)
        would = merging.would()
        lots.clear()
        done = merging.merge(never)
        assert done == would
    return done, len(lots)


def lines(*some: LogLine) -> str:
    """Return lines as a log has them."""
    return "".join(f"{format_line(line)}\n" for line in some)


TEN = lines(*(answer(-day) for day in range(1, 11)))


@pytest.fixture
def small_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read a line or so at a time."""
    monkeypatch.setattr("srs.history.log_file._AT_ONCE", 130)


@pytest.mark.usefixtures("small_lots")
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_a_log_begins_with_is_passed_over_if_it_was_merged(tmp_path: Path, end: str) -> None:
    """Also if it has grown since; what is passed over is known."""
    ten = TEN.replace("\n", end)
    file, copy = files(tmp_path, ten, ten)
    with store_with_cards() as store:
        done, lots = merged(store, file)
        assert done == Merged(added=10, moved=1, kinds={"": 10})
        assert lots > 10
        assert merged(store, file) == (Merged(known=10), 1)
        assert merged(store, copy, file) == (Merged(known=20), 2)
        file.write_bytes((ten + lines(answer(), does(Flag(NOON, "why?")))).encode())
        done, lots = merged(store, file)
        assert (done.added, done.known, dict(done.kinds)) == (2, 10, {"": 1, "flag": 1})
        assert lots < 6
        assert merged(store, file) == (Merged(known=12), 1)
        assert merged(store, file, file) == (Merged(known=24), 2)


@pytest.mark.usefixtures("small_lots")
def test_a_log_that_was_changed_above_is_read_again(tmp_path: Path) -> None:
    (file,) = files(tmp_path, TEN)
    with store_with_cards() as store:
        merged(store, file)
        file.write_bytes(TEN.replace('"grade": 4', '"grade": 1', 1).encode())
        done, lots = merged(store, file)
        assert (done.added, done.known) == (1, 9), "of two that are one act the lesser stands"
        assert lots > 10
        file.write_bytes(TEN[:-2].encode())
        with pytest.raises(SrsError, match="1 line cannot be read"):
            merged(store, file)
        file.write_bytes(TEN[:-1].encode())
        assert merged(store, file)[0] == Merged(known=10)
        assert merged(store, file)[1] < 4, "a last line without an end is read again"


@pytest.mark.usefixtures("small_lots")
def test_a_line_that_lacks_its_deck_is_looked_at_each_time_and_what_follows(tmp_path: Path) -> None:
    """It gets it from the decks of that day, and these may have two such cards by then."""
    (file,) = files(tmp_path, TEN + lines(answer(), replace(answer(-11), deck=""), answer(-12)) + TEN)
    with store_with_cards() as store:
        assert merged(store, file)[0] == Merged(added=13, known=10, moved=1, kinds={"": 13})
        done, lots = merged(store, file)
        assert done == Merged(known=23)
        assert 10 < lots < 20
        with store.writing() as connection:
            card = {"deck": "boat", "name": "mile", "note_id": 1, "place": 0, "retired": False, "suspended": False}
            connection.execute(insert(cards).values(**card))
        assert merged(store, file)[0] == Merged(known=22, waiting=1)


@pytest.mark.usefixtures("small_lots")
def test_a_line_that_waits_for_the_clock_is_known(tmp_path: Path) -> None:
    """It counts in time, however often its log is merged meanwhile, and by whichever clock."""
    (file,) = files(tmp_path, lines(answer(5), answer(20)))
    with store_with_cards() as store:
        assert merged(store, file)[0] == Merged(waiting=2)
        assert merged(store, file) == (Merged(known=2), 1)
        for days in (30, 10, 0, 30):
            with store.writing() as connection:
                settle(connection, horizon(NOON + days * A_DAY))
            assert merged(store, file, now=NOON + days * A_DAY) == (Merged(known=2), 1)
            assert lines_of(store) == [answer(5), answer(20)]


@pytest.mark.usefixtures("small_lots")
def test_what_was_not_taken_in_is_not_known(tmp_path: Path) -> None:
    """Tried, refused, or with a line that is none."""
    ten, spoiled = files(tmp_path, TEN + lines(undo(answer(-1))), TEN + "nonsense\n")

    def refused(_: Merged) -> None:
        raise SrsError("nothing was merged")

    with store_with_cards() as store, ExitStack() as opened:
        for file in (spoiled, ten):
            log = opened.enter_context(open_log(file))
            some = Merging(store, (log,), InForce(), moment_of(NOON), lambda _: None)
            with suppress(SrsError):
                some.would()
            with pytest.raises(SrsError, match="merged"):
                some.merge(refused)
        with store.reading() as connection:
            assert read_known(connection) == {}
        assert some.merge(lambda _: None) == Merged(added=11, moved=1, kinds={"": 10, "undo": 1})
        assert some.merge(never) == Merged(known=11), "what takes away is not asked for again"


def test_after_an_older_copy_is_put_back_a_log_that_was_merged_comes_in_again(tmp_path: Path) -> None:
    before, database = tmp_path / "before.db", tmp_path / "srs.db"
    (file,) = files(tmp_path, TEN)
    with open_store(str(database)) as store:
        copy_store(store, before)
        assert merged(store, file)[0].added == 10
        replace_store(before, database, None)
        assert merged(store, file)[0].added == len(lines_of(store)) == 10


@pytest.mark.slow
@settings(max_examples=settings().max_examples // 3 + 1)  # a long story each
@given(
    st.lists(st.one_of(acts(), acts().map(lambda line: replace(line, deck="", card="anchor"))), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(1, 8), st.sampled_from([-400, -290, -200, 0]), st.booleans()), max_size=6),
)
def test_what_is_passed_over_changes_nothing(some: list[LogLine], steps: list[tuple[int, int, bool]]) -> None:
    """Of logs that grow and shrink, by clocks that go both ways, with a deck that comes to have a card of the same id.

    What a merge of all lines does is what a merge does that passes over some, and is told alike.
    """
    with ExitStack() as opened, pytest.MonkeyPatch.context() as patch:
        patch.setattr("srs.history.log_file._AT_ONCE", 200)
        folder = Path(opened.enter_context(TemporaryDirectory()))
        one, other = (opened.enter_context(store_with_cards()) for _ in range(2))
        for size, days, more in steps:
            now = moment_of(NOON + days * A_DAY)
            file = folder / "log.jsonl"
            file.write_text(lines(*some[:size]), encoding="utf-8")
            done = []
            for store in (one, other):
                with store.writing() as connection:
                    settle(connection, horizon(milliseconds(now)))
                    if store is other:
                        connection.execute(delete(facts))
                    boat = select(cards.c.id).where(cards.c.deck == "boat", cards.c.name == "anchor")
                    if more and not connection.execute(boat).all():
                        card = {"deck": "boat", "name": "anchor", "note_id": 1, "place": 0, "suspended": False}
                        connection.execute(insert(cards).values(**card, retired=False))
                with open_log(file) as log:
                    done.append(Merging(store, (log,), InForce(), now, lambda _: None).merge(lambda _: None))
            assert done[0] == done[1]
            assert lines_of(one) == lines_of(other)
