"""The window a sitting is shown in: a head, a page that scrolls, and a foot with the keys."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from msgspec import Struct
from rich.console import Console, ConsoleOptions
from rich.control import Control
from rich.segment import ControlType, Segment
from rich.text import Text

WIDEST = 88
_NARROWEST = 20
_ROOM_FOR_ONE, _ROOM_FOR_BOTH = 3, 4


class Page(Struct, frozen=True):
    """What is to be seen: lines at the top, lines that may be more than fit, and lines at the bottom.

    `focus` are the lines of the body that must be in view. `question` stands above the body, and stays there while it
    scrolls, where that leaves half of the room. `pictures` are the addresses of those that the page can only name.
    """

    head: Sequence[Text]
    body: Sequence[Text]
    foot: Sequence[Text]
    focus: range = range(0)
    question: Sequence[Text] = ()
    pictures: tuple[str, ...] = ()


class _Lines(Struct, frozen=True):
    """Lines that are printed as they are: they fit, so nothing has to be wrapped."""

    lines: Sequence[Text]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        for number, line in enumerate(self.lines):
            if number:
                yield Segment.line()
            yield from line.render(console)


class Screen:
    """Draws pages on a terminal's second screen, so that the first is as it was when the sitting is over."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.top = 0
        self._size = console.size
        self._page = Page((), (), ())
        self._taken = False

    def __enter__(self) -> Self:
        self._taken = True
        self.console.set_alt_screen(True)
        self.console.show_cursor(False)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._taken = False
        self.console.show_cursor(True)
        self.console.set_alt_screen(False)

    def give_back(self) -> None:
        """Let the first screen be as it was for a while, if it is the second that is seen."""
        if self._taken:
            self.console.show_cursor(True)
            self.console.set_alt_screen(False)

    def take_again(self) -> None:
        """Draw the page again where it was drawn before, if it was."""
        if self._taken:
            self.console.set_alt_screen(True)
            self.console.show_cursor(False)
            self._draw()

    @property
    def width(self) -> int:
        """The cells a line of text may take; lines longer than WIDEST are hard to read."""
        return max(_NARROWEST, min(WIDEST, self.console.size.width - 4))

    @property
    def full_width(self) -> int:
        """The cells of a whole line."""
        return max(_NARROWEST, self.console.size.width)

    @property
    def height(self) -> int:
        """The lines of the window."""
        return self.console.size.height

    def resized(self) -> bool:
        """Whether the window has another size than when it was last drawn in."""
        return self.console.size != self._size

    def show(self, page: Page) -> None:
        """Draw a page from its top, or, if its `focus` would be out of sight there, such that it is in the middle."""
        self._page = page
        _, rolling, room = self._layout()
        above = len(rolling) - len(page.body)
        self.top = top_for(len(rolling), room, range(page.focus.start + above, page.focus.stop + above))
        self._draw()

    def renew(self, page: Page) -> None:
        """Draw a page of which little has changed, in the place of the last: only the lines that differ."""
        if self.resized():
            self.show(page)
            return
        before = self.seen()
        self._page = page
        with self.console:  # what is drawn goes out in one piece
            for index, line in enumerate(self.seen()):
                if index >= len(before) or line != before[index]:
                    self.console.control(Control.move_to(0, index), Control((ControlType.ERASE_IN_LINE, 2)))
                    self._print([line], end="\n")

    def scroll(self, lines: int) -> None:
        """Move the page by some lines; by what is seen of it between the signs if more than that is asked for."""
        _, rolling, room = self._layout()
        most = room - sum(_signs(room))
        step = max(-most, min(most, lines))
        self.top = max(0, min(self.top + step, len(rolling) - room))
        self._draw()

    def seen(self) -> list[Text]:
        """Return the lines of the page as they are in view."""
        page, height = self._page, self.console.size.height
        held, rolling, room = self._layout()
        shown = list(rolling[self.top : self.top + room])
        above, below = _signs(room)
        if above and self.top:
            shown[0] = Text("  ↑ more: press ↑ or PgUp", style="dim")
        if below and self.top + room < len(rolling):
            shown[-1] = Text("  ↓ more: press ↓ or PgDn", style="dim")
        shown += [Text()] * (room - len(shown))
        return [*page.head, *held, *shown, *page.foot][:height]

    def _layout(self) -> tuple[Sequence[Text], Sequence[Text], int]:
        """Return the lines that stay above, those that scroll below them, and how many of these there is room for."""
        page = self._page
        room = max(1, self.console.size.height - len(page.head) - len(page.foot))
        if 2 * len(page.question) <= room:
            return page.question, page.body, room - len(page.question)
        return (), [*page.question, *page.body], room

    def _draw(self) -> None:
        self._size = self.console.size
        with self.console:  # as above
            self.console.control(Control.home(), Control((ControlType.ERASE_IN_LINE, 2)), Control.clear())
            self._print(self.seen())

    def _print(self, lines: Iterable[Text], end: str = "") -> None:
        """Print lines, each cut to the window."""
        cells = self.full_width - 1
        shown = _Lines([_cut(line, cells) for line in lines])
        self.console.print(shown, end=end, soft_wrap=True, highlight=False)


def _cut(line: Text, cells: int) -> Text:
    if len(line) * 2 <= cells:  # no sign takes more than two cells
        return line
    cut = line.copy()
    cut.truncate(cells, overflow="ellipsis")
    return cut


def top_for(length: int, room: int, focus: range) -> int:
    """Return the line from which `length` lines are shown in a room, so that the lines of `focus` are in view.

    That is the first where it can be, else one that has the focus in the middle; of a focus that is too long its
    beginning is seen. The first and the last line in the room may be taken by signs that there is more.
    """
    hidden = length - room
    if hidden <= 0 or focus.stop < room:
        return 0
    above = max(_signs(room)[0], (room - len(focus)) // 2)
    return max(0, min(focus.start - above, hidden))


def _signs(room: int) -> tuple[int, int]:
    """Return how many lines of a room may be taken by a sign that there is more above, and by one below."""
    return int(room >= _ROOM_FOR_BOTH), int(room >= _ROOM_FOR_ONE)
