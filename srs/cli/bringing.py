"""What `srs sync` does where something may have changed, or an account is to be agreed with."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import typer

from srs.cli.context import Context, account_folder, has_account, packed_decks
from srs.cli.opening import open_history, tell_lookalikes, tell_problems
from srs.cli.saying import say, say_json, tell, working
from srs.cli.sync import MEANINGS, UP_TO_DATE
from srs.collection.collection import Collection, bring_up
from srs.errors import SrsError, counted
from srs.sync import Report

_SHOWN = 8


def bring(
    here: Context,
    anki: str | None,
    *,
    offline: bool,
    apply: bool,
    upload: bool,
    fresh: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Bring the store up to the decks, exchange with the account if there is one, and say what came of both."""
    with open_history(here) as (store, rules):
        done = bring_up(
            store, here.folders, here.settings, here.now(), rules, working=working, dry_run=dry_run, look=True
        )
        tell_problems(done.problems)
        if not as_json:
            _tell(done.report, dry_run=dry_run)
            tell_lookalikes(done.lookalikes, say)
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
    if not (anki or has_account(here.settings)):
        if apply or upload or fresh:
            raise SrsError("no account is set: `srs sync --anki PROFILE`, or `srs login --server URL USER` first")
        return None
    from srs.cli.exchanged import as_json, tell_exchanged  # noqa: PLC0415 -- who has no account needs nothing of it
    from srs.collection.exchange.session import Wishes, run_exchange  # noqa: PLC0415 -- as above

    wishes = Wishes(
        profile=anki or here.settings.anki,
        typed=bool(anki),
        folder=account_folder(),
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
        say(UP_TO_DATE)
        return
    for what, meaning in MEANINGS.items():
        names: tuple[str, ...] = getattr(report, what)
        if names:
            more = f" … and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            say(f"{what:9}{counted(len(names), 'card')} {meaning}")
            say(f"         {' '.join(names[:_SHOWN])}{more}")
    if dry_run:
        say("Nothing has been written yet: `srs sync` or the next `srs review` will do it.")
