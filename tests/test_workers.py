"""Work shared out to processes: in order, whole, and gone in the end."""

from __future__ import annotations

import math
import os
import subprocess
from itertools import islice
from typing import Any

import pytest

from exporters.registry import writer
from srs import workers
from srs.errors import SrsError, UsageError
from srs.workers import in_processes

pytestmark = pytest.mark.slow


def test_what_is_made_comes_in_the_order_of_the_lots(monkeypatch: pytest.MonkeyPatch) -> None:
    """There are more of them than processes, and fewer."""
    monkeypatch.setattr(workers, "MOST", 2)
    lots = [3000, 1, 2000, 2, 4, 5]
    assert list(in_processes(math.factorial, lots)) == [math.factorial(each) for each in lots]
    assert list(in_processes(math.factorial, [5])) == [120]


def test_a_mistake_is_told_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST", 1)
    found = in_processes(writer, ["text", "nothing", "text"])
    assert next(found) == writer("text")
    with pytest.raises(UsageError, match="no format 'nothing'"):
        next(found)


def test_a_process_that_ends_is_told_and_whoever_stops_asking_waits_for_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "MOST", 2)
    started: list[subprocess.Popen[bytes]] = []

    class Noted(subprocess.Popen[bytes]):
        def __init__(self, *words: Any, **options: Any) -> None:  # noqa: ANN401 -- whatever it is started with
            super().__init__(*words, **options)
            started.append(self)

    monkeypatch.setattr("srs.workers.subprocess.Popen", Noted)
    with pytest.raises(SrsError, match="was ended from outside"):
        list(in_processes(os._exit, [1]))
    endless = in_processes(math.factorial, iter(int, 1))
    assert list(islice(endless, 3)) == [1, 1, 1]
    endless.close()  # type: ignore[attr-defined] # a generator
    assert [each.returncode is not None for each in started] == [True] * 4
