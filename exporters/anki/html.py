r"""Tokens as the HTML of one Anki field; knows no note types and no files.

Text arrives as text. What would act in Anki is written so that it is only shown: HTML, `[sound:…]`, `{{c1::…}}`,
and the `\(` and `\[` with which mathematics begins.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from types import MethodType
from typing import Any
from urllib.parse import unquote

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from srs.characters import CONTROLS, is_wide, without_controls
from srs.deck.markdown import inline_text, parser
from srs.deck.maths import acting_in
from srs.deck.media import scheme_of

_SPECIAL = re.compile(r"[&<>\\\[{}:]|" + f"[{CONTROLS}\ud800-\udfff]")
_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# What Anki looks for in the source of a card, before any browser sees it.
_TAG = re.compile(r"\[(?=/?(?:sound:|anki:|latex\]|\$)|\[type:)", re.IGNORECASE)
_CLOZE = re.compile(r"[{}]|::+|^:|:$")
# What MathJax looks for in the text of a page, after entities were read: only an element keeps the two apart.
_MATH = re.compile(r"\\(?=[()\[\]]|&#91;|$)")
_APART = "<span></span>"
_LINKS = {"http", "https", "mailto"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a field wants its text.

    `image` gives the media name of an image's address. `guarded` is for every field of a cloze note, where Anki
    looks for clozes: braces in text become entities. `clozes` is for the one field whose clozes are meant. `marked`
    is for pages other than cards: what a cloze hides is marked there, and `formula` sets TeX, a block or not, or gives
    nothing where it cannot.
    """

    image: Callable[[str], str]
    guarded: bool = False
    clozes: bool = False
    marked: bool = False
    formula: Callable[[str, bool], str] | None = None


def block_html(tokens: Sequence[Token], setting: Setting) -> str:
    """Return block tokens as HTML."""
    if not tokens:
        return ""
    return str(_renderer().render(tokens, parser().options, {"setting": setting})).strip()


def inline_html(tokens: Sequence[Token], setting: Setting) -> str:
    """Return inline tokens as HTML."""
    return str(_renderer().renderInline(tokens, parser().options, {"setting": setting})).strip()


def text_html(text: str, *, guarded: bool = False) -> str:
    """Return plain text as HTML that shows exactly this text."""
    if not _SPECIAL.search(text):
        return text
    return _MATH.sub(rf"\\{_APART}", _entities(text, guarded=guarded))


def _entities(text: str, *, guarded: bool) -> str:
    shown = _TAG.sub(_numbered, without_controls(text).translate(_HTML))
    return _CLOZE.sub(_numbered, shown) if guarded else shown


def _numbered(found: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in found[0])


def _attribute(text: str, setting: Setting) -> str:
    return _entities(text, guarded=setting.guarded).replace('"', "&quot;").replace("\\", "&#92;")


class _Renderer(RendererHTML):
    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802 -- the library's own name
        """Return attributes as HTML; most tokens have none, and asking them one by one takes long."""
        return str(RendererHTML.renderAttrs(token)) if token.attrs else ""


@cache
def _renderer() -> RendererHTML:
    renderer = _Renderer(parser())
    renderer.rules.update({name: MethodType(_adapted(rule), renderer) for name, rule in _RULES.items()})
    return renderer


def _adapted(rule: Callable[[Sequence[Token], int, Setting], str]) -> Callable[..., str]:
    def render(_: RendererHTML, tokens: Sequence[Token], index: int, _options: object, env: dict[str, Any]) -> str:
        return rule(tokens, index, env["setting"])

    return render


