"""Values from a stranger's database: each is what it must be, or is told."""

from exporters.anki.measuring import NotAnkisError

LONGEST_GUID = 64


def as_table(value: object, what: str) -> dict[str, object]:
    """Return an object of JSON."""
    if not isinstance(value, dict):
        raise NotAnkisError(f"its {what} are not as they should be")
    return value


def as_text(value: object, what: str) -> str:
    """Return a text."""
    if not isinstance(value, str):
        raise NotAnkisError(f"a {what} that is no text")
    return value


def as_guid(value: object) -> str:
    """Return a note's guid, which is short."""
    guid = as_text(value, "note's guid")
    if len(guid) > LONGEST_GUID:
        raise NotAnkisError(f"a note's guid of {len(guid):,} characters")
    return guid


def as_whole(value: object, what: str) -> int:
    """Return a number; one with a fraction of nothing is whole, too, as some tools write it."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if not isinstance(value, int):
        raise NotAnkisError(f"a {what} that is no whole number")
    return value
