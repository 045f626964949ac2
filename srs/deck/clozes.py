r"""Anki's cloze notation, `{{c1::answer::hint}}`: what is one, what is nearly one, and what is wrong with it.

A backslash between two signs makes text of them, in code as well: `{\{c1::…`, `:\:` and `}\}`.
"""

import re

from markdown_it.rules_inline import StateInline
from msgspec import Struct

from srs.deck.dollars import open_formula
from srs.deck.values import MOST_CLOZES

TOLD = "told"
"""Where in a token's meta stands what is to be told of it, as `Found` values."""

_OPENED = -1  # a place in no text, under which the parser's memory of a paragraph counts its clozes
_CLOZE = re.compile(r"\{\{c(\d+)::")
NEARLY = r"\{\{ ?[cC] ?[\w-]{0,3} ?[:：]{2}"
_NEARLY_IN_TEXT = re.compile(NEARLY + r"|\{\{[cC]\d*[:：]")
_SINGLE = re.compile(r"(?<!\{)\{c\d{1,3}::(?=[^{}\n]+\}(?!\}))")
_PARTING = re.compile(r"\\.|`|::", re.DOTALL)
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_NAMESPACE = re.compile(
    r"(?:std|boost|absl|crate|self|super|core|alloc|cv|Eigen)|(?=\w+\Z)\w*(?:[a-z][A-Z]|\w_)\w*|.*>"
)
_NAME = re.compile(r"[A-Za-z_]\S*")
_NAME_END = re.compile(r"(?<!\w)[A-Za-z_]\w*>*$")


Error = tuple[str, str]
"""A message and its rule."""


class Found(Struct, frozen=True):
    """Something to be told, at an offset of the text that its token (or the token around it) was made from."""

    offset: int
    sign: str
    message: str
    rule: str
    warning: bool = False


def cloze(state: StateInline, silent: bool) -> bool:
    """Turn `{{c1::answer::hint}}` into cloze_open … cloze_close; what is wrong becomes a mistake token."""
    opening = _CLOZE.match(state.src, state.pos, state.posMax)
    if not opening:
        return _nearly_cloze(state, silent)
    if state.cache.get(_OPENED, 0) > MOST_CLOZES:
        return False
    begin, end = opening.end(), find_ahead(state, "}}", opening.end())
    if silent:
        state.pos = begin if end < 0 else end + 2
        return True
    if not _counts(state):
        return False
    error = _text_error(state, opening, end)
    if error:
        tell(state, Found(state.pos, opening.group(), *error))
        state.pos = begin
        return True
    inside, hint = _parted(state.src[begin:end])
    token = state.push("cloze_open", "", 1)
    doubt = doubt_of(opening, inside, hint, in_code=False)
    token.meta = {"number": int(opening.group(1)), "hint": hint.strip(), TOLD: doubt}
    _parse_inside(state, begin, begin + len(inside))
    state.push("cloze_close", "", -1)
    state.pos = end + 2
    return True


def find_ahead(state: StateInline, sign: str, begin: int) -> int:
    """Return where a sign stands next in a text, or -1; what is known is not looked for again."""
    ahead = state.env.setdefault("ahead", {})
    source, since, found = ahead.get(sign, ("", 0, -1))
    if source is not state.src or not (since <= begin and (begin <= found or found < 0)):
        found = state.src.find(sign, begin)
        ahead[sign] = (state.src, begin, found)
    return int(found) if found + len(sign) <= state.posMax else -1


def tell(state: StateInline, found: Found) -> None:
    """Push a token that shows as the text it is, and tells."""
    token = state.push("mistake", "", 0)
    token.content, token.meta = found.sign, {TOLD: (found,)}


def _nearly_cloze(state: StateInline, silent: bool) -> bool:
    """Tell of what was surely meant as a cloze: `{{c1:…`, `{{C1::…`, `{{cx::…`, `{c1::…}`; other braces are text."""
    opening = _NEARLY_IN_TEXT.match(state.src, state.pos, state.posMax) or _SINGLE.match(state.src, state.pos)
    if not opening or (not silent and not _counts(state)):
        return False
    if not silent:
        tell(state, nearly_cloze(opening))
    state.pos = opening.end()
    return True


def _counts(state: StateInline) -> bool:
    """Whether a paragraph opens no more clozes than Anki has numbers; of the first that is too many, it is told.

    Each is looked for to the end of its paragraph, so that without a limit the work would be quadratic.
    """
    opened = state.cache[_OPENED] = state.cache.get(_OPENED, 0) + 1
    if opened == MOST_CLOZES + 1:
        what = f"more than {MOST_CLOZES} clozes in a paragraph; split it"
        tell(state, Found(state.pos, "", what, "many-clozes"))
    return opened <= MOST_CLOZES