def _text(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    return text_html(tokens[index].content, guarded=setting.guarded)


def _code_inline(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    return f"<code>{_code(tokens[index], setting)}</code>"


def _code_block(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    return f"<pre><code>{_code(tokens[index], setting)}</code></pre>\n"


def _code(token: Token, setting: Setting) -> str:
    pieces = token.children if token.children and (setting.clozes or setting.marked) else [token]
    rules = {"cloze_open": _cloze_open, "cloze_close": _cloze_close}
    return "".join(rules.get(each.type, _text)(pieces, index, setting) for index, each in enumerate(pieces))


def _softbreak(tokens: Sequence[Token], index: int, _: Setting) -> str:
    """Join lines: by a space, unless both sides are written without spaces, as Chinese is."""
    before = next((token.content for token in reversed(tokens[:index]) if token.content), "")
    after = next((token.content for token in tokens[index + 1 :] if token.content), "")
    return "" if before and after and is_wide(before[-1]) and is_wide(after[0]) else "\n"


def _math_inline(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    if setting.formula:
        return _set(tokens[index], setting, setting.formula, block=False)
    if acting_in(tokens[index]):
        return _code_inline(tokens, index, setting)
    return rf"\({_formula(tokens[index], setting)}\)"


def _math_block(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    if acting_in(tokens[index]) and not setting.formula:
        return _code_block(tokens, index, setting)
    label = text_html(tokens[index].info and f" ({tokens[index].info})", guarded=setting.guarded)
    if setting.formula:
        return f"<p>{_set(tokens[index], setting, setting.formula, block=True)}{label}</p>\n"
    formula = _formula(tokens[index], setting).strip()
    return rf"<p>\[{formula}\]{label}</p>" + "\n"


def _set(token: Token, setting: Setting, formula: Callable[[str, bool], str], *, block: bool) -> str:
    """Return mathematics as it is set, or as the source that it was written in."""
    marks = {"cloze_open": r"\class{mark}{", "cloze_close": "}"}
    tex = "".join(marks.get(each.type, each.content) for each in token.children or [token])
    return formula(tex.strip(), block) or f"<code>{_code(token, setting)}</code>"


def _formula(token: Token, setting: Setting) -> str:
    """Return TeX; Anki puts its gap in among it, and leaves out all HTML, so that MathJax still reads it."""
    if token.children and setting.marked:
        return _code(token, setting)
    if not (token.children and setting.clozes):
        return _entities(token.content, guarded=setting.guarded)
    formula, hint = "", ""
    for each in token.children:
        if each.type == "cloze_open":
            hint = each.meta["hint"] and f"::{_piece(_upright(each.meta['hint']))}"
            formula += f"{{{{c{each.meta['number']}::"
        else:
            formula += f"{hint}}}}}" if each.type == "cloze_close" else _piece(each.content)
    return formula


def _piece(tex: str) -> str:
    """Return a piece of TeX with clozes beside it: Anki joins them, so that any bracket might begin one of its tags."""
    return _entities(tex, guarded=True).replace("[", "&#91;")


def _upright(hint: str) -> str:
    """Set a hint as words, not as a product of letters; one with signs of TeX is left, but that it begins no tag."""
    if not set(hint) & set("\\{}$%#&^_~"):
        return rf"\text{{{hint}}}"
    return f"{{}}{hint}" if _TAG.match(f"[{hint}]") else hint


def _image(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    token = tokens[index]
    name = setting.image(unquote(str(token.attrs["src"])))
    return f'<img src="{name}" alt="{_attribute(inline_text([token]), setting)}">'


def _link_open(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    """Return a link that leaves the card; one to another file of the deck leads nowhere from a phone."""
    address = str(tokens[index].attrs["href"])
    if scheme_of(address) not in _LINKS:
        return "<a>"
    return f'<a href="{_attribute(address, setting)}">'


def _cloze_open(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    if setting.marked:
        return "<mark>"
    return f"{{{{c{tokens[index].meta['number']}::" if setting.clozes else _APART


def _cloze_close(tokens: Sequence[Token], index: int, setting: Setting) -> str:
    if setting.marked:
        return "</mark>"
    if not setting.clozes:
        return _APART
    opening = next(token for token in reversed(tokens[:index]) if token.type == "cloze_open")
    return f"{_hint(opening.meta['hint'])}}}}}"


def _hint(hint: str) -> str:
    """Return the hint of a cloze; Anki shows it in brackets, which must not make it one of its tags."""
    if not hint:
        return ""
    apart = _APART if _TAG.match(f"[{hint}]") else ""
    return f"::{apart}{text_html(hint, guarded=True)}"


_RULES = {
    "text": _text,
    "code_inline": _code_inline,
    "code_block": _code_block,
    "fence": _code_block,
    "softbreak": _softbreak,
    "math_inline": _math_inline,
    "math_block": _math_block,
    "math_block_label": _math_block,
    "image": _image,
    "link_open": _link_open,
    "cloze_open": _cloze_open,
    "cloze_close": _cloze_close,
    "mistake": _text,
}
