"""`srs backup`: a copy of the store."""

from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.saying import say
from srs.errors import SrsError
from srs.store.opening import copy_store, open_store


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="Where the copy goes.")]) -> None:
    """Write a consistent copy of the store, even while it is in use."""
    with open_store(context_of(context).database) as store:
        if store.file and file.exists() and file.samefile(store.file):
            raise SrsError(f"{file} is the store itself; name another file")
        copy_store(store, file)
    say(f"Copied {store.name} to {file}; `srs --db {file}` opens it.")
