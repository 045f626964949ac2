"""`srs sync`: from the decks to the store, and from there to Anki and back, with a report."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from srs.cli.context import Context, account_folder, context_of, packed_decks
from srs.cli.opening import open_history, tell_lookalikes, tell_problems
from srs.cli.options import JsonOption
from srs.cli.saying import say, say_json, tell, working
from srs.collection.collection import Collection, bring_up
from srs.errors import SrsError, UsageError, counted
from srs.sync import Report

_MEANINGS = {
    "added": "new, asked when their turn comes",
    "changed": "with other words, tags or source; progress is kept",
    "moved": "in another place, or with another id; progress is kept",
    "retired": "no longer in the text; history is kept",
    "returned": "back in the text, with all history",
}
_SHOWN = 8


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
    with open_history(here) as (store, rules):
        done = bring_up(
            store, here.folders, here.settings, here.now(), rules, working=working, dry_run=dry_run, look=True
        )
        tell_problems(done.problems)
        if not as_json:
            _tell(done.report, dry_run=dry_run)
            tell_lookalikes(done.lookalikes, err=False)
        found = None
        if not offline:
            found = _exchange(here, done, anki, apply=apply, dry_run=dry_run, upload=upload, fresh=fresh, quiet=as_json)
    if as_json:
        decks = {**asdict(done.report), "problems": [str(problem) for problem in done.problems]}
        say_json({"decks": decks, "account": found})
    if done.mistakes:
        raise typer.Exit(1)


def _exchange(
    here: Context,
    collection: Collection,
    anki: str | None,
    *,
    apply: bool,
    dry_run: bool,
    upload: bool,
    fresh: bool,
    quiet: bool,
) -> dict[str, Any] | None:
    """Exchange through the door that is set, and return what to say of it; `None` if there is none."""
    folder = account_folder()
    profile = anki or here.settings.anki
    if not profile and not (folder / "login.json").exists():
        if apply or upload or fresh:
            raise SrsError("no account is set: `srs sync --anki PROFILE`, or `srs login --server URL USER` first")
        return None
    from srs.cli.exchanged import as_json, tell_exchanged  # noqa: PLC0415 -- who has no account needs nothing of it
    from srs.collection.exchange.session import Wishes, run_exchange  # noqa: PLC0415 -- as above

    wishes = Wishes(
        profile=profile,
        typed=bool(anki),
        folder=folder,
        copies=_copies(here),
        apply=apply,
        dry_run=dry_run,
        upload=upload,
        fresh=fresh,
    )
    door, done, edited = run_exchange(
        collection, here.now(), wishes, refusal=partial(_refusal), working=working, tell=tell
    )
    if not quiet:
        tell_exchanged(door, done, edited, apply=apply, dry_run=dry_run)
    return as_json(door, done, edited)


def _copies(here: Context) -> Path:
    """Return where copies of Anki's collection are kept: beside the store, or in the user's data folder."""
    return account_folder().parent if "://" in here.database else Path(here.database).expanduser().absolute().parent


def _refusal(file: Path) -> str:
    from srs.collection.writable import refusal  # noqa: PLC0415 -- only edits need it

    return refusal(file, packed_decks())


def _tell(report: Report, *, dry_run: bool) -> None:
    if not report.total:
        say("Nothing changed; the store is up to date with the decks.")
        return
    for what, meaning in _MEANINGS.items():
        names: tuple[str, ...] = getattr(report, what)
        if names:
            more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            say(f"{what:9}{counted(len(names), 'card')} {meaning}")
            say(f"         {' '.join(names[:_SHOWN])}{more}")
    if dry_run:
        say("Nothing has been written yet: `srs sync` or the next `srs review` will do it.")
