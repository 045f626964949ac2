"""Words that a shell may complete: ids of cards, decks and tags; none that a shell could take for anything else."""

import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import typer

from srs.cli.context import default_config, default_database
from srs.errors import SrsError
from srs.history.folder import placed
from srs.settings import read_settings
from srs.store.names import card_names, chapter_names, deck_names, tag_names

_WORD = re.compile(r"[\w:/+][\w.:/+-]*")


def card_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return ids of cards that begin as typed so far."""
    return _offered(card_names(_store(context), incomplete))


def decks(context: typer.Context, incomplete: str) -> list[str]:
    """Return decks that begin as typed so far."""
    return _offered(deck_names(_store(context), incomplete))


def chapters(context: typer.Context, incomplete: str) -> list[str]:
    """Return chapters that begin as typed so far."""
    return _offered(chapter_names(_store(context), incomplete))


def one_of(*words: str) -> Callable[[str], list[str]]:
    """Return what offers those of some words that begin as typed so far."""

    def offered(incomplete: str) -> list[str]:
        return [word for word in words if word.startswith(incomplete)]

    return offered


def tags(context: typer.Context, incomplete: str) -> list[str]:
    """Return tags that begin as typed so far."""
    return _offered(tag_names(_store(context), incomplete))


def _offered(words: Iterable[str]) -> list[str]:
    """Return the words that are safe in any shell: some run what they are offered, so `$(…)` in a tag would be run."""
    return [word for word in words if _WORD.fullmatch(word)]


def _store(context: typer.Context) -> Path:
    """Return the store's file; a server's address is none that there is."""
    given = context.find_root().params
    if typed := given.get("db") or os.environ.get("SRS_DB"):
        return placed(str(typed))
    try:
        file = given.get("config_file") or os.environ.get("SRS_CONFIG") or default_config()
        return Path(read_settings(Path(str(file)))[0].store or default_database())
    except SrsError:  # the command itself will tell of it
        return Path("nowhere")
