"""What a sitting came to, and what tomorrow holds."""

from collections import Counter

from rich.text import Text

from srs.collection.sitting import Tally
from srs.due import Queue
from srs.errors import counted
from srs.scheduler import Grade


def summary(
    tally: Tally, left: int, tomorrow: Queue, waiting: str = "", rest: int = 0, *, some: bool = False
) -> list[Text]:
    """Say what was done, how long it took, how it went, and what is due tomorrow.

    `left` and `tomorrow` are of the cards that the sitting was about; it was about `some` if not about all. `rest` are
    the cards that a sitting about all would still ask today.
    """
    if not tally.answers:
        return [Text("No answers this time; the cards will wait.")]
    lines = [
        Text(
            f"{counted(tally.answers, 'answer')} in {duration(tally.ms)}, {duration(tally.ms // tally.answers)} each",
            style="bold",
        ),
        Text(how_it_went(tally)),
    ]
    if left:
        lines.append(Text(f"{counted(left, 'card')} left for today: run the same command to continue."))
    else:
        lines.append(Text(_done(rest)))
    new = sum(card.memory is None for card in tomorrow.waiting)
    when, more = "Tomorrow, of these" if some else "Tomorrow", f"; {waiting}" if waiting else ""
    lines.append(Text(f"{when}: {len(tomorrow.waiting) - new} due, {new} new{more}."))
    return lines


def _done(rest: int) -> str:
    if not rest:
        return "All done for today."
    return (
        f"All of these are done; for today {counted(rest, 'card')} {'is' if rest == 1 else 'are'} left: `srs review`."
    )


def how_it_went(tally: Tally) -> str:
    """Count the answers by grade, and say what share was recalled."""
    grades = Counter(tally.grades)
    again = sum(grades[grade] for grade in Grade if not grade.passed)
    parts = [f"{again} again", *(f"{grades[grade]} {grade.name.lower()}" for grade in Grade if grade.passed)]
    recalled = round(100 * (tally.answers - again) / tally.answers)
    extra = [counted(tally.new, "new card")] if tally.new else []
    extra += [counted(tally.drills, "drill")] if tally.drills else []
    return " · ".join(parts) + f" — {recalled}% recalled" + (f" ({', '.join(extra)})" if extra else "")


def duration(ms: int) -> str:
    """Say a time as a person would: `48 s`, `3 min 20 s`, `1 h 5 min`."""
    seconds = round(ms / 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