def nearly_cloze(opening: re.Match[str]) -> Found:
    """Return what is to be told of a cloze that was misspelt."""
    text = "{\\{ if you mean the braces" if opening.group().startswith("{{") else "\\{ if you mean the brace"
    what = f"{opening.group()} does not start a cloze; write {{{{c1::…}}}}, or {text}"
    return Found(opening.start(), opening.group(), what, "cloze-misspelt")


def _parse_inside(state: StateInline, begin: int, end: int) -> None:
    outer = state.posMax
    state.pos, state.posMax = begin, end
    state.md.inline.tokenize(state)
    state.posMax = outer


def _parted(inside: str) -> tuple[str, str]:
    """Part what is hidden from its hint, at the first `::` that does not stand in code or behind a backslash."""
    in_code = False
    for sign in _PARTING.finditer(inside):
        if sign.group() == "`":
            in_code = not in_code
        elif sign.group() == "::" and not in_code:
            return inside[: sign.start()], inside[sign.end() :]
    return inside, ""


def _text_error(state: StateInline, opening: re.Match[str], end: int) -> Error | None:
    if end < 0:
        what = f"the cloze {opening.group()} is not closed in its paragraph; end it with }}}}"
        return what, "open-cloze"
    inside = state.src[opening.end() : end]
    error = cloze_error(opening, inside) or _formula_error(state, inside, end + 2)
    if not error and _ESCAPED.sub("", _parted(inside)[0]).count("`") % 2:
        what = "}} inside `code` ends the cloze; put a backslash between the braces: }\\}, or before a ` that is text"
        error = what, "cloze-braces"
    if not error and state.src[end + 2 : end + 3] == "}" and inside.count("{") > inside.count("}"):
        what = "}} ends the cloze before its own braces are closed; put a space between them: } }}"
        error = what, "cloze-braces"
    return error


def _formula_error(state: StateInline, inside: str, after: int) -> Error | None:
    """Tell of a formula that is cut by its cloze's end; a dollar that no other answers is money, or a variable."""
    begun = open_formula(inside)
    close = -1 if begun is None else find_ahead(state, "$", after)
    if begun is None or close < 0:
        return None
    plain = begun.replace("\\{", "").replace("\\}", "")
    if plain.count("{") > plain.count("}"):
        return "}} inside $math$ ends the cloze; put a space between the braces: } }", "cloze-braces"
    if close == after:
        return "the cloze ends inside $math$; put both dollars in it or none, or write \\$ for money", "cloze-braces"
    return None


def cloze_error(opening: re.Match[str], inside: str) -> Error | None:
    """Return what is wrong with a cloze, closed where it may be, wherever it stands."""
    number = opening.group(1)
    if _CLOZE.search(inside):
        return nested_cloze(opening)
    if "：：" in inside:
        return (
            "：： begins no hint; write two half-width colons ::, or a blank between them if it is text",
            "cloze-misspelt",
        )
    if not _parted(inside)[0].strip():
        return f"the cloze {opening.group()} hides nothing; write what should be recalled", "empty-cloze"
    if len(number) > len(str(MOST_CLOZES)) or not 1 <= int(number) <= MOST_CLOZES:
        return f"cloze number {number[:9]} is out of range; Anki takes 1 to {MOST_CLOZES}", "cloze-number"
    return None


def nested_cloze(opening: re.Match[str]) -> Error:
    """Return what is to be told of a cloze with another inside."""
    what = f"a cloze inside the cloze {opening.group()}; close the outer one first, clozes cannot be nested"
    return what, "nested-cloze"


def doubt_of(opening: re.Match[str], inside: str, hint: str, *, in_code: bool) -> tuple[Found, ...]:
    """Warn of a hint that reads as the rest of a name, such as std::vector; one behind a blank is meant as a hint."""
    if not (_NAME.fullmatch(hint) and _NAME_END.search(inside)):
        return ()
    if not (in_code or "::" in hint or _NAMESPACE.fullmatch(inside.strip()) or set(hint) & set("(<_")):
        return ()
    whole = f"{inside}::{hint}".replace("::", ":\\:")
    what = f"{inside}::{hint} hides {inside!r} with the hint {hint!r}; write {whole} to hide all of it,"
    what += f" or a blank before the hint, {inside}:: {hint}, to keep it"
    return (Found(opening.start(), opening.group(), what, "hint-or-name", warning=True),)
