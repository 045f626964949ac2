"""What is being done, shown while it lasts: a word, and after a second a bar with what is left of it."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, ProgressColumn, SpinnerColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from srs.characters import shown_line
from srs.collection.telling import Share

_SOON = 1  # s; what is done by then needs no bar


class _Later(ProgressColumn):
    """A column that is there once it is known how much there is to do, and the work takes its time."""

    def __init__(self, column: ProgressColumn) -> None:
        super().__init__()
        self._column = column

    def render(self, task: Task) -> RenderableType:
        """Draw nothing until then."""
        known = task.total is not None and (task.elapsed or 0) >= _SOON
        return self._column.render(task) if known else Text()


@contextmanager
def bar(what: str, console: Console | None = None) -> Iterator[Share]:
    """Show what is being done until it is, and how much of it is left wherever that is told."""
    columns = SpinnerColumn(), TextColumn("{task.description}", markup=False)
    later = _Later(BarColumn()), _Later(TimeRemainingColumn())
    with Progress(*columns, *later, console=console or Console(stderr=True), transient=True) as progress:
        task = progress.add_task(shown_line(f"{what} …"), total=None)
        yield lambda done, size: progress.update(task, completed=done, total=size)
