"""What every sitting takes from the command line: the clock, the keys, the editor, the viewer, and how it ends."""

from typing import TYPE_CHECKING

from srs.cli.context import Context
from srs.cli.saying import tell
from srs.errors import SrsError
from srs.store.values import StoredCard
from srs.terminal.grades import FOUR_GRADES, SIX_GRADES
from srs.terminal.reviewing import Surroundings
from srs.terminal.viewer import view

if TYPE_CHECKING:
    from srs.cli.opening_soon import Soon


def surroundings(here: Context, desk: "Soon") -> Surroundings:
    """Return what a sitting takes from the outside, as the settings have it."""
    chosen = desk.settings
    return Surroundings(
        here.now,
        desk.day_of,
        SIX_GRADES if chosen.six_grades else FOUR_GRADES,
        lambda card: _edit(here, desk, card),
        lambda card, address: view(address, desk.file(card), desk.decks[card.deck].root),
        {namespace: deck.name for namespace, deck in desk.decks.items()},
        typing=chosen.type_answers,
        space_is_good=chosen.space_is_good,
    )


def keep_copy(here: Context, desk: "Soon") -> None:
    """Copy the store after the day's first sitting; a disk without room for it is told, and ends no sitting."""
    from srs.collection.backups import keep_daily  # noqa: PLC0415 -- the first card is on the screen before

    try:
        keep_daily(desk.store.opened(), here.today(), desk.settings.backups)
    except SrsError as error:
        tell(f"no copy of the store was kept: {error}")


def _edit(here: Context, desk: "Soon", card: StoredCard) -> str:
    from srs.cli.editing import edit_source  # noqa: PLC0415 -- as above

    return edit_source(here, desk.whole(), card)
