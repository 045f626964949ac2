"""`srs doctor`: proof that the store is whole."""

from collections.abc import Mapping
from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_history
from srs.cli.saying import say, working
from srs.collection.libraries import differing
from srs.errors import SrsError, counted
from srs.scheduler.fsrs import LIBRARY
from srs.store.doctor import damage_beside
from srs.store.replaying import Replayed, replay_all


def doctor(
    context: typer.Context,
    repair: Annotated[bool, typer.Option("--repair", help="Write the memories that the history gives.")] = False,
) -> None:
    """Replay the history and prove that every card's memory is what it gives."""
    here = context_of(context)
    with open_history(here) as (store, rules):
        with (
            working("Replaying the history") as share,
            store.writing() if repair else store.reading() as connection,
            damage_beside(store, connection) as damage,
        ):
            found = replay_all(connection, rules.force, write=repair, share=share)
            wrong = damage()
        say(f"{store.name}: {counted(found.cards, 'card')}, {counted(found.reviews, 'review')}")
        differ = differing(store)
    _tell_libraries(differ)
    _tell(found, wrong, repaired=repair)


def _tell_libraries(versions: Mapping[str, str]) -> None:
    if versions:
        told = ", ".join(f"{version} on {name}" for name, version in sorted(versions.items()))
        say(
            f"computers differ in {LIBRARY}: {told}; due days may differ by it, until all have the same version",
            err=True,
        )


def _tell(found: Replayed, wrong: tuple[str, ...], *, repaired: bool) -> None:
    for line in wrong:
        say(f"damage: {line}", err=True)
    drifted = found.drifted
    names = " ".join(drifted[:8])
    if wrong:
        raise SrsError("the database is damaged; restore a copy made with `srs backup`, then merge an exported log")
    if drifted and not repaired:
        raise SrsError(
            f"{counted(len(drifted), 'card')} do not match the history ({names}); `srs doctor --repair` repairs it"
        )
    say(
        f"Repaired {counted(len(drifted), 'card')}: {names}"
        if drifted
        else "All is well: every card matches its history."
    )
