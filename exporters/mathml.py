"""TeX as MathML, which browsers set by themselves: no script, no font and no network."""

import re
from html import unescape
from xml.etree.ElementTree import Element, tostring

from srs.characters import without_controls

LONGEST = 20_000  # signs; the library takes longer than in proportion, and a stranger's formula may be endless
MARK = "mark"
"""The class of what a cloze hides; in TeX, `\\class{mark}{…}`."""
_SIGN = re.compile(r"&#x[0-9A-Fa-f]{2,6};")
_TAGS = frozenset({
    *("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "mstyle", "mpadded", "mphantom"),
    *("msub", "msup", "msubsup", "munder", "mover", "munderover", "mmultiscripts", "mprescripts", "none", "menclose"),
    *("mtable", "mtr", "mtd", "merror"),
})  # fmt: skip
_ATTRIBUTES = frozenset({
    *("display", "displaystyle", "scriptlevel", "mathvariant", "stretchy", "fence", "separator", "form", "accent"),
    *("accentunder", "movablelimits", "largeop", "symmetric", "lspace", "rspace", "minsize", "maxsize", "width"),
    *("linethickness", "height", "depth", "voffset", "columnalign", "rowspacing", "columnspacing", "notation"),
})  # fmt: skip


def mathml(tex: str, *, block: bool) -> str:
    """Return TeX as a MathML element, or nothing if it cannot be read or is very long; a block has a line of its own.

    Only known elements and attributes come of it, and text stays text: nothing in a formula acts.
    """
    if len(tex) > LONGEST:
        return ""
    from latex2mathml.converter import convert_to_element  # noqa: PLC0415 -- only a sheet with mathematics needs it

    try:
        math = convert_to_element(without_controls(tex), display="block" if block else "inline")
        _clean(math)
    except Exception:  # noqa: BLE001 -- the library has an exception for each mistake, and they have nothing in common
        return ""
    return tostring(math, encoding="unicode")


def _clean(element: Element) -> None:
    """Keep what sets mathematics, and write the library's own entities as the signs that they stand for."""
    if element.tag not in _TAGS:
        raise ValueError(element.tag)
    for name, value in list(element.attrib.items()):
        if name not in _ATTRIBUTES and (name, value) != ("class", MARK):
            del element.attrib[name]
    element.text = _SIGN.sub(lambda sign: unescape(sign[0]), element.text or "")
    element.tail = _SIGN.sub(lambda sign: unescape(sign[0]), element.tail or "")
    for child in element:
        _clean(child)
