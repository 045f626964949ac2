"""Figures as pictures for a terminal's width, drawn with Rich's bars and tables."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from rich.bar import Bar
from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from srs.characters import shown_line
from srs.errors import counted
from srs.scheduler import Grade
from srs.stats.figures import BOUNDS, MATURE_DAYS, Figures, Mastery, Recall, Week
from srs.terminal.summary import duration

_SHADES = ("·", "░", "▒", "▓", "█")
_QUIET = "dim"
_DAYS = 7
_WITH_BAR = 78
_BOUND_NAMES = ("1 d", "2-6 d", "7-13 d", "14-20 d", "21-30 d", "1-2 m", "2-3 m", "3-6 m", "6-12 m", "1 y +")
_Row = tuple[str, int, str]  # a name, a number, a colour
_BAR = 30
_GRADE_STYLES = ("red", "red", "red", "yellow", "green", "cyan")


def charts(figures: Figures, today: date, width: int) -> RenderableType:
    """Return everything there is to show, for a window of this width."""
    if not figures.answers:
        return Group(_mastery(figures.chapters, width), Text("\nNo answer yet: `srs review` begins."))
    parts: list[RenderableType] = []
    for title, chart in (
        ("Reviews in the last year", _calendar(figures.days, today, width)),
        ("Due in the next 30 days", _forecast(figures.forecast, width)),
        ("True retention by week", _retention(figures, width)),
        ("Answers by grade", _bars(_grades(figures.grades), width)),
        ("Cards by interval", _bars(_intervals(figures.intervals), width)),
        *([("Cards by ease", _bars(_eases(figures.eases), width))] if figures.eases else []),
        *([("Cards by difficulty", _difficulties(figures, width))] if figures.difficulties else []),
        ("Time", _time(figures)),
        ("Mastery by chapter", _mastery(figures.chapters, width)),
        ("Known now, by predicted recall", _known(figures, width)),
    ):
        parts += [Rule(Text(title, style="bold"), align="left", style=_QUIET), chart, Text()]
    return Group(*parts)


def _calendar(days: Mapping[date, int], today: date, width: int) -> RenderableType:
    """Draw a year as weeks side by side, a row for each day of the week; narrow windows show fewer weeks."""
    weeks = min(53, width - 6)
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    most = max(days.values(), default=1)
    lines = [_months(first, weeks)]
    for weekday, name in enumerate(("Mon", "", "Wed", "", "Fri", "", "Sun")):
        line = Text(f"{name:4} ", style=_QUIET)
        for week in range(weeks):
            day = first + timedelta(weeks=week, days=weekday)
            shade = " " if day > today else _shade(days.get(day, 0), most)
            line.append(shade, style="green" if days.get(day) else _QUIET)
        lines.append(line)
    total = sum(days.values())
    lines.append(
        Text(f"     {counted(total, 'answer')} on {counted(len(days), 'day')}, at most {most} a day", style=_QUIET)
    )
    return Group(*lines)


def _months(first: date, weeks: int) -> Text:
    names = [" "] * (weeks + 3)
    last = 0
    for week in range(weeks):
        monday = first + timedelta(weeks=week)
        if monday.month != last and monday.day <= _DAYS:
            names[week : week + 3] = list(f"{monday:%b}")
        last = monday.month
    return Text("     " + "".join(names), style=_QUIET)


def _shade(number: int, most: int) -> str:
    return _SHADES[0] if not number else _SHADES[1 + min(3, 4 * (number - 1) // most)]


def _forecast(forecast: Mapping[date, int], width: int) -> RenderableType:
    styles = ("yellow", *("green",) * len(forecast))  # today apart
    rows = [(f"{day:%a %d %b}", number, style) for (day, number), style in zip(forecast.items(), styles, strict=False)]
    total = sum(forecast.values())
    shown = _bars([row for row in rows if row[1]], width) if total else Text("nothing is due", style=_QUIET)
    return Group(shown, Text(f"{total:,} in 30 days, {total / max(1, len(forecast)):.1f} a day", style=_QUIET))


def _retention(figures: Figures, width: int) -> RenderableType:
    table = _table("week of", "young", "", "mature", "", widths=(10, 12, 0, 12, 0))
    bar = max(6, min(_BAR, (width - 44) // 2))
    for week in _from_the_first(figures.weeks):
        young, mature = week.young, week.mature
        table.add_row(str(week.monday), *_recall(young, bar), *_recall(mature, bar))
    table.add_row(Text("all", style="bold"), *_recall(figures.young, bar), *_recall(figures.mature, bar))
    return table


def _from_the_first(weeks: Sequence[Week]) -> Sequence[Week]:
    begin = next((i for i, week in enumerate(weeks) if week.young.asked or week.mature.asked), len(weeks))
    return weeks[begin:]


def _recall(recall: Recall, width: int) -> tuple[RenderableType, RenderableType]:
    if recall.share is None:
        return Text("-", style=_QUIET), Text("")
    return Text(f"{recall.share:4.0%} of {recall.asked}"), Bar(1, 0, recall.share, width=width, color="green")


def _intervals(intervals: Mapping[int, int]) -> list[_Row]:
    rows = [
        (name, intervals[bound], "blue" if bound < MATURE_DAYS else "green")
        for bound, name in zip(BOUNDS, _BOUND_NAMES, strict=True)
    ]
    while rows and not rows[-1][1]:
        rows.pop()
    return rows


def _grades(grades: Mapping[Grade, int]) -> list[_Row]:
    return [(grade.name.capitalize(), number, _GRADE_STYLES[grade]) for grade, number in grades.items()]


def _eases(eases: Mapping[int, int]) -> list[_Row]:
    return [(f"{ease / 10:.1f}", number, "blue") for ease, number in eases.items()]


def _difficulties(figures: Figures, width: int) -> RenderableType:
    rows = [(str(each), figures.difficulties.get(each, 0), "blue") for each in range(1, 11)]
    middle = f"of the middle card: difficulty {figures.difficulty:.1f}, stability {figures.stability:.1f} days"
    return Group(_bars(rows, width), Text(middle, style=_QUIET))


def _bars(rows: Sequence[_Row], width: int) -> RenderableType:
    most = max((number for _, number, _ in rows), default=1) or 1
    table = _table("", "", "", widths=(12, 6, 0), header=False)
    for name, number, style in rows:
        bar = Bar(most, 0, number, width=max(8, min(60, width - 24)), color=style)
        table.add_row(name, Text(f"{number:,}", justify="right"), bar)
    return table


def _time(figures: Figures) -> RenderableType:
    each = duration(figures.ms // figures.answers)
    week = f"{duration(figures.ms_week)} in the last week"
    return Text(f"{duration(figures.ms)} in all, {week}; {each} an answer")


def _mastery(chapters: Iterable[Mastery], width: int) -> RenderableType:
    bar = min(20, width - 70) if width >= _WITH_BAR else 0
    room = max(10, width - 45 - (bar + 2 if bar else 0))
    table = _table("chapter", "new", "learning", "young", "mature", "leeches", "", widths=(0, 5, 8, 5, 6, 7, 0))
    for chapter in chapters:
        counts = (chapter.new, chapter.learning, chapter.young, chapter.mature)
        name = Text(shown_line(chapter.chapter))
        name.truncate(room, overflow="ellipsis")
        numbers = (str(count) if count else "·" for count in (*counts, chapter.leeches))
        known = Bar(sum(counts) or 1, 0, chapter.young + chapter.mature, width=bar, color="green") if bar else ""
        table.add_row(name, *(Text(number, justify="right") for number in numbers), known)
    return table


def _known(figures: Figures, width: int) -> RenderableType:
    """Draw the share of each chapter's cards that would be recalled now."""
    bar = max(10, min(_BAR, width - 40))
    table = _table("", "", "", widths=(0, 4, 0), header=False)
    for chapter in figures.chapters:
        if chapter.recall is not None:
            name = Text(shown_line(chapter.chapter))
            name.truncate(max(10, width - bar - 8), overflow="ellipsis")
            share = Bar(1, 0, chapter.recall, width=bar, color="green")
            table.add_row(name, Text(f"{chapter.recall:.0%}", justify="right"), share)
    return Group(table, Text(f"{figures.recall or 0:.0%} of all cards", style=_QUIET))


def _table(*heads: str, widths: Sequence[int], header: bool = True) -> Table:
    table = Table(box=None, pad_edge=False, show_header=header, header_style=_QUIET)
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, min_width=width, no_wrap=True, overflow="ellipsis")
    return table
