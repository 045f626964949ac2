"""`srs undo`: the last act taken back."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_history
from srs.cli.saying import say
from srs.cli.telling import said
from srs.collection import acting
from srs.due import milliseconds
from srs.errors import SrsError
from srs.history import Forget, Place, Review


def undo(context: typer.Context) -> None:
    """Take back the last act given on this computer: an answer, a suspension, a flag, or another."""
    here = context_of(context)
    with open_history(here) as (store, rules):
        done = acting.undo(store, milliseconds(here.now()), rules)
    if done is None:
        raise SrsError("there is nothing to undo on this computer")
    now = ""
    if isinstance(done.line.act, Review | Forget | Place):
        now = f"; due {done.memory.due}" if done.memory else "; new again"
    say(f"{said(done.line)} undone{now}")
