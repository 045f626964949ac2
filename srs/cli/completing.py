"""Words that a shell may complete: ids of cards, decks and tags."""

import os
from pathlib import Path

import typer

from srs.cli.context import default_database
from srs.store.names import card_names, deck_names, tag_names


def card_ids(context: typer.Context, incomplete: str) -> list[str]:
    """Return ids of cards that begin as typed so far."""
    return card_names(_store(context), incomplete)


def decks(context: typer.Context, incomplete: str) -> list[str]:
    """Return decks that begin as typed so far."""
    return deck_names(_store(context), incomplete)


def tags(context: typer.Context, incomplete: str) -> list[str]:
    """Return tags that begin as typed so far."""
    return tag_names(_store(context), incomplete)


def _store(context: typer.Context) -> Path:
    """Return the store's file; a server's address is none that there is."""
    given = context.find_root().params.get("db") or os.environ.get("SRS_DB") or default_database()
    return Path(str(given)).expanduser()
