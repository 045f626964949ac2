"""What every sitting takes from the command line: the clock, the keys, the editor, the viewer, and how it ends."""

import signal
import sys
from typing import NoReturn

from srs.cli.context import Context
from srs.cli.editing import edit_source
from srs.cli.opening import tell
from srs.collection.backups import keep_daily
from srs.collection.collection import Collection
from srs.errors import SrsError
from srs.terminal.grades import FOUR_GRADES, SIX_GRADES
from srs.terminal.reviewing import Surroundings
from srs.terminal.viewer import view


def surroundings(here: Context, collection: Collection) -> Surroundings:
    """Return what a sitting takes from the outside, as the settings have it."""
    chosen = collection.settings
    return Surroundings(
        here.now,
        collection.day_of,
        SIX_GRADES if chosen.six_grades else FOUR_GRADES,
        lambda card: edit_source(here, collection, card),
        lambda card, address: view(address, collection.file(card), collection.decks[card.deck].root),
        {namespace: deck.name for namespace, deck in collection.decks.items()},
        typing=chosen.type_answers,
        space_is_good=chosen.space_is_good,
    )


def end_when_asked() -> None:
    """Let a sitting that is asked to end do so as on any exit, so that the terminal is as it was."""
    signal.signal(signal.SIGTERM, _leave)


def _leave(number: int, _: object) -> NoReturn:
    """Leave as on any exit when asked to end, so that the terminal is as it was."""
    sys.exit(128 + number)


def keep_copy(here: Context, collection: Collection) -> None:
    """Copy the store after the day's first sitting; a disk without room for it is told, and ends no sitting."""
    try:
        keep_daily(collection.store, here.today(), collection.settings.backups)
    except SrsError as error:
        tell(f"no copy of the store was kept: {error}")
