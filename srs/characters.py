"""Characters as they are shown: what would act on a screen, or hide on it, as pictures; and how wide each is."""

import json
import re
import shlex
from collections.abc import Iterable
from unicodedata import east_asian_width

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_CONTROLS = re.compile(f"[{CONTROLS}\ud800-\udfff]")
# C0 and DEL have pictures in Unicode; C1 and lone surrogates have none.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}
# What turns the direction of the text around it, and what takes no room: a reader cannot see that it is there.
_UNSEEN = "\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
# The two joiners shape words in Persian and in Indic scripts, and pictures; beside Latin letters they only hide.
_JOINERS = r"(?<![^\x00-\x7f])[\u200c\u200d]|[\u200c\u200d](?![^\x00-\x7f])"
_ACTING = re.compile(f"[{CONTROLS}\ud800-\udfff{_UNSEEN}]|{_JOINERS}")
_BREAKS = {"\n": "␊", "\u2028": r"\u2028", "\u2029": r"\u2029"}
_BREAK = re.compile("[\n\u2028\u2029]")
_NOT_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{_UNSEEN}\u200c\u200d]")


def without_controls(text: str) -> str:
    """Return text with control characters shown as pictures (`␛`), so that they do nothing; tab and LF stay."""
    return _CONTROLS.sub(lambda control: _picture(control[0]), text)


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
    return _NOT_IN_JSON.sub(lambda sign: json.dumps(sign[0])[1:-1], text)


def _picture(character: str) -> str:
    code = ord(character)
    if _CONTROLS.match(character):
        return chr(_PICTURES.get(code, 0xFFFD))
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"  # noqa: PLR2004 -- the last with four digits


def typed(*words: object, names: Iterable[str] = ()) -> str:
    """Return a command of ours as it can be typed, in backquotes: a word stays one to a shell, no name is an option."""
    given = tuple(names)
    parted = ("--",) if any(name.startswith("-") for name in given) else ()
    return f"`{shlex.join(['srs', *map(str, words), *parted, *given])}`"


def is_wide(character: str) -> bool:
    """Whether a character takes two cells, as Chinese ones do."""
    return east_asian_width(character) in {"W", "F"}
