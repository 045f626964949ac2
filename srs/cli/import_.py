"""`srs import`: reviews made elsewhere come back, and text edited elsewhere is shown."""

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from srs.cli.context import context_of, packed_decks
from srs.cli.edited import tell_added, tell_edits
from srs.cli.opening import open_collection
from srs.cli.saying import say, working
from srs.collection.collection import bring_up
from srs.collection.importing import Imported, import_anki
from srs.collection.noticing import Noticed, OnThePhone
from srs.collection.writable import refusal
from srs.due import milliseconds, moment_of
from srs.errors import SrsError, UsageError, counted

_FEW = 3  # kinds of notes that are named


def import_(
    context: typer.Context,
    format_: Annotated[str, typer.Argument(metavar="FORMAT", help="anki: what Anki or AnkiDroid exported.")],
    file: Annotated[Path, typer.Argument(help="An .apkg or .colpkg file.")],
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what was edited in Anki into the decks, where that is safe.")
    ] = False,
) -> None:
    """Take reviews made in Anki into the history, and show what was edited there; the same file twice is as once."""
    if format_ != "anki":
        raise UsageError(f"no format {format_!r} to import; it takes anki")
    here = context_of(context)
    with open_collection(here) as collection:

        def day_of(at: int) -> date:
            return collection.day_of(moment_of(at).astimezone())

        done = import_anki(
            collection.store,
            collection.decks,
            file,
            collection.rules,
            milliseconds(here.now()),
            day_of,
            apply=apply,
            refusal=partial(refusal, shipped=packed_decks()),
            working=working,
        )
        if not (done.known_notes or done.phone.added or done.too_long or done.misdated):
            raise SrsError(_of_no_use(file, done))
        _tell_reviews(done)
        tell_added([*done.phone.added, *done.beside])
        _tell_phone(done.phone)
        tell_edits(done.edited, apply=apply)
        if apply:
            bring_up(collection.store, here.folders, here.settings, here.now(), collection.rules)


def _of_no_use(file: Path, done: Imported) -> str:
    """Say what a file holds of which nothing can be taken, and what could be done with it."""
    found, advice = [], []
    if done.others:
        kinds = ", ".join(f"{name}: {number:,}" for name, number in list(done.others.items())[:_FEW])
        more = ", …" if len(done.others) > _FEW else ""
        found.append(f"{counted(sum(done.others.values()), 'note')} that srs did not export ({kinds}{more})")
        advice.append(
            "to learn those here, write them into a deck of your own: `srs new` makes one, `srs add` adds notes"
        )
    if done.unknown_notes:
        found.append(f"{counted(done.unknown_notes, 'note')} of decks that are not here")
        advice.append("bring the decks here, and import again: `srs config` says where decks are looked for")
    held = " and ".join(found) or "no notes"
    return f"{file} is an Anki package with {held}; nothing was taken" + "".join(f"; {each}" for each in advice)


def _tell_phone(phone: OnThePhone) -> None:
    _tell_noticed(
        phone.deleted,
        "note",
        "no longer in Anki, or not yet: {}; the next export brings them (back); else delete them here",
    )
    _tell_noticed(phone.suspended, "card", "suspended in Anki alone: {}; `srs suspend CARD` does it here as well")
    if phone.gone:
        say(f"{counted(phone.gone, 'note')} that left the decks: gone from Anki, too")


def _tell_noticed(noticed: Sequence[Noticed], what: str, said: str) -> None:
    if noticed:
        say(said.format(counted(len(noticed), what)))
    for each in noticed:
        say(f"{each.source}: {each.name}: {each.heading}")


def _tell_reviews(done: Imported) -> None:
    merged = done.merged
    say(f"{counted(merged.added, 'review')} added, {merged.known:,} known already")
    left_out = (
        (done.by_hand, "reschedule by hand", "reschedules by hand"),
        (sum(done.others.values()) - len(done.beside), "note of another kind", "notes of another kind"),
        (done.too_long, "note of more than 1 MB of text", "notes of more than 1 MB of text"),
        (done.misdated, "review outside the years 2000 to 9999", "reviews outside the years 2000 to 9999"),
        (done.unknown_notes, "note of a deck that is not here", "notes of decks that are not here"),
    )
    for number, one, many in left_out:
        if number:
            say(f"left out: {number:,} {one if number == 1 else many}")
    if merged.unknown:
        say(f"{counted(merged.unknown, 'review')} kept for cards whose text is not in the decks now")
    if merged.waiting:
        say(f"{counted(merged.waiting, 'review')} from later than now, kept; none counts before its time")
    say(f"{counted(merged.moved, 'card')} due on another day now")
