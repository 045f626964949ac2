"""`srs backup`: a copy of the store."""

from pathlib import Path
from typing import Annotated

import typer

from srs.characters import typed
from srs.cli.context import Context, context_of
from srs.cli.saying import say
from srs.errors import SrsError, UsageError
from srs.store.address import file_of
from srs.store.dated import backups_of
from srs.store.opening import copy_store, open_store


def backup(
    context: typer.Context,
    file: Annotated[Path | None, typer.Argument(help="Where the copy goes.", show_default=False)] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List the copies that were kept by themselves.")] = False,
) -> None:
    """Write a consistent copy of the store, even while it is in use; `srs restore` puts one back."""
    here = context_of(context)
    if list_:
        _list(here)
        return
    if file is None:
        raise UsageError("say where the copy goes: srs backup FILE; or --list what was kept")
    with open_store(here.database) as store:
        if store.file and file.exists() and file.samefile(store.file):
            raise SrsError(f"{file} is the store itself; name another file")
        if file.exists() and not file.is_dir() and not force:
            raise SrsError(f"{file} is there already; --force replaces it")
        copy_store(store, file)
    say(f"Copied {store.name} to {file}; {typed('--db', file)} opens it.")


def _list(here: Context) -> None:
    store = file_of(here.database)
    if store is None:
        raise SrsError("a server keeps its own backups: pg_dump writes one of PostgreSQL")
    found = backups_of(store)
    for each in found:
        say(f"{each.day}  {each.file.stat().st_size / 1_000_000:8.1f} MB  {each.file}")
    if not found:
        say("No copy has been kept yet; one is, after each day's first sitting.")
    else:
        say("`srs restore FILE` puts one back")
