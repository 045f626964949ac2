"""The window a sitting is shown in: a head, a page that scrolls, and a foot with the keys."""

from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.control import Control
from rich.segment import ControlType
from rich.text import Text

WIDEST = 88
_NARROWEST = 20


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be seen: lines at the top, lines that may be more than fit, and lines at the bottom.

    `focus` is the line of the body that matters most now.
    """

    head: Sequence[Text]
    body: Sequence[Text]
    foot: Sequence[Text]
    focus: int = 0


class Screen:
    """Draws pages on a terminal's second screen, so that the first is as it was when the sitting is over."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.top = 0
        self._size = console.size
        self._page = Page((), (), ())

    def __enter__(self) -> Self:
        self.console.set_alt_screen(True)
        self.console.show_cursor(False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.console.show_cursor(True)
        self.console.set_alt_screen(False)

    @property
    def width(self) -> int:
        """The cells a line of text may take; lines longer than WIDEST are hard to read."""
        return max(_NARROWEST, min(WIDEST, self.console.size.width - 4))

    @property
    def full_width(self) -> int:
        """The cells of a whole line."""
        return max(_NARROWEST, self.console.size.width)

    def resized(self) -> bool:
        """Whether the window has another size than when it was last drawn in."""
        return self.console.size != self._size

    def show(self, page: Page) -> None:
        """Draw a page from its top, or from its `focus` if that would be out of sight."""
        self._page = page
        hidden = len(page.body) - self._room()
        self.top = min(page.focus, hidden) if hidden > 0 else 0
        self._draw()

    def scroll(self, lines: int) -> None:
        """Move the page by some lines; by a window's height if more than that is asked for."""
        room = self._room()
        step = max(-room, min(room, lines))
        self.top = max(0, min(self.top + step, len(self._page.body) - room))
        self._draw()

    def _room(self) -> int:
        height = self.console.size.height
        return max(1, height - len(self._page.head) - len(self._page.foot))

    def _draw(self) -> None:
        self._size = self.console.size
        room, page = self._room(), self._page
        shown = list(page.body[self.top : self.top + room])
        if self.top + room < len(page.body):
            shown[-1] = Text("  ↓ more: press ↓ or PgDn", style="dim")
        shown += [Text()] * (room - len(shown))
        lines = [*page.head, *shown, *page.foot][: self.console.size.height]
        self.console.control(Control.home(), Control((ControlType.ERASE_IN_LINE, 2)), Control.clear())
        for index, line in enumerate(lines):
            line.truncate(self.full_width - 1, overflow="ellipsis")
            self.console.print(line, end="" if index == len(lines) - 1 else "\n", soft_wrap=True, highlight=False)
