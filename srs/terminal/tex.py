r"""TeX as text to be read in a terminal: fractions, roots, Greek, signs, and what stands above or below the line.

`\frac{a+b}{2}` reads (a+b)/2, `x_1^2` x₁², `e^{i\pi}` e^(iπ). What has no such form stays as it was written.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any
from unicodedata import category, lookup

LONGEST = 5_000  # signs; a formula that fills the screen twice is no easier to read, and a stranger's may be endless
_ABOVE = dict(
    zip("0123456789+-−=()abcdefghijklmnoprstuvwxyzTβ′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᵀᵝ′", strict=True)
)
_BELOW = dict(zip("0123456789+-−=()aehijklmnoprstuvxβγρφχ", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ", strict=True))
_OVER = {
    "hat": "\u0302", "bar": "\u0304", "tilde": "\u0303", "dot": "\u0307", "ddot": "\u0308", "vec": "\u20d7",
    "overline": "\u0305", "underline": "\u0332",
}  # fmt: skip
_SIGNS = {
    "neg": "¬", "land": "∧", "lor": "∨", "implies": "⇒", "iff": "⇔", "colon": ":", "degree": "°", "mid": " | ",
    "lvert": "|", "rvert": "|", "lVert": "‖", "rVert": "‖", "%": "%", "$": "$", "&": "&", "#": "#", "_": "_", "{": "{",
    "ne": "≠", "lt": "<", "gt": ">", "gets": "←", "impliedby": "⇐", "models": "⊨", "bot": "⊥", "triangle": "△",
    "Re": "Re", "Im": "Im", "arg": "arg", "argmax": "argmax", "argmin": "argmin", "det": "det", "dim": "dim",
    "deg": "deg", "gcd": "gcd", "ker": "ker", "Pr": "Pr", "bmod": "mod", "lbrack": "[", "rbrack": "]", "checkmark": "✓",
    "}": "}", "|": "‖", "\\": "\n", "quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "!": "",
}  # fmt: skip
_SILENT = frozenset({
    *("left", "right", "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "middle"),
    *("limits", "nolimits", "displaystyle", "textstyle", "mathrm", "operatorname", "mathbf", "mathit", "mathsf"),
    *("text", "textrm", "textbf", "textit", "mbox", "boldsymbol", "bm", "mathcal", "mathfrak", "mathscr"),
})  # fmt: skip
_INFIX = {"choose", "over", "atop"}
_SHAPES = {"binom": "C({}, {})", "pmod": "(mod {})", "boxed": "[{}]"}
_CLOSE = frozenset("∂∇∀∃¬√∫∑∏")
_ROOTS = {"": "√", "3": "∛", "4": "∜"}
_ROWS = {"matrix": ("[", "]"), "pmatrix": ("(", ")"), "bmatrix": ("[", "]"), "vmatrix": ("|", "|"), "cases": ("{", "}")}
_LINES = {"aligned", "align", "align*", "split", "gathered", "gather", "gather*"}
_GROUPED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_FACTORS = re.compile(r"\d+[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹ⁿ]")
_JOINED = re.compile(r"[-\s+−=<>≤≥≠,/·×±∧∨]")


def readable(tex: str) -> str:
    """Return TeX as text; what cannot be told so stays TeX, and all of it where it cannot be parsed or is very long."""
    if len(tex) > LONGEST or not set(tex) & set("\\^_{"):
        return tex
    # Reads TeX as LaTeX does, groups and arguments included.
    from pylatexenc.latexwalker import LatexWalker, LatexWalkerError  # noqa: PLC0415 -- a card without mathematics need not wait

    try:
        nodes = LatexWalker(f"${tex}$", _syntax(), tolerant_parsing=False).get_latex_nodes()[0]
        lines = (" ".join(line.split()) for line in _text(nodes).split("\n"))
        return "\n".join(filter(None, lines)) or tex
    except (LatexWalkerError, RecursionError):
        return tex


class _Script(str):
    """A sign that puts what follows above or below the line."""

    __slots__ = ()


class _Name(str):
    """The name of a function, which keeps apart from what stands beside it."""

    __slots__ = ()


class _Blank(str):
    """A blank after a letter's name, which is none before another letter."""

    __slots__ = ()


def _text(nodes: Sequence[Any]) -> str:
    """Return parsed TeX as text."""
    text = script = blank = ""
    apart = False
    for atom in _atoms(nodes):
        if isinstance(atom, _Script):
            text, script, blank = text + script, atom, ""
        elif script and atom.strip():
            text, script = text + _scripted(script, atom.strip()), ""
        elif isinstance(atom, _Blank):
            blank = atom
        elif atom and not script:
            beside = text[-1:].isalnum() and atom[0].isalnum()
            between = " " if beside and (apart or isinstance(atom, _Name)) else "" if beside else blank
            text, blank = text + between + atom, ""
        apart = isinstance(atom, _Name) or (apart and (not atom or isinstance(atom, _Script)))
    return text + script


def _scripted(script: str, text: str) -> str:
    letters = _ABOVE if script == "^" else _BELOW
    if all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    alone = len(text) == 1 or (script == "_" and re.fullmatch(r"\w+", text))
    return f"{script}{text}" if alone else f"{script}({text})"


