"""`srs restore`: a copy of the store put back in its place."""

from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.saying import say
from srs.collection.backups import restore as put_back
from srs.errors import SrsError
from srs.store.address import file_of


def restore(
    context: typer.Context, file: Annotated[Path, typer.Argument(help="A copy, as `srs backup --list` names them.")]
) -> None:
    """Put a copy of the store back in its place; what stood there is kept beside it."""
    here = context_of(context)
    store = file_of(here.database)
    if store is None:
        raise SrsError("a copy can be put back into SQLite stores only; a server's own tool restores it (psql)")
    kept = put_back(file, store, here.now())
    say(f"{store} is as {file} was.")
    if kept:
        say(f"What it held is kept in {kept}.")
    say("What other computers, or files of a history folder, know comes back with them.")
