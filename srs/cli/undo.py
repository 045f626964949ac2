"""`srs undo`: the last answer taken back."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_history
from srs.cli.saying import say
from srs.collection.answering import undo as take_back
from srs.collection.collection import rules_of
from srs.due import milliseconds
from srs.errors import SrsError


def undo(context: typer.Context) -> None:
    """Take back the last answer, whichever sitting or script gave it."""
    here = context_of(context)
    with open_history(here) as store:
        done = take_back(store, milliseconds(here.now()), rules_of(here.settings))
    if done is None:
        raise SrsError("there is no answer to undo")
    now = f"due {done.memory.due}" if done.memory else "new again"
    say(f"{done.card}: grade {int(done.review.grade)} of {done.review.day} undone; {now}")
