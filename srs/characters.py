"""Characters as they are shown: what would act on a screen, or hide on it, as pictures; and how wide each is."""

import json
import re
import shlex
from collections.abc import Sequence
from functools import cache
from unicodedata import east_asian_width

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
# C0 and DEL have pictures in Unicode; C1 and lone surrogates have none.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
# What turns the direction of the text around it, and what takes no room: a reader cannot see that it is there.
# These are Unicode's Default_Ignorable_Code_Point, but for the soft hyphen, which only says where a word may be parted,
# and what is told apart by its neighbour below.
_UNSEEN = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e00ff\U000e01f0-\U000e0fff"
)
# The two joiners shape words in Persian and in Indic scripts, and pictures; beside Latin letters they only hide.
_JOINERS = r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
# Which form a sign takes is said once, behind it: pictures and keys, Mongolian letters, Chinese characters.
_FORMS = (
    r"(?<![^\x00-\x7f\ufe00-\ufe0f])[\ufe00-\ufe0f](?!\u20e3)|(?<![\u1800-\u180a\u1810-\u18af])[\u180b-\u180d\u180f]"
    "|(?<![\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])[\U000e0100-\U000e01ef]"
)
_ACTING = re.compile(f"[{CONTROLS}\ud800-\udfff{_UNSEEN}]|{_JOINERS}|{_FORMS}")
_BREAKS = {"\n": "␊", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_BREAK = re.compile("[\n\u2028\u2029]")


# Sets of so many signs take a millisecond to compile, which a morning feels: these wait until they are asked for.
@cache
def _controls() -> re.Pattern[str]:
    return re.compile(f"[{CONTROLS}\ud800-\udfff]")


@cache
def _not_in_json() -> re.Pattern[str]:
    more = "\u200c\u200d\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef"
    return re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{_UNSEEN}{more}]")


def without_controls(text: str) -> str:
    """Return text with control characters shown as pictures (`␛`), so that they do nothing; tab and LF stay."""
    return _controls().sub(lambda control: _picture(control[0]), text)


def shown(text: str) -> str:
    r"""Return text as people may see it on a screen: nothing in it acts, and nothing in it hides; tab and LF stay.

    Control characters become pictures (`␛`), signs that turn the direction or take no room their numbers (`\u202e`).
    """
    return _ACTING.sub(lambda sign: _picture(sign[0]), text)


def shown_line(text: str) -> str:
    """Return text as `shown` does, on one line whatever is in it."""
    return _BREAK.sub(lambda sign: _BREAKS[sign[0]], shown(text))


def shown_json(text: str) -> str:
    r"""Return JSON that says the same, what would act or hide on a screen escaped as JSON does it (`\u202e`)."""
    return _not_in_json().sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def _picture(character: str) -> str:
    code = ord(character)
    if _controls().match(character):
        return chr(_PICTURES.get(code, 0xFFFD))
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 -- the last with four digits


def typed(command: str, *options: object, names: Sequence[str] = ()) -> str:
    """Return a command of ours as it can be typed, in backquotes: a word stays one to a shell, no name is an option."""
    said = map(str, options)
    apart = any(name.startswith("-") for name in names)
    return f"`{shlex.join(['srs', command, *said, '--', *names] if apart else ['srs', command, *names, *said])}`"


def is_wide(character: str) -> bool:
    """Whether a character takes two cells, as Chinese ones do."""
    return east_asian_width(character) in {"W", "F"}
