"""No test touches the home of whoever runs it, nor the settings in their environment."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.learner import SEA, Learner
from tests.newcomer import Newcomer

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

# Many tests start the program as a process: without its bytecode each of them would compile it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
NEED_ALL = bool(os.environ.get("SRS_TESTS_NEED_ALL"))
settings.register_profile(
    "house", deadline=None, max_examples=int(os.environ.get("SRS_TESTS_EXAMPLES", "25"))
)  # machines differ in speed; laws do not
settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where SRS_TESTS_NEED_ALL says that nothing may be skipped, a test that lacks what it needs fails."""
    report = yield
    if NEED_ALL and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and here nothing may be: {call.excinfo}"
    return report


@pytest.fixture(autouse=True)
def _nobodys_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith(("SRS_", "XDG_"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --renew` writes the golden files anew."""
    parser.addoption("--renew", action="store_true", help="write golden files in tests/data as the program does now")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compares a text with its golden file; `pytest --renew` writes the file instead."""

    def same(file: Path, text: str) -> None:
        if request.config.getoption("--renew"):
            file.write_text(text, encoding="utf-8")
        assert text == file.read_text(encoding="utf-8"), f"{file.name} differs; if it should, `pytest --renew`"

    return same


@pytest.fixture
def learner(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Learner:
    """Somebody with an empty folder of decks."""
    one = Learner(tmp_path, capsys)
    one.decks.mkdir()
    return one


@pytest.fixture
def sailor(learner: Learner) -> Learner:
    """Somebody with a deck of three notes and seven cards, none of them answered."""
    learner.write("ship/sea.md", SEA)
    return learner


@pytest.fixture
def newcomer(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Newcomer:
    """Somebody in an empty folder, who has said nothing of decks or of the store."""
    monkeypatch.chdir(tmp_path)
    return Newcomer(capsys, monkeypatch)