def _atoms(nodes: Sequence[Any]) -> Iterator[str]:
    """Yield the pieces of which each can stand above or below the line as one."""
    literal = delimiter = False
    for node in nodes:
        kind = type(node).__name__
        if kind == "LatexMacroNode":
            found = _macro(node)
            literal, delimiter = found is None, node.macroname in {"left", "right"}
            yield from [node.latex_verbatim()] if found is None else found
            continue
        match kind:
            case "LatexCharsNode":
                yield from _signs(node.chars[delimiter and node.chars.startswith(".") :])
            case "LatexGroupNode":
                as_written = literal or any(getattr(each, "macroname", "") in _INFIX for each in node.nodelist)
                yield node.latex_verbatim() if as_written else _text(node.nodelist)
            case "LatexMathNode":
                yield _text(node.nodelist)
            case "LatexEnvironmentNode":
                yield _environment(node)
            case "LatexSpecialsNode":
                yield " " if node.specials_chars == "~" else node.specials_chars
        literal, delimiter = literal and kind == "LatexGroupNode", False


def _signs(text: str) -> Iterator[str]:
    for sign in text:
        yield _Script(sign) if sign in "^_" else {"'": "′", "-": "−", "\n": " "}.get(sign, sign)


def _macro(node: Any) -> Sequence[str] | None:  # noqa: ANN401 -- the library has no types
    """Return a macro with its arguments as pieces, or `None` for one that has no form in a line of text."""
    given = (node.nodeargd.argnlist if node.nodeargd else None) or ()
    arguments = [_text([argument]) for argument in given if argument]
    if node.macroname in _SILENT:
        return arguments or [""]
    if arguments:
        structure = _structure(node.macroname, arguments)
        return [structure] if structure else None
    return _sign(node.macroname, node.macro_post_space or "")


def _structure(name: str, arguments: Sequence[str]) -> str:
    """Return a macro that puts its arguments together, or nothing."""
    last = arguments[-1]
    match name:
        case "frac" | "dfrac" | "tfrac" | "cfrac":
            return f"{_grouped(arguments[0])}/{_grouped(last, factors=True)}"
        case "binom" | "pmod" | "boxed":
            return _SHAPES[name].format(*arguments)
        case "sqrt":
            index = arguments[0].strip("[]") if len(arguments) > 1 else ""
            return f"{_ROOTS.get(index, _scripted('^', index) + '√')}{_grouped(last)}"
        case "mathbb" if re.fullmatch(r"[A-Z]+", last):
            return "".join(map(_double_struck, last))
        case _ if name in _OVER and (len(last) == 1 or "line" in name):
            return "".join(letter + _OVER[name] for letter in last)
    return ""


def _sign(name: str, space: str) -> Sequence[str] | None:
    """Return a macro that stands for one sign or one name, set apart as such a sign is."""
    sign = _SIGNS.get(name, _symbols().get(name))
    if not sign:
        return None if sign is None else [sign]
    if sign.isascii() and sign.isalpha():
        return [_Name(sign), space]
    if sign.isalpha() or sign in _CLOSE:
        return [sign, _Blank(space)]
    return [space, sign, space] if category(sign[0]) == "Sm" else [sign, space]


def _grouped(text: str, *, factors: bool = False) -> str:
    """Put parentheses around what would fall apart beside a stroke or under a root; below a stroke `factors` would."""
    text = rest = text.strip()
    while (fewer := _GROUPED.sub("", rest)) != rest:
        rest = fewer
    apart = _JOINED.search(rest) or (factors and (_FACTORS.match(rest) or (rest and rest != text)))
    return f"({text})" if apart else text


def _environment(node: Any) -> str:  # noqa: ANN401 -- the library has no types
    name = node.environmentname
    if name not in _ROWS and name not in _LINES:
        return str(node.latex_verbatim())
    rows: list[list[list[Any]]] = [[[]]]
    for each in node.nodelist:
        if getattr(each, "macroname", "") == "\\":
            rows.append([[]])
        elif getattr(each, "specials_chars", "") == "&":
            rows[-1].append([])
        else:
            rows[-1][-1].append(each)
    cells = [[_text(cell).strip() for cell in row] for row in rows]
    if name in _LINES:
        return "\n".join(" ".join(filter(None, row)) for row in cells)
    begin, end = _ROWS[name]
    return f"{begin}{'; '.join(', '.join(row) for row in cells if any(row))}{end}"


def _double_struck(letter: str) -> str:
    for name in (f"DOUBLE-STRUCK CAPITAL {letter}", f"MATHEMATICAL DOUBLE-STRUCK CAPITAL {letter}"):
        try:
            return lookup(name)
        except KeyError:
            continue
    return letter


@cache
def _syntax() -> Any:  # noqa: ANN401 -- the library has no types
    """Return what the library knows of macros, and how many arguments those take that it does not."""
    from pylatexenc.latexwalker import get_default_latex_context_db  # noqa: PLC0415 -- as above
    from pylatexenc.macrospec import std_macro  # noqa: PLC0415 -- as above

    known = get_default_latex_context_db()
    two = [std_macro(name, False, 2) for name in ("binom", "dfrac", "tfrac", "cfrac")]
    one = [
        std_macro(name, False, 1) for name in (*_OVER, "mathbb", "operatorname", "bm", "boldsymbol", "pmod", "boxed")
    ]
    known.add_context_category("srs", macros=[*two, *one], prepend=True)
    return known


@cache
def _symbols() -> dict[str, str]:
    """Return the signs that stand for macros without arguments, as the library tells them."""
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 -- as above

    specs = get_default_latex_context_db().iter_macro_specs()
    return {
        spec.macroname: spec.simplify_repl
        for spec in specs
        if isinstance(spec.simplify_repl, str) and spec.simplify_repl and "%" not in spec.simplify_repl
    }
