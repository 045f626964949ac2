"""`srs adopt`: a history that goes on under another name."""

from typing import Annotated

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.saying import say
from srs.collection.adopting import adopt as go_on
from srs.collection.adopting import adoptions_meant
from srs.errors import counted
from srs.sync import Adoption

_SHOWN = 8


def adopt(
    context: typer.Context,
    old: Annotated[str, typer.Argument(metavar="OLD", help="The former name: an id, deck:id, or deck: for a deck.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The name in the text now, told likewise.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would go on; write nothing.")] = False,
) -> None:
    """Let a card, a note or a whole deck go on with the history of another name; `srs undo` takes it back."""
    here = context_of(context)
    with open_collection(here) as collection:
        wanted = adoptions_meant(collection.store, collection.decks, old, new)
        if not dry_run:
            go_on(collection.store, wanted, here.now(), collection.rules)
    for each in wanted[:_SHOWN]:
        say(_said(each, dry_run=dry_run))
    if len(wanted) > _SHOWN:
        say(f"… and {len(wanted) - _SHOWN} more")
    if not wanted:
        say(f"no note that left {old} stands in {new} under the same id; adopt notes one by one")
    elif len(wanted) > 1:
        say(f"{counted(len(wanted), 'note')}{'' if dry_run else '; one `srs undo` takes all of it back'}")


def _said(each: Adoption, *, dry_run: bool) -> str:
    goes = "would go on" if dry_run else "goes on"
    return f"{each.old[0]}:{each.old[1]} {goes} as {each.new[0]}:{each.new[1]}"
