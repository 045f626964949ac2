"""What to say where cards wait and are not asked: what holds them, and what to type to have them all the same."""

from collections.abc import Iterator

from srs.collection.held import Held, More
from srs.errors import counted


def advice(held: Held, command: str) -> Iterator[str]:
    """Yield a sentence for each thing that holds cards back; `command` is the sitting that they were missed in."""
    for more, kind, option in ((held.due, "due", "--limit"), (held.new, "new", "--new")):
        if more.waiting:
            waiting = _waiting(more.waiting, f"{kind} card")
            yield f"{waiting}, as the day's limit is reached: {_raised(more, command, option)}."
    if held.siblings:
        yield (
            f"{_waiting(held.siblings, 'card')} for another day, as a card of the same note comes first:"
            f" `{command} --cram` asks all the same, and moves no due day."
        )


def of_suspended(held: Held) -> str:
    """Say that cards are suspended, or nothing if none is."""
    if not held.suspended:
        return ""
    are = "is" if held.suspended == 1 else "are"
    lists = "`srs cards --suspended` lists them, `srs resume CARD` brings one back."
    return f"{counted(held.suspended, 'card')} {are} suspended; {lists}"


def briefly(held: Held) -> tuple[str, str]:
    """Return what holds cards back in a few words, and the command that asks more of them; either may be empty."""
    limited = ((held.due.waiting, "due"), (held.new.waiting, "new"))
    told = [f"{number} {kind} by the day's limit" for number, kind in limited if number]
    told += [siblings(held)] if held.siblings else []
    if held.due.waiting:
        return ", ".join(told), f"srs review --limit {held.due.limit}"
    return ", ".join(told), f"srs review --new {held.new.limit}" if held.new.waiting else ""


def siblings(held: Held) -> str:
    """Say how many cards wait for those of their notes, or nothing if none does."""
    return f"{held.siblings} held back by another card of the same note" if held.siblings else ""


def _waiting(number: int, what: str) -> str:
    return f"{counted(number, what)} {'waits' if number == 1 else 'wait'}"


def _raised(more: More, command: str, option: str) -> str:
    asked = "asks" if more.asked == more.waiting else f"asks {more.asked} of"
    return f"`{command} {option} {more.limit}` {asked} {'it' if more.waiting == 1 else 'them'}"
