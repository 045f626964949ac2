"""`srs undo`: the last act taken back, or one cancelled by its moment."""

import re
from datetime import datetime
from typing import Annotated

import typer

from srs.cli.clock import parse_moment as local_moment
from srs.cli.completing import card_ids
from srs.cli.context import context_of
from srs.cli.opening import open_history
from srs.cli.saying import say
from srs.cli.telling import said
from srs.collection import acting
from srs.collection.acting import Undone
from srs.collection.ahead import KINDS, cancel, named
from srs.due import milliseconds
from srs.errors import SrsError, UsageError
from srs.history import Forget, Place, Review
from srs.history.lines import parse_moment

_SHOWN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d", re.ASCII)
_MINUTE = 60_000  # ms


def undo(
    context: typer.Context,
    card: Annotated[
        str | None, typer.Argument(help="With --at: whose line it is.", autocompletion=card_ids, show_default=False)
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(
            "--at",
            metavar="MOMENT",
            help="Cancel the line of the log with this moment, as `srs log show` or `srs log export` has it, whoever"
            " gave it, and whether it counts yet or not.",
        ),
    ] = None,
    act: Annotated[
        str | None, typer.Option("--act", metavar="|".join(KINDS), help="Which of several lines at that moment.")
    ] = None,
) -> None:
    """Take back the last act given on this computer: an answer, a suspension, a flag, or another."""
    if at is None and (card or act):
        raise UsageError("`srs undo` takes back the last act, whichever it was; a line of the log is named by --at")
    if act not in {None, *KINDS}:
        raise UsageError(f"an undo cancels no {act!r}; --act takes {', '.join(KINDS)}")
    here = context_of(context)
    moment = _moment(at, here.now()) if at else None
    with open_history(here, ahead_is_told=moment is None) as (store, rules):
        if moment is not None:
            at_ms, span = moment
            line = named(store, card, at_ms, act, span=span)
            cancel(store, line, here.now(), rules)
            say(f"{said(line)} cancelled")
            return
        done = acting.undo(store, milliseconds(here.now()), rules)
    if done is None:
        raise SrsError("there is nothing to undo on this computer")
    say(_told(done))


def _moment(text: str, now: datetime) -> tuple[int, int]:
    """Return the moment (ms) that a text means, as a log has it or as it is shown on this clock, and what it spans."""
    try:
        if _SHOWN.fullmatch(text):
            return milliseconds(local_moment(text, now)), _MINUTE
        return parse_moment(text), 1
    except ValueError as error:
        raise UsageError(f"--at: {error}; `srs log export -` shows the moments of lines as `at`") from error


def _told(done: Undone) -> str:
    if done.more:
        return f"{said(done.line)}, and {len(done.more)} more of the same go, undone"
    now = ""
    if isinstance(done.line.act, Review | Forget | Place):
        now = f"; due {done.memory.due}" if done.memory else "; new again"
    return f"{said(done.line)} undone{now}"
