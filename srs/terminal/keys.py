"""The keys of a sitting: what each does, in the words of the foot and of the help page."""

from msgspec import Struct

from srs.terminal.keyboard import END


class Key(Struct, frozen=True):
    """A key by the name that the keyboard gives it; `foot` and `help` are its words there, and nothing if it is not."""

    name: str
    label: str
    foot: str = ""
    help: str = ""


SHOW = Key("space", "space", "show answer", "show the answer, or the next step of a list")
SHOW_ALL = Key("enter", "Enter", "all", "show the answer, or all steps of a list")
NEXT_STEP = Key("space", "space", "next step")
MISSED = Key("x", "x", "missed it", "while reciting a list: the step shown last was missed")
GRADES = Key("", "1 2 3 4", "", "grade it: Again, Hard, Good, Easy (0 to 5 with --six-grades)")
UNDO = Key("u", "u", "undo", "undo the last step, as far back as the sitting goes")
SUSPEND = Key("s", "s", "suspend", "suspend the card until `srs resume`")
BURY = Key("b", "b", "bury", "bury the card until tomorrow")
EDIT = Key("e", "e", "edit", "edit the note in $EDITOR")
FLAG = Key("f", "f", "flag", "flag the card with a remark; `srs cards --flagged` lists them")
OPEN = Key("o", "o", "picture", "open the card's pictures, one after the other, as the system does")
SCROLL = Key("", "↑ ↓ PgUp PgDn", "", "scroll a long card")
HELP = Key("?", "?", "help")
QUIT = Key("q", "q", "quit", "quit; every answer is kept")

ON_EVERY_CARD = (UNDO, SUSPEND, BURY, EDIT, FLAG, HELP, QUIT)
IN_HELP = (SHOW, SHOW_ALL, MISSED, GRADES, UNDO, SUSPEND, BURY, EDIT, FLAG, OPEN, SCROLL, QUIT)
LEAVE = frozenset({QUIT.name, END})
SHARED = LEAVE | {key.name for key in ON_EVERY_CARD if key is not HELP}
"""What does something with a card other than answering it, on any of its pages; help stays on the page."""
ON = frozenset({SHOW.name, SHOW_ALL.name})
