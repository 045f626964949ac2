"""Characters as they are shown: controls as pictures, and how wide each is."""

import re
from unicodedata import east_asian_width

CONTROLS = "\x00-\x08\x0b-\x1f\x7f-\x9f"
_CONTROLS = re.compile(f"[{CONTROLS}\ud800-\udfff]")
# C0 and DEL have pictures in Unicode; C1 and lone surrogates have none.
_PICTURES = {code: 0x2400 + code for code in range(0x20)} | {0x7F: 0x2421}


def without_controls(text: str) -> str:
    """Return text with control characters shown as pictures (`␛`), so that they do nothing; tab and LF stay."""
    return _CONTROLS.sub(lambda control: chr(_PICTURES.get(ord(control[0]), 0xFFFD)), text)


def is_wide(character: str) -> bool:
    """Whether a character takes two cells, as Chinese ones do."""
    return east_asian_width(character) in {"W", "F"}
