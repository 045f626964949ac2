"""Which of the user's files may be written."""

from pathlib import Path

from srs.characters import typed

NOT_YOURS = "these decks came with srs, and an upgrade overwrites them; make a deck of your own first"


def refusal(file: Path, shipped: Path) -> str:
    """Say why a file must not be written, or nothing; `shipped` holds the decks that an installed program brought."""
    target = file.resolve()
    if not target.is_relative_to(shipped.resolve()):
        return ""
    deck = next((each.name for each in target.parents if (each / "deck.toml").is_file()), "DECK")
    return f"{NOT_YOURS}: {typed('new', deck, '--from', deck)} copies this one"
