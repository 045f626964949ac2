"""`python -m tests.exchange.days FOLDER ROLLOVER`: exchange with a profile of Anki in this process's time zone.

The account's day turns over at that hour. Anki's own search must then find each card due as many days from its today as
the terminal says that the card is due from the account's date.
"""

import os
import sys
from datetime import date, datetime, timedelta
from pathlib import Path

from tests.anki_profile import Profile, find
from tests.exchange.devices import Terminal


def main(folder: Path, rollover: int) -> None:
    """Exchange, and hold each due day against Anki's own search; raises where they differ."""
    os.environ["ANKI_BASE"] = str(folder / "Anki2")
    profile, first = Profile(folder / "Anki2"), not (folder / "home").exists()
    if first:
        terminal = Terminal(folder / "home")
        terminal.texts = {f"n{n}": f"## Question {n}? {{#n{n}}}\n\nAnswer {n}." for n in range(3)}
        terminal.write()
        with profile.window() as anki:
            anki.set_config("rollover", rollover)
        for number, day in enumerate(("today", "tomorrow", "+40")):
            code, out, err = terminal.srs("due", f"n{number}", day)
            assert code == 0, (out, err)
    else:
        terminal = Terminal.__new__(Terminal)
        terminal.home = folder / "home"
        code, out, err = terminal.srs("due", "n1", "+9")
        assert code == 0, (out, err)
    code, out, err = terminal.srs("sync", "--anki", "User 1")
    assert code == 0, (out, err)
    today = (datetime.now().astimezone() - timedelta(hours=rollover)).date()
    with profile.window() as anki:
        for name, card in terminal.cards().items():
            days = (date.fromisoformat(card["due"]) - today).days
            assert list(anki.find_cards(f"cid:{find(anki, name)} prop:due={days}")), (name, card["due"], days)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
