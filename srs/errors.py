"""What can go wrong, as values and as exceptions; every other room may use these, and this one uses none."""

from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct


class SrsError(Exception):
    """A problem that the user can mend: a sentence that says what was found and what to do. Exit code 1.

    Where there are several, each sentence is an argument of its own, and gets a line of its own.
    """

    exit_code = 1

    def __str__(self) -> str:
        """Return the sentences, one a line."""
        return "\n".join(map(str, self.args))


class UsageError(SrsError):
    """The command was called with something it cannot take: the sentence says what was expected. Exit code 2."""

    exit_code = 2


class Problem(Struct, frozen=True, order=True):
    """One mistake in a user's file, with its place; collected and shown all at once.

    `line` and `column` count from 1; a column of 1 also stands for the whole line. `rule` is a short name that stays
    when the message is worded anew. A `warning` leaves everything usable and does not fail a check.
    """

    path: Path
    line: int
    message: str
    rule: str
    column: int = 1
    warning: bool = False

    @property
    def level(self) -> str:
        """How grave it is, in a word: error or warning."""
        return "warning" if self.warning else "error"

    def __str__(self) -> str:
        """`path:line: message`, the form that editors make clickable."""
        return f"{self.path}:{self.line}: {'warning: ' if self.warning else ''}{self.message}"


def counted(number: int, noun: str) -> str:
    """Say a number with its noun: `1 card`, `2 cards`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


_LONGEST_NAME = 40  # that anybody could have meant


def nearest(name: str, known: Sequence[str]) -> str:
    """Return which of some names was probably meant, whatever its case; nothing if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only a mistake needs it

    plain = {each.casefold(): each for each in reversed(known)}
    near = get_close_matches(name[:_LONGEST_NAME].casefold(), plain, n=1)
    return plain[near[0]] if near else ""


def listed(names: Sequence[str], most: int = 20) -> str:
    """Say names one after the other, and how many more there are than so many."""
    more = f" and {len(names) - most:,} more" if len(names) > most else ""
    return f"{', '.join(names[:most]) or 'none'}{more}"


def unknown_key(name: str, known: Sequence[str]) -> str:
    """Say which key was probably meant, or which there are."""
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"it takes {', '.join(known)}"


def unknown_name(name: str, known: Sequence[str]) -> str:
    """Say which name was probably meant, or which there are."""
    near = nearest(name, known)
    return f"did you mean {near}?" if near else f"there is {listed(known)}"
