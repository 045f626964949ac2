"""A page that waits for a key: what scrolls it, and what a resized window asks for, is dealt with."""

from collections.abc import Callable, Container

from srs.terminal.keyboard import NOTHING, Keyboard
from srs.terminal.screen import Page, Screen

_SCROLLS = {"up": -1, "down": 1, "page up": -10_000, "page down": 10_000}


def pressed(
    screen: Screen,
    keyboard: Keyboard,
    page: Callable[[], Page],
    wanted: Container[str] | None = None,
    first: Page | None = None,
) -> str:
    """Show a page until one of the wanted keys is pressed, or any that does not scroll; return that key.

    `first` is the page as it is now, where it was made already.
    """
    screen.show(first or page())
    while True:
        key = keyboard.key(screen.resized)
        if wanted is not None and key in wanted:
            return key
        if key in _SCROLLS:
            screen.scroll(_SCROLLS[key])
        elif key == NOTHING:
            screen.show(page())
        elif wanted is None:
            return key
