"""The key to a sync server: kept in a file that only its user can read, and never the password."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from exporters.anki.exchange.doors import Login
from srs.errors import SrsError
from srs.files import beside, make_private, read_at_most, real, said_by

_LONGEST = 10_000


def read_login(file: Path) -> Login | None:
    """Return the key that a file holds; `None` if it is not there. Raises SrsError if it holds something else."""
    try:
        found = json.loads(read_at_most(file, _LONGEST).decode())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise SrsError(f"the key to the sync server in {file} cannot be read: {said_by(error)}") from error
    except ValueError as error:
        raise SrsError(f"{file} holds no key to a sync server; `srs login` writes it anew") from error
    return _login(found, file)


def write_login(file: Path, login: Login) -> None:
    """Keep a key in a file for its user alone, whatever stood there; raises SrsError for one that no server gives."""
    kept = json.dumps(asdict(login), indent=1)
    if len(kept) > _LONGEST:
        raise SrsError(f"the server gave a key of {len(login.key):,} characters, which is none; nothing was kept")
    try:
        make_private(file)
        with beside(real(file)) as part:
            part.write_text(kept, encoding="utf-8")
            part.replace(real(file))
    except OSError as error:
        raise SrsError(f"the key to the sync server cannot be kept in {file}: {said_by(error)}") from error


def forget_login(file: Path) -> Login | None:
    """Forget a key, and return it; `None` if there was none."""
    try:
        found = read_login(file)
    except SrsError:
        found = Login("", "", "", "")
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise SrsError(f"{file} cannot be deleted: {said_by(error)}") from error
    return found


def _login(found: object, file: Path) -> Login:
    names = ("server", "user", "key", "endpoint")
    fields: Mapping[str, Any] = found if isinstance(found, dict) else {}
    values = [fields.get(name) for name in names]
    if not all(isinstance(value, str) and value for value in values):
        raise SrsError(f"{file} holds no key to a sync server; `srs login` writes it anew")
    return Login(*map(str, values))
