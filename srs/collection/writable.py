"""Which of the user's files may be written."""

from pathlib import Path


def refusal(file: Path, shipped: Path) -> str:
    """Say why a file must not be written, or nothing; `shipped` holds the decks that an installed program brought."""
    if file.resolve().is_relative_to(shipped.resolve()):
        return f"these decks came with srs, which an upgrade overwrites; copy them first: cp -r {shipped} decks"
    return ""
