"""`srs` alone: today at a glance, and what to type next."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from shutil import get_terminal_size

from rich.cells import cell_len, set_cell_size

from srs.cli.advice import briefly
from srs.cli.context import Context
from srs.cli.opening_soon import open_soon
from srs.cli.saying import say
from srs.collection.held import held_of
from srs.collection.knowing import known
from srs.collection.today import Plan, Today, backlog_ends, today_of
from srs.errors import counted
from srs.stats.knowing import Known

_BARS = "▁▂▃▄▅▆▇█"
_CHAPTERS = 12  # as many as leave room for the rest of the day
_NAME, _BAR = 36, 20  # cells of a chapter's name and of its bar
_LEAST_NAME = 10
_HALF = 4  # days of a week that is told in two lines


def glance(here: Context) -> None:
    """Say what is due and new, how long the streak is, what the week holds, and what to type next."""
    day = here.today()
    with open_soon(here) as desk:
        plan = desk.plan()
        today = today_of(desk.store, plan, day)
        counts, waiting, drills = today.counts, today.queue.waiting, today.queue.drills
        new = sum(card.memory is None for card in waiting)
        due = len(waiting) - new
        unasked = (counts.new and not new) or (counts.due and not waiting)
        chapters = known(desk, desk.store, plan.choice, day)
        held, more = briefly(held_of(desk.store, plan, day)) if unasked else ("", "")
        limited = plan.own or today.answered + counts.due > plan.limits.reviews
        if not (unasked or limited) and due < counts.due:
            held = f"{counts.due - due} due by another card of the same note"
    say(f"Today: {due} due, {new} new, {counted(len(drills), 'drill')} to go; {today.answered} done.")
    say(f"Cards: {counts.total:,}, of them {counts.new:,} new and waiting.  Streak: {counted(today.streak, 'day')}.")
    width = get_terminal_size().columns
    if counts.new > plan.limits.new and (last := _last_new(plan, counts.new - new, day)):
        say(f"       At {plan.limits.new} new a day the last comes on {last}.")
    for line in _week(today.week, day, width):
        say(line)
    if counts.due > plan.limits.reviews:
        say(f"       {backlog(counts.due, plan.limits.reviews, day)}")
    for line in _known(chapters, width):
        say(line)
    if held:
        say(f"Held:  {held}.")
    if here.shipped:
        say("Decks: those that came with srs; `srs new NAME` makes one of your own.")
    say(f"Next:  {_next(today, more, desk.mistakes)}")


def _last_new(plan: Plan, left: int, day: date) -> date | None:
    """Return when the last new card comes of those left after a day; `None` if a deck has limits of its own."""
    return None if plan.own else backlog_ends(left, plan.limits.new, day + timedelta(days=1))


def _week(loads: Sequence[int], today: date, width: int) -> Iterator[str]:
    """Yield what the week holds, in two lines where one is too narrow."""
    whole = f"Week:  {bars(loads, today)}"
    if cell_len(whole) <= width:
        yield whole
        return
    most = max(loads)
    yield f"Week:  {bars(loads[:_HALF], today, most)}"
    yield f"{'':7}{bars(loads[_HALF:], today + timedelta(days=_HALF), most)}"


def _known(chapters: Mapping[str, Known], width: int) -> Iterator[str]:
    """Yield a line for each chapter of which something was answered: its name, a bar, and the share known now."""
    longest = max(_LEAST_NAME, min(_NAME, width - _BAR - 15))
    begun = [(name, recall) for name, each in chapters.items() if (recall := each.recall) is not None]
    for place, (name, recall) in enumerate(begun[:_CHAPTERS]):
        room = longest - cell_len(cut := set_cell_size(name, min(cell_len(name), longest)))
        filled, part = divmod(round(recall * _BAR * 8), 8)
        bar = f"{'█' * filled}{' ▏▎▍▌▋▊▉'[part] if part else ''}"
        yield f"{'Known:' if not place else '':7}{cut}{' ' * room}  {bar:{_BAR}}  {recall:4.0%}"
    if len(begun) > _CHAPTERS:
        yield f"{'':7}and {counted(len(begun) - _CHAPTERS, 'more chapter')}: `srs stats`"


def bars(loads: Sequence[int], today: date, most: int | None = None) -> str:
    """Draw what falls due on each day from today on as a small bar a day, the highest for `most`."""
    drawn = small_bars(loads, (max(loads) if most is None else most) or 1)
    parts = zip(drawn, loads, strict=True)
    return "   ".join(f"{today + timedelta(days=n):%a} {bar} {load}" for n, (bar, load) in enumerate(parts))


def small_bars(loads: Sequence[int], most: int) -> str:
    """Draw numbers as bars one sign wide, the highest of them for `most`; none is a dot."""
    return "".join(_BARS[min(len(_BARS) - 1, load * len(_BARS) // (most + 1))] if load else "·" for load in loads)


def backlog(due: int, limit: int, today: date) -> str:
    """Say when a backlog will be cleared, at the day's limit of reviews."""
    cleared = backlog_ends(due, limit, today)
    if cleared is None:
        return f"{due:,} cards are due, and the limit is 0 a day: `srs review --limit 50` begins."
    return f"{due:,} cards are due: at {limit} a day, the longest overdue first, that is cleared on {cleared}."


def _next(today: Today, more: str, mistakes: int) -> str:
    if today.queue.left:
        return "srs review"
    if mistakes and not today.counts.total:
        return "srs check  # what is wrong keeps the cards out"
    if more:
        return f"done for today.  More: {more}"
    return f"done for today; the next card is due on {today.next_due}." if today.next_due else "done for today."
