"""What was promised of recall against what happened, drawn for a terminal's width."""

from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from srs.stats.promises import BINS, Bin, Judgement, bin_of

_FULL, _PARTS = "█", " ▏▎▍▌▋▊▉"
_MARK = "│"
_QUIET = "dim"
_NEAR = 0.05  # a promise kept within five in a hundred
_LONGEST_BAR = 60
_BESIDE = 32  # what stands beside a bar


def figures_of(rows: Iterable[tuple[str, Judgement]]) -> RenderableType:
    """Return the figures of schedulers as a table; what cannot be told is a dash."""
    table = Table(box=None, pad_edge=False, header_style=_QUIET)
    table.add_column("promise", no_wrap=True)
    for head in ("log loss", "RMSE over bins", "AUC", "answers"):
        table.add_column(head, justify="right", no_wrap=True)
    for name, judgement in rows:
        told = (judgement.log_loss, judgement.rmse_bins, judgement.auc)
        table.add_row(name, *("-" if each is None else f"{each:.3f}" for each in told), f"{judgement.count:,}")
    return table


def picture(name: str, judgement: Judgement, width: int) -> RenderableType:
    """Return, for each range of promises, a bar of what was recalled with a mark where the promises were."""
    bar = max(10, min(_LONGEST_BAR, width - _BESIDE))
    lines: list[RenderableType] = [Rule(Text(name, style="bold"), align="left", style=_QUIET)]
    if not judgement.bins:
        return Group(*lines, Text("nothing to tell yet", style=_QUIET))
    lines.append(Text(f"{'promised':10}{'recalled':{bar + 2}}{'':>6}{'answers':>10}", style=_QUIET))
    for each in reversed(judgement.bins):
        line = Text(f"{_range(each):10}")
        line.append_text(_bar(each, bar))
        line.append(f"  {each.recalled:6.1%}{each.count:>10,}")
        lines.append(line)
    return Group(*lines)


def _range(each: Bin) -> str:
    step = 100 // BINS
    least = bin_of(each.promised) * step
    return f"{least:3}-{least + step}%"


def _bar(each: Bin, width: int) -> Text:
    """Return a bar up to what was recalled; the mark stands where the mean promise is, on the bar or beyond it."""
    eighths = round(each.recalled * width * 8)
    cells = list(_FULL * (eighths // 8) + (_PARTS[eighths % 8] if eighths % 8 else ""))
    cells += " " * (width - len(cells))
    text = Text("".join(cells), style="green" if abs(each.promised - each.recalled) <= _NEAR else "yellow")
    mark = min(width - 1, int(each.promised * width))
    inside = mark < eighths // 8
    return Text.assemble(text[:mark], (_MARK, "reverse " + str(text.style) if inside else "bold"), text[mark + 1 :])
