"""The load spread: due days a few per cent away from where a scheduler puts them."""

from hashlib import sha256

_SHARE = 20  # a twentieth of the interval, either way


def moved_by(interval: int, seed: int, repetitions: int) -> int:
    """Return by how many days a due day moves: up to a twentieth of an interval, in whole days, either way.

    Cards that were met on the same day and went the same way would come due together for years. The days follow
    from the card's seed and its repetitions alone, so a replay gives the same answer on every machine; over many
    cards that levels the days.
    """
    most = interval // _SHARE
    digest = sha256(f"{seed}/{repetitions}".encode()).digest()
    return int.from_bytes(digest[:8]) % (2 * most + 1) - most
