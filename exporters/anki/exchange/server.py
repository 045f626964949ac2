"""A sync server of one's own: what it brings, what it is given, and the copy of the account that is kept here."""

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import Any

from exporters.anki.exchange.addresses import sent_on
from exporters.anki.exchange.doors import Login
from exporters.anki.exchange.talking import ORDINARY, WHOLE, talk
from srs.errors import SrsError

_ONE_WAY, _DOWNLOAD, _UPLOAD = 2, 3, 4
_STEP = 0.05  # s between two looks at how far the media are
_LONGEST = 2400  # such steps
_PATIENCE = 600  # s in which a slow server may look through a whole account without a word
EMPTY = (
    "the account on the sync server is empty; `srs sync --upload` fills it from here; if it should hold something,"
    " sync the device that has it first"
)


class Server:
    """A server with a key to it, and an open collection that is a copy of the account there."""

    def __init__(self, login: Login, collection: Any) -> None:  # noqa: ANN401 -- a collection of Anki's
        self.login = login
        self._collection = collection
        self._empty = False

    def fetch(self, *, upload: bool, replaced: Callable[[], None]) -> None:
        """Bring the copy up to the account, and send what an interrupted run had not sent.

        Where the server asks for a one-way sync the account is downloaded, and never overwritten: `replaced` is called
        before. An account that holds nothing is left alone, unless it is to be filled (`upload`).
        """
        asked = self._sync()
        one_way = asked.required in (_ONE_WAY, _DOWNLOAD)
        self._empty = asked.required == _UPLOAD or (not one_way and self._holds_nothing())
        if self._empty and not upload:
            raise SrsError(EMPTY)
        if one_way:
            replaced()
            self._one_way(asked.server_media_usn, upload=False)

    def send(self, *, media: bool) -> None:
        """Send what was changed in the copy; an account that holds nothing gets all of it."""
        asked = self._sync()
        if asked.required == _UPLOAD:
            if not self._empty:
                raise SrsError(EMPTY)
            self._one_way(asked.server_media_usn, upload=True)
            self._empty = False
        elif asked.required in (_ONE_WAY, _DOWNLOAD):
            raise SrsError("the account was replaced by another device meanwhile; run again: it is read anew then")
        if media:
            self._send_media()

    def complete(self) -> None:
        """Send what an interrupted run had made: an account that still holds nothing, and pictures."""
        if self._empty:
            self.send(media=True)
        elif self._pictures_wait():
            self._send_media()

    def _sync(self) -> Any:  # noqa: ANN401 -- an answer of Anki's
        """Agree with the server on what is new; the library follows where it sends on, and that is checked after."""
        auth = self._auth()
        asked = talk(self._collection, ORDINARY, lambda: self._collection.sync_collection(auth, False))
        if asked.new_endpoint:
            self.login = replace(self.login, endpoint=sent_on(self.login.server, asked.new_endpoint))
        return asked

    def _holds_nothing(self) -> bool:
        """Whether neither this copy nor the account ever held a note: a new copy that agrees with a new account."""
        ((notes, usn),) = self._collection.db.all("SELECT (SELECT count() FROM notes), usn FROM col")
        return not notes and not usn

    def _one_way(self, media_usn: int, *, upload: bool) -> None:
        self._collection.close_for_full_sync()
        try:
            auth, carry = self._auth(_PATIENCE), self._collection.full_upload_or_download
            talk(self._collection, WHOLE, lambda: carry(auth=auth, server_usn=media_usn, upload=upload))
        finally:
            self._collection.reopen(after_full_sync=True)

    def _send_media(self) -> None:
        self._collection.sync_media(self._auth())
        pause = Event()
        for _ in range(_LONGEST):
            if not self._collection.media_sync_status().active:
                return
            pause.wait(_STEP)
        self._collection.abort_media_sync()
        raise SrsError(
            f"the pictures have not all reached the sync server in {_LONGEST * _STEP:g} s; all else has, run again"
        )

    def _pictures_wait(self) -> bool:
        """Whether the library has noted pictures that it has not sent."""
        from anki.media import media_paths_from_col_path  # noqa: PLC0415 -- an optional extra

        file = Path(media_paths_from_col_path(self._collection.path)[1])
        try:
            return file.exists() and may_wait(file)
        except sqlite3.Error as error:
            raise SrsError(f"{file} cannot be read: {error}; `srs sync --fresh` fetches all of it anew") from error

    def _auth(self, patience: int | None = None) -> Any:  # noqa: ANN401 -- a value of Anki's
        from anki.sync_pb2 import SyncAuth  # noqa: PLC0415 -- an optional extra

        endpoint = sent_on(self.login.server, self.login.endpoint)
        return SyncAuth(hkey=self.login.key, endpoint=endpoint, io_timeout_secs=patience)


def may_wait(file: Path) -> bool:
    """Whether the library's list of media says that some are not sent; while its log lies beside it they may be.

    A thread of the library may still hold the list, and SQLite's locks do not keep two of its copies in one process
    apart: the one that comes second empties the shared index beneath the first, which the system then ends
    (https://www.sqlite.org/howtocorrupt.html, 2.2.1). So the list is read as a file that nobody changes.
    """
    log = file.with_name(f"{file.name}-wal")
    with suppress(FileNotFoundError):
        if log.stat().st_size:
            return True
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?immutable=1", uri=True)) as connection:
        return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM media WHERE dirty)").fetchone()[0])
