"""Logs are taken in whole or not at all, and it shows how far that is."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from srs.collection.merging import Merging
from srs.due import moment_of
from srs.errors import SrsError
from srs.history import Forget, LogLine, format_line
from srs.history.force import InForce
from srs.history.log_file import open_log
from srs.store.log import Merged, read_log
from tests.history.told import A_DAY, NOON, answer, does, undo
from tests.store.histories import store_with_cards
from tests.store.shelf import DAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

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
