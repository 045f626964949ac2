"""A store written by any version opens in this one: the oldest first, and after a copy was made."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from srs.collection.history import open_history
from srs.history import Review, format_line
from srs.settings import Settings
from srs.store import own_tables, tables
from srs.store.dated import backups_of
from srs.store.log import read_log
from srs.store.migrate import upgrade
from srs.store.opening import open_store
from srs.store.schema import SCHEMA
from srs.store.version import HEAD, VERSION_TABLE, read_version

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.learner import Learner

DUMPS = Path(__file__).resolve().parents[1] / "data" / "stores"
VERSIONS = sorted(dump.stem for dump in DUMPS.glob("*.sql"))


def restore(version: str, file: Path) -> None:
    """Make a store as a version left it."""
    connection = sqlite3.connect(file)
    connection.executescript((DUMPS / f"{version}.sql").read_text(encoding="utf-8"))
    connection.close()


def test_the_steps_lead_to_the_tables_as_they_are_declared(tmp_path: Path) -> None:
    with open_store(str(tmp_path / "srs.db")) as store, store.reading() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        )
        assert tables.cards.metadata is own_tables.facts.metadata is SQLModel.metadata
        assert compare_metadata(context, SQLModel.metadata) == []


def test_a_new_store_is_what_the_steps_make(golden: Callable[[Path, str], None], tmp_path: Path) -> None:
    """`pytest --renew tests/store/test_migrations.py` writes the file that new stores are made from."""
    engine = create_engine(f"sqlite:///{tmp_path / 'stepped.db'}")
    with engine.begin() as connection:
        upgrade(connection)
    engine.dispose()
    stepped = _dumped(tmp_path / "stepped.db")
    golden(SCHEMA, stepped)
    with open_store(str(tmp_path / "new.db")):
        pass
    assert _dumped(tmp_path / "new.db") == stepped


def _dumped(file: Path) -> str:
    with closing(sqlite3.connect(file)) as raw:
        statements = list(raw.iterdump())[1:-1]  # without the words that begin and end a transaction
    return "".join(" ".join(statement.split()) + "\n" for statement in statements)


def test_there_is_a_store_of_every_version(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """`pytest --renew` makes the dump of the newest from the one before it."""
    if request.config.getoption("--renew") and HEAD not in VERSIONS:
        restore(VERSIONS[-1], tmp_path / "srs.db")
        with open_history(str(tmp_path / "srs.db"), Settings(), datetime.now().astimezone()):
            pass
        raw = sqlite3.connect(tmp_path / "srs.db")
        (DUMPS / f"{HEAD}.sql").write_text("\n".join(raw.iterdump()) + "\n", encoding="utf-8")
        raw.close()
    assert VERSIONS[0] == "0001"
    assert VERSIONS[-1] == HEAD
    assert len(VERSIONS) == int(HEAD)


@pytest.mark.parametrize("version", VERSIONS)
def test_a_store_of_a_version_opens_with_its_history(version: str, learner: Learner) -> None:
    """Each dump holds: mile answered with 4 and 3, anchor forgotten, red/c1 suspended, and old/c1 retired."""
    restore(version, learner.store)
    learner.write(
        "ship/sea.md", "## Mile? {#mile}\n\n1852 m.\n\n## Red? {#red}\n\n{{c1::Port}}.\n\n## How? {#anchor}\n\nSo.\n"
    )
    cards = learner.cards("--retired")
    assert {name: (card["state"], card["reviews"]) for name, card in cards.items()} == {
        "mile": ("review", 2),
        "anchor": ("review", 1),
        "red/c1": ("suspended", 1),
        "old/c1": ("retired", 1),
    }
    assert "All is well" in learner.srs("doctor")


def test_what_had_no_moment_becomes_an_act_of_the_first_moment_that_there_is(tmp_path: Path) -> None:
    """So that any later word outdoes it; a flag is an act at its own moment, and an undone answer gets its undo."""
    file = tmp_path / "srs.db"
    restore("0005", file)
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute("UPDATE cards SET buried_until = '2026-11-09' WHERE name = 'anchor'")
        raw.execute("INSERT INTO flags (card_id, at, remark) VALUES (1, 1793523601000, 'why?')")
        raw.execute("UPDATE reviews SET undone_at = at + 5 WHERE id = 2")
    with open_store(str(file)) as store, store.reading() as connection:
        found = [format_line(line) for line in read_log(connection) if not isinstance(line.act, Review)]
    assert sorted(found) == [
        '{"what": "bury", "card": "anchor", "at": "2000-01-01T00:00:00.000Z", "until": "2026-11-09", "deck": "ship"}',
        '{"what": "flag", "card": "mile", "at": "2026-11-01T09:00:01.000Z", "remark": "why?", "deck": "ship"}',
        '{"what": "suspend", "card": "red/c1", "at": "2000-01-01T00:00:00.000Z", "deck": "ship"}',
        (
            '{"what": "undo", "card": "mile", "at": "2026-11-02T09:00:00.017Z", "of": "2026-11-02T09:00:00.012Z",'
            ' "deck": "ship"}'
        ),
    ]


@pytest.mark.parametrize("version", VERSIONS)
def test_a_copy_is_made_before_a_store_is_changed(version: str, tmp_path: Path) -> None:
    file = tmp_path / "srs.db"
    restore(version, file)
    with open_store(str(file)) as store, store.reading() as connection:
        assert read_version(connection) == HEAD
    copies = backups_of(file)
    assert len(copies) == (version != HEAD)
    for copy in copies:
        raw = sqlite3.connect(copy.file)
        assert raw.execute("SELECT version_num FROM srs_version").fetchone() == (version,)
        raw.close()


def test_a_store_whose_version_cannot_be_raised_is_told_to_be_damaged(learner: Learner) -> None:
    """As where the index of that table was spoiled, so that its row is read but not found."""
    restore("0003", learner.store)
    connection = sqlite3.connect(learner.store)
    connection.execute("CREATE TRIGGER t BEFORE UPDATE ON srs_version BEGIN SELECT RAISE(IGNORE); END")
    connection.close()
    outcome = learner.types("doctor")
    assert outcome.code == 1
    assert "the store is damaged" in outcome.err
