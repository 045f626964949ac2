"""Mathematics in a line, between two dollars, told apart from amounts of money.

The law is that of Pandoc and of mdit_py_plugins, whose rule for a line reads over the end of a cloze or a link and
takes the last sign of a text for one before its first; so this rule, for a line, is our own.
"""

import re
from functools import cache

from markdown_it.rules_inline import StateInline

_INSIDE = r"((?:\\.|[^\\$])++)"
_FORMULA = re.compile(rf"\$\${_INSIDE}\$\$|\$(?!\s){_INSIDE}(?<!\s)\$(?!\d)", re.DOTALL)
_OPEN = re.compile(rf"\\.|`[^`]*`|(?<!\d)\$\$?(?!\s){_INSIDE}(?:(?<!\s)\$(?!\d)|(\Z))", re.DOTALL)
_AMOUNT = re.compile(r"\d[\d.,]*")
_SIGNS_OF_TEX = frozenset("\\^_{}=<>")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"(?<![\\A-Za-z])[^\W\d_]{2,}|[\u3040-\u9fff]")  # a millisecond: most notes have no dollars


def formula(state: StateInline, silent: bool) -> bool:
    """Turn `$x^2$` into mathematics: no blank inside the dollars, no digit right before or behind them.

    `$$x^2$$` in a line is that, too.
    """
    begin = state.pos
    if state.src[begin] != "$" or (begin and state.src[begin - 1].isdigit()):
        return False
    found = _FORMULA.match(state.src, begin, state.posMax)
    if not found:
        return False
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = found[1] or found[2], "$"
    state.pos = found.end()
    return True


def open_formula(text: str) -> str | None:
    """Return what stands behind the dollar that begins a formula without ending it in a text; `None` without one."""
    return next((found[1] for found in _OPEN.finditer(text) if found[2] is not None), None)


def reads_as_money(content: str) -> bool:
    """Whether what stands between two dollars is rather an amount and words, as in `$5 or US$`."""
    begins = _AMOUNT.match(content)
    return bool(begins and not set(content) & _SIGNS_OF_TEX and _word().search(content, begins.end()))
