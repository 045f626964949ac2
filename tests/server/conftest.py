"""One server for all tests of a process, and learners whose stores are schemas of it."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.learner import SEA
from tests.server.postgres import LEARNER, Server, server
from tests.server.student import Student

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_COUNT = itertools.count(1)


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    """Give a server that runs; its folder is one that any account may pass through, unlike pytest's."""
    folder = Path(tempfile.mkdtemp(prefix="srs-server-"))
    folder.chmod(0o755)
    try:
        with server(folder / "server") as one:
            yield one
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def own_server() -> Iterator[Server]:
    """Give a server that a test may stop."""
    folder = Path(tempfile.mkdtemp(prefix="srs-server-"))
    folder.chmod(0o755)
    try:
        with server(folder / "server") as one:
            yield one
    finally:
        shutil.rmtree(folder)


@pytest.fixture
def schema(running: Server) -> str:
    """Give the name of a schema that is empty and the learner's."""
    return new_schema(running)


def new_schema(running: Server) -> str:
    """Make a schema of the learner's, and return its name."""
    name = f"learner{next(_COUNT)}"
    running.sql(f"CREATE SCHEMA {name} AUTHORIZATION {LEARNER}")
    return name


@pytest.fixture
def student(tmp_path: Path, capsys: pytest.CaptureFixture[str], running: Server, schema: str) -> Student:
    """Give somebody with the deck of `sailor`, whose store is a schema."""
    one = Student(tmp_path / "student", capsys, address=running.url(schema))
    one.home.mkdir()
    one.write("ship/sea.md", SEA)
    return one


@pytest.fixture
def another(running: Server, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[[str], Student]:
    """Give a maker of further learners, each with a schema of their own on the same server."""

    def made(name: str) -> Student:
        one = Student(tmp_path / name, capsys, address=running.url(new_schema(running)))
        one.home.mkdir()
        one.write("ship/sea.md", SEA)
        return one

    return made
