"""A PostgreSQL server of a test's own, in a folder: heard on a Unix socket there, and on a loopback port."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

_DEBIAN = Path("/usr/lib/postgresql")
PASSWORD = "let me in"  # noqa: S105 -- of a server that lives as long as a test
LEARNER = "learner"
DATABASE = "cards"


@dataclass(frozen=True)
class Server:
    """A server that runs; its superuser is `postgres`, and `learner`, who owns the database, needs a password."""

    folder: Path
    port: int

    @property
    def data(self) -> Path:
        """Where the server keeps its files."""
        return self.folder / "data"

    def url(
        self,
        schema: str | None = None,
        *,
        user: str = LEARNER,
        password: str | None = PASSWORD,
        port: int | None = None,
    ) -> str:
        """Return the address of the database as --db takes it, of a schema if one is named."""
        secret = "" if password is None else ":" + password.replace(" ", "%20")
        options = f"?options=-csearch_path%3D{schema}" if schema else ""
        return f"postgresql://{user}{secret}@localhost:{port or self.port}/{DATABASE}{options}"

    def sql(self, text: str, *, user: str = "postgres") -> str:
        """Run SQL as a user who needs no password, at the socket; return what it printed."""
        command = [*_program("psql"), "-h", self.folder, "-p", self.port, "-U", user, "-d", DATABASE, "-XAtqc", text]
        return _run(*command)

    def stop(self, how: str = "fast") -> None:
        """Stop the server by the id that it wrote down."""
        _run(*_program("pg_ctl"), "stop", "-w", "-m", how, "-D", self.data)

    def start(self) -> None:
        """Start the server, and wait until it takes connections."""
        options = f"-c listen_addresses=localhost -c port={self.port} -c unix_socket_directories={self.folder}"
        quick = "-c fsync=off -c max_connections=40"
        log = self.folder / "server.log"
        _run(*_program("pg_ctl"), "start", "-w", "-D", self.data, "-l", log, "-o", f"{options} {quick}")

    @property
    def runs(self) -> bool:
        """Whether the server is there."""
        return (self.data / "postmaster.pid").exists()


@contextmanager
def server(folder: Path) -> Iterator[Server]:
    """Make a server in a folder and run it until the block ends; whoever is root lets `postgres` run it.

    Its database sorts text as English dictionaries do, not by code points: a B comes after an a.
    """
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    one = Server(folder, port)
    folder.mkdir(mode=0o755, exist_ok=True)
    _give_away(folder)
    _run(
        *_program("initdb"), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale", "C.UTF-8", "-N", "-D", one.data
    )
    (one.data / "pg_hba.conf").write_text("local all all trust\nhost all all localhost scram-sha-256\n", "ascii")
    one.start()
    try:
        command = [*_program("psql"), "-h", folder, "-p", port, "-U", "postgres", "-d", "postgres", "-Xqc"]
        _run(*command, f"CREATE ROLE {LEARNER} LOGIN PASSWORD '{PASSWORD}'")
        english = "TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en-US'"
        _run(*command, f"CREATE DATABASE {DATABASE} OWNER {LEARNER} {english}")
        yield one
    finally:
        if one.runs:
            one.stop("immediate")


def _program(name: str) -> list[str]:
    """Return how a program of the server is called: Debian keeps them out of the path."""
    found = shutil.which(name) or next(map(str, sorted(_DEBIAN.glob(f"*/bin/{name}"), reverse=True)), name)
    return [found]


def _account() -> pwd.struct_passwd | None:
    """Return the account that the server runs under, if it is not that of the tests: it refuses to be root."""
    return pwd.getpwnam("postgres") if os.getuid() == 0 else None


def _give_away(folder: Path) -> None:
    if account := _account():
        os.chown(folder, account.pw_uid, account.pw_gid)


def _run(*command: Any) -> str:  # noqa: ANN401 -- words and paths
    account = _account()
    surroundings = {name: text for name, text in os.environ.items() if not name.startswith("PG")}
    done = subprocess.run(
        [str(word) for word in command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
        env=surroundings,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
    )
    assert done.returncode == 0, f"{command}: {done.stdout}"
    return done.stdout
