"""`srs sync`: from the decks to the store, and from there to Anki and back, with a report."""

from importlib import import_module
from typing import Annotated, NoReturn

import typer

from srs.cli.context import Context, context_of, has_account
from srs.cli.options import JsonOption
from srs.cli.saying import say, say_json
from srs.collection.morning import morning
from srs.errors import UsageError
from srs.store.fresh import may_be_lost

MEANINGS = {
    "added": "new, asked when their turn comes",
    "changed": "with other words, tags or source; progress is kept",
    "moved": "in another place, or with another id; progress is kept",
    "retired": "no longer in the text; history is kept",
    "returned": "back in the text, with all history",
}
"""What happened to cards, by the names that a report has for it."""
UP_TO_DATE = "Nothing changed; the store is up to date with the decks."


def sync(
    context: typer.Context,
    dry_run: Annotated[bool, typer.Option("--dry-run", "-n", help="Say what would happen; write nothing.")] = False,
    as_json: JsonOption = False,
    anki: Annotated[
        str | None, typer.Option("--anki", metavar="PROFILE", help="Exchange with this profile of Anki, once.")
    ] = None,
    offline: Annotated[bool, typer.Option("--offline", help="Leave the exchange out.")] = False,
    apply: Annotated[
        bool, typer.Option("--apply", help="Write what was edited in Anki into the decks, where that is safe.")
    ] = False,
    upload: Annotated[
        bool, typer.Option("--upload", help="Fill the account on the sync server, if it is empty.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Throw away the copy of the account on the server, and fetch it anew.")
    ] = False,
) -> None:
    """Bring the store up to the decks, then agree with Anki: on this computer, or on a sync server of your own."""
    here = context_of(context)
    if offline and (anki or apply or upload or fresh):
        raise UsageError("--offline leaves the exchange out, so --anki, --apply, --upload and --fresh have no meaning")
    if (
        (offline or not (anki or has_account(here.settings)))
        and not (apply or upload or fresh)
        and _nothing_changed(here)
    ):
        if as_json:
            say_json({"decks": {what: [] for what in (*MEANINGS, "problems")}, "account": None})
        else:
            say(UP_TO_DATE)
        return
    import_module("srs.cli.bringing").bring(
        here, anki, offline=offline, apply=apply, upload=upload, fresh=fresh, dry_run=dry_run, as_json=as_json
    )


def _nothing_changed(here: Context) -> bool:
    """Whether the store is up to date, and holds no history that a note of now might go on with; reads, no more."""
    found = morning(here.folders, here.database, here.now(), here.settings, _never)
    if found is None:
        return False
    with found.store.reading() as connection:
        return not may_be_lost(connection, list(found.decks))


def _never() -> NoReturn:
    raise AssertionError("what is only looked at is not opened")
