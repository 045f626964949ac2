"""What of a server needs none to be tried: addresses, drivers, and a sentence for what a server says."""

from __future__ import annotations

import sys

import pytest
from sqlalchemy import make_url
from sqlalchemy.exc import DBAPIError

from srs.errors import SrsError, UsageError
from srs.store.opening import open_store, sentences
from srs.store.server import connect_arguments, pg_dump, with_driver


@pytest.mark.parametrize("name", ["postgresql", "postgres"])
def test_an_address_as_servers_own_tools_write_it(name: str) -> None:
    assert with_driver(make_url(f"{name}://me@host/cards")).drivername == "postgresql+psycopg"


def test_a_driver_that_is_named_stays() -> None:
    assert with_driver(make_url("postgresql+psycopg2://me@host/cards")).drivername == "postgresql+psycopg2"
    assert with_driver(make_url("sqlite:///srs.db")).drivername == "sqlite"


def test_a_host_that_never_answers_is_waited_for_a_little() -> None:
    plain = connect_arguments(with_driver(make_url("postgresql://me@host/cards")))
    assert plain == {"connect_timeout": 10, "application_name": "srs"}
    told = with_driver(make_url("postgresql://me@host/cards?connect_timeout=99"))
    assert connect_arguments(told) == {"application_name": "srs"}
    assert connect_arguments(make_url("mysql://me@host/cards")) == {}


def test_the_command_that_copies_a_schema_holds_no_password() -> None:
    url = with_driver(make_url("postgresql://me:secret@host:5433/cards?options=-csearch_path%3Dlearner1"))
    assert pg_dump(url, "copy.sql") == "pg_dump --schema=learner1 --file=copy.sql postgresql://me@host:5433/cards"
    url = make_url("postgresql+psycopg://host/cards?sslmode=require&options=-c%20search_path%3Da,b%20-cx%3Dy")
    assert pg_dump(url, "b c") == "pg_dump --schema=a '--file=b c' 'postgresql://host/cards?sslmode=require'"
    assert pg_dump(make_url("postgresql://host/cards"), "c") == "pg_dump --file=c postgresql://host/cards"


def test_a_driver_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(UsageError, match=r"^no driver for postgresql\+psycopg is installed; install srs\[postgres\]: "):
        _open("postgresql://me@host/cards")


def _open(address: str) -> None:
    with open_store(address):
        pass


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ('connection failed: … FATAL: password authentication failed for user "me"', "with this name and password"),
        ("connection failed: … fe_sendauth: no password supplied", "with this name and password"),
        (
            'connection failed: … FATAL: no pg_hba.conf entry for host "::1", database "cards"',
            "pg_hba.conf says who may",
        ),
        ('connection failed: … FATAL: role "me" does not exist', "has no such user"),
        ('connection failed: … FATAL: database "cards" does not exist', "is in no such database"),
        ("connection failed: … FATAL: the database system is starting up", "its server is starting"),
        ("connection failed: … FATAL: sorry, too many clients already", "has no connection free"),
        ("connection failed: connection to server … Connection refused\n\tIs the server running?", "cannot be reached"),
        ("connection is bad: … failed: Permission denied", "cannot be reached"),
        ("connection timeout expired", "cannot be reached"),
        ("failed to resolve host 'nowhere'", "cannot be reached"),
        ("permission denied for schema public", "may not be changed by this user"),
        ("cannot execute INSERT in a read-only transaction", "takes no changes"),
        ("canceling statement due to lock timeout", "has been written by another program for 60 seconds"),
        ("could not extend file: No space left on device", "found no room on the server's disk"),
        ("server closed the connection unexpectedly", "lost its connection to the server"),
        ("terminating connection due to administrator command", "lost its connection to the server"),
        ("PostgreSQL text fields cannot contain NUL (0x00) bytes", "cannot keep a NUL character"),
        ("index row requires 60112 bytes, maximum size is 8191", "cannot keep so long an id"),
        ("something\nelse", "failed: something else"),
    ],
)
def test_what_a_server_says_is_told_in_a_sentence(theirs: str, ours: str) -> None:
    with pytest.raises(SrsError) as told, sentences("postgresql://host/cards"):
        raise DBAPIError("SELECT", {}, Exception(theirs))
    assert str(told.value).startswith("the store postgresql://host/cards ")
    assert ours in str(told.value)
    assert "\n" not in str(told.value)
