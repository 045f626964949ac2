"""Emphasis beside Chinese, Japanese and Korean, which part words by no blanks.

CommonMark takes `**` beside a punctuation sign for emphasis only where a blank or punctuation stands on its other side,
so that `**重点：**内容` would show its asterisks. By the rule that CommonMark's own discussion of this came to
(https://github.com/tats-u/markdown-cjk-friendly), a sign of these scripts there is as good.
"""

from unicodedata import east_asian_width

from markdown_it import MarkdownIt
from markdown_it.parser_inline import RuleFuncInlineType
from markdown_it.rules_inline import StateInline, emphasis, strikethrough


def emphasis_plugin(markdown: MarkdownIt) -> None:
    """Let the rules of a parser for `*`, `**` and `~~` go by it."""
    markdown.inline.ruler.at("emphasis", _beside_wide_signs(emphasis.tokenize))
    markdown.inline.ruler.at("strikethrough", _beside_wide_signs(strikethrough.tokenize))


def _beside_wide_signs(rule: RuleFuncInlineType) -> RuleFuncInlineType:
    """Return a rule that also opens behind such a sign, and closes before one."""

    def friendly(state: StateInline, silent: bool) -> bool:
        begin, known = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        if state.src[begin] != "_":  # within words, underscores are text in every script
            before = state.src[begin - 1] if begin else " "
            after = state.src[state.pos] if state.pos < state.posMax else " "
            for delimiter in state.delimiters[known:]:
                delimiter.open |= _is_wide(before) and not after.isspace()
                delimiter.close |= _is_wide(after) and not before.isspace()
        return True

    return friendly


def _is_wide(sign: str) -> bool:
    return east_asian_width(sign) in {"W", "F"} and not sign.isspace()
