"""What comes into a sitting from elsewhere while it is on: by the history folder, and by an exchange beside it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from srs.cli.meanwhile import Meanwhile
from srs.collection.morning import Morning
from srs.collection.sitting import Sitting
from srs.due import Queue

if TYPE_CHECKING:
    from srs.cli.opening_soon import Soon
    from srs.collection.collection import Collection


def opening_beside(
    desk: "Soon", sitting: Sitting, queue_of: "Callable[[Collection], Queue]"
) -> "Callable[[], object] | None":
    """Return what opens a collection while the first card is read; `None` if it is open.

    Where the history folder had news, the sitting goes on by what is asked then: what was answered elsewhere is asked
    no more, and what came due is asked.
    """
    if not isinstance(desk, Morning):
        return None

    def go_on(whole: "Collection") -> None:
        if desk.news:
            sitting.go_on_by(whole.rules, queue_of(whole))

    desk.store.opened_then = go_on
    return desk.store.begin


def between_cards(desk: "Soon", meanwhile: Meanwhile | None) -> Callable[[Sitting], str]:
    """Return what is done between two cards: notice is taken of what came in by now."""

    def between(sitting: Sitting) -> str:
        if isinstance(desk, Morning) and desk.store.is_ready:
            desk.whole()
        return meanwhile.between(sitting) if meanwhile else ""

    return between
