"""Searches that may run to the end of a chapter from each place where they begin: bounded, so that reading is linear.

A bracket is looked through for the end of a link or picture within a bound for the chapter. A formula that stands
alone is looked for where nothing is known of the lines below. A table wider than any screen is not laid out.
"""

from types import SimpleNamespace

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_inline import StateInline
from mdit_py_plugins.dollarmath.index import math_block_dollar

from srs.deck.clozes import Found, tell

MOST_STEPS = 400_000  # twice what a chapter of links and nothing else takes; a second's work
MOST_COLUMNS = 50
_STEPS, _TOLD, _NO_FORMULA = "bracket_steps", "brackets_told", "no_formula"
_FORMULA = math_block_dollar()
_SHORTEST_WHOLE = 4  # characters of a formula that ends on its own line


def bounds_plugin(markdown: MarkdownIt) -> None:
    """Bound the searches of a parser that reads `$math$` already."""
    helpers = vars(markdown.helpers) | {"parseLinkLabel": _label_end}
    markdown.helpers = SimpleNamespace(**helpers)  # type: ignore[assignment]  # a module is asked for; its functions are used
    markdown.inline.ruler.before("link", "brackets", _too_many)
    markdown.block.ruler.at("math_block", _formula)
    markdown.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _label_end(state: StateInline, start: int, nested_is_none: bool = False) -> int:
    """Return where the bracket at `start` is closed, or -1, as CommonMark has it; each step on the way is counted."""
    outer, depth, end = state.pos, 1, -1
    state.pos = start + 1
    env = state.env
    while state.pos < state.posMax and env.get(_STEPS, 0) <= MOST_STEPS:
        env[_STEPS] = env.get(_STEPS, 0) + 1
        sign, before = state.src[state.pos], state.pos
        if sign == "]":
            depth -= 1
            if not depth:
                end = state.pos
                break
        state.md.inline.skipToken(state)
        if sign == "[" and state.pos == before + 1:
            depth += 1
        elif sign == "[" and nested_is_none:
            break
    state.pos = outer
    return end


def _too_many(state: StateInline, silent: bool) -> bool:
    """Take a bracket as text once the chapter has taken too long to look through; the first is told."""
    sign = state.src[state.pos]
    if sign not in "[!" or state.env.get(_STEPS, 0) <= MOST_STEPS:
        return False
    if not silent and sign == "[" and not state.env.get(_TOLD):
        state.env[_TOLD] = True
        what = "too many square brackets that close nothing, so that no link is read from here on"
        tell(state, Found(state.pos, sign, f"{what}; close them, or write \\[ where they are text", "many-brackets"))
    elif not silent:
        state.append_pending(sign)
    state.pos += 1
    return True


def _formula(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """Read a formula that stands alone, unless one above looked through the same lines and found no end."""
    text = state.src[state.bMarks[begin] + state.tShift[begin] : state.eMarks[begin]].strip()
    if not text.startswith("$$"):
        return False
    searched = state.env.setdefault(_NO_FORMULA, {})
    whole = len(text) >= _SHORTEST_WHOLE and "$$" in text[2:]
    if not whole and begin > searched.get(end, begin):
        return False
    found = _FORMULA(state, begin, end, silent)
    if not (found or whole):
        searched.setdefault(end, begin)
    return found


def _table(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """Read a table; one of too many columns is passed over, and their number kept: it has columns times rows cells."""
    if not table(state, begin, end, True):
        return False
    columns = state.src[state.bMarks[begin + 1] : state.eMarks[begin + 1]].strip(" \t|").count("|") + 1
    if silent or columns <= MOST_COLUMNS:
        return silent or table(state, begin, end, False)
    after = next((line for line in range(begin + 2, end) if _ends_table(state, line, end)), end)
    opening, closing = state.push("table_open", "table", 1), state.push("table_close", "table", -1)
    opening.map, opening.meta = [begin, after], {"columns": columns}
    closing.map = [begin, after]
    state.line = after
    return True


def _ends_table(state: StateBlock, line: int, end: int) -> bool:
    """Whether a line is no row: it is empty, stands outside of the list or quote, or begins another block."""
    outside = state.isEmpty(line) or state.sCount[line] < state.blkIndent
    return outside or any(rule(state, line, end, True) for rule in state.md.block.ruler.getRules("blockquote"))
