"""`srs doctor` and `srs backup`: proof that the store is whole, and a copy of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srs.cli.desk import desk_of, working
from srs.errors import SrsError, counted

if TYPE_CHECKING:
    from srs.store.doctor import Diagnosis


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Write the memories that the history gives.")] = False,
) -> None:
    """Replay the history and prove that every card's memory is what it gives."""
    from srs.store.doctor import examine

    desk = desk_of(context)
    with desk.store() as store:
        with working("Replaying the history"), store.writing() if repair else store.reading() as connection:
            found = examine(connection, desk.scheduler, repair=repair)
        typer.echo(f"{store.name}: {counted(found.cards, 'card')}, {counted(found.reviews, 'review')}")
    _tell(found, repaired=repair)


def _tell(found: Diagnosis, *, repaired: bool) -> None:
    for line in found.damage:
        typer.echo(f"damage: {line}", err=True)
    names = " ".join(found.drifted[:8])
    if found.damage:
        raise SrsError("the database is damaged; bring back a copy made with `srs backup`, then merge an exported log")
    if found.drifted and not repaired:
        raise SrsError(
            f"{counted(len(found.drifted), 'card')} not as the history says ({names}); `srs doctor --repair` mends it"
        )
    typer.echo(
        f"Mended {counted(len(found.drifted), 'card')}: {names}"
        if found.drifted
        else "All is well: every memory is what its history gives."
    )


def backup(context: typer.Context, file: Annotated[Path, typer.Argument(help="Where the copy goes.")]) -> None:
    """Write a consistent copy of the store, even while it is in use."""
    from srs.store.opening import copy_store

    with desk_of(context).store() as store:
        if store.file and file.exists() and file.samefile(store.file):
            raise SrsError(f"{file} is the store itself; name another file")
        copy_store(store, file)
    typer.echo(f"Copied {store.name} to {file}; `srs --db {file}` opens it.")
