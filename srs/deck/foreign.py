"""What people bring along from other programs: comments, HTML, and pictures as other note-takers write them.

Comments are left out. HTML is text here, and where a browser would see a tag that is told, with the Markdown for it.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline

from srs.deck.clozes import Found, find_ahead, tell

_BEGIN, _END = "<!--", "-->"
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>\n]*>")
_EMBED = re.compile(r"!\[\[([^\[\]\n]+)\]\]")
_IMAGE = re.compile(r"!\[([^\[\]\n]*)\]\(([^()<>\n]*[^()<>\s]) *\)")

_MARKDOWN = {
    "**…**": "b strong",
    "*…*": "i em cite dfn var",
    "`…`": "code kbd samp tt",
    "~~…~~": "s del strike",
    "two blanks or a \\ at the end of the line": "br",
    "an empty line between": "p",
    "lines that begin with > ": "blockquote q",
    "lines that begin with - ": "ul ol li",
    "a line --- ": "hr",
    "![…](picture.png)": "img picture",
    "[…](https://…)": "a",
    "$x_1$": "sub",
    "$x^2$": "sup",
    "a line ``` before and after": "pre",
    "### …": "h1 h2 h3 h4 h5 h6",
    "| … | … |": "table thead tbody tfoot tr td th caption",
}
"""How Markdown says what a tag of HTML says."""
_INSTEAD = {tag: markdown for markdown, tags in _MARKDOWN.items() for tag in tags.split()}
_TAGS = frozenset(_INSTEAD) | frozenset(
    """
    abbr address article aside audio base bdi bdo big body button canvas center col colgroup data datalist dd details
    dialog div dl dt embed fieldset figcaption figure font footer form frame frameset head header hgroup html iframe
    input ins label legend link main map mark marquee menu meta meter nav nobr noscript object optgroup option output
    param progress rp rt ruby script search section select slot small source span style summary svg template textarea
    time title track u video wbr
    """.split()  # noqa: SIM905 -- a list of a hundred words in quotes is no easier to read
)
"""Every tag that a browser knows: those of the HTML standard, and old ones that still act."""


def foreign_plugin(markdown: MarkdownIt) -> None:
    """Add the rules to a parser."""
    markdown.block.ruler.before("fence", "comment", _comment_block, {"alt": ["paragraph", "blockquote", "list"]})
    markdown.inline.ruler.before("escape", "comment", _comment)
    markdown.inline.ruler.after("autolink", "html_tag", _tag)
    markdown.inline.ruler.after("image", "image_misspelt", _misspelt_image)


def _comment_block(state: StateBlock, begin: int, end: int, silent: bool) -> bool:
    """Leave out a comment that has its lines to itself."""
    start = state.bMarks[begin] + state.tShift[begin]
    if state.is_code_block(begin) or not state.src.startswith(_BEGIN, start):
        return False
    close = _block_end(state, start + len(_BEGIN))
    last = _line_of_end(state, begin, end, close) if close >= 0 else None
    if last is None:
        return False
    if not silent:
        state.line = last + 1
    return True


def _block_end(state: StateBlock, begin: int) -> int:
    """Return where the next comment ends, if its line ends with it, or -1; what is known is not looked for again."""
    since, close = state.env.get("comment_end", (begin + 1, -1))
    if not (since <= begin and (begin <= close or close < 0)):
        close = state.src.find(_END, begin)
        state.env["comment_end"] = (begin, close)
    if close >= 0 and state.src[close + len(_END) : _line_end(state.src, close)].strip():
        return -1  # text comes after it on its line: a comment within a paragraph
    return int(close)


def _line_end(source: str, begin: int) -> int:
    end = source.find("\n", begin)
    return end if end >= 0 else len(source)


def _line_of_end(state: StateBlock, begin: int, end: int, close: int) -> int | None:
    """Return the line on which a comment ends, or None if the list that it stands in ends before."""
    outside = state.env.setdefault("comment_outside", {})
    indent = min(state.blkIndent, state.sCount[begin])
    if begin < outside.get((close, indent), 0):
        return None
    for line in range(begin, end):
        if line > begin and state.sCount[line] < indent and not state.isEmpty(line):
            outside[close, indent] = line
            return None
        if close <= state.eMarks[line]:
            return line
    return None


def _comment(state: StateInline, silent: bool) -> bool:
    """Leave out a comment within a paragraph, and the blanks before it at the end of a line."""
    if not state.src.startswith(_BEGIN, state.pos):
        return False
    close = find_ahead(state, _END, state.pos + len(_BEGIN))
    if close < 0:
        if not silent:
            what = "<!-- begins a comment that is not closed in its paragraph or at the end of a line;"
            what += " put --> there, or write \\<!-- as text"
            tell(state, Found(state.pos, _BEGIN, what, "open-comment"))
        state.pos += len(_BEGIN)
        return True
    begins = state.pos == 0 or state.src[state.pos - 1] == "\n"
    state.pos = close + len(_END)
    while begins and state.src[state.pos : state.pos + 1] == " ":
        state.pos += 1
    if not silent and state.src[state.pos : state.pos + 1].strip() == "":
        state.pending = state.pending.rstrip(" ")
    return True


def _tag(state: StateInline, silent: bool) -> bool:
    """Tell of a tag that a browser knows; `List<String>` and the like are text."""
    found = _TAG.match(state.src, state.pos, state.posMax)
    if not found or not _is_html(state, found):
        return False
    if not silent and _first(state, found):
        sign, name = found.group(), found.group(2).lower()
        markdown = _INSTEAD.get(name)
        instead = f"write {markdown}" if markdown else "take it out"
        what = f"{sign} is shown as it stands, for HTML is text here; {instead}, or \\{sign} if it is meant"
        tell(state, Found(state.pos, sign, what, "html", warning=True))
    elif not silent:
        state.pending += found.group()
    state.pos = found.end()
    return True


def _first(state: StateInline, found: re.Match[str]) -> bool:
    """Whether a tag is the first of its name in a text; telling of one is telling of all."""
    source, names = state.env.get("tags", (None, None))
    if source is not state.src:
        source, names = state.env["tags"] = (state.src, set[str]())
    name = found.group(2).lower()
    return name not in names and not names.add(name)


def _is_html(state: StateInline, found: re.Match[str]) -> bool:
    """Whether a tag is one: right behind a word a capital or a single letter may as well be a type, as in Box<T>."""
    name = found.group(2)
    if name.lower() not in _TAGS:
        return False
    behind_word = found.start() > 0 and (state.src[found.start() - 1].isalnum() or state.src[found.start() - 1] == "_")
    doubtful = not found.group(1) and behind_word and (name[0].isupper() or len(name) == 1)
    return not doubtful or find_ahead(state, f"</{name}>", found.end()) >= 0


def _misspelt_image(state: StateInline, silent: bool) -> bool:
    """Tell of a picture whose address is not one: `![[x.png]]`, or one with blanks."""
    embed = _EMBED.match(state.src, state.pos, state.posMax)
    found = embed or _IMAGE.match(state.src, state.pos, state.posMax)
    if not found:
        return False
    if not silent:
        address, words = (found.group(1), "") if embed else (found.group(2), found.group(1))
        path = address.partition("|")[0].strip() if embed else address.strip()
        written = f"![{words}](<{path}>)" if " " in path else f"![{words}]({path})"
        what = f"{found.group()} shows no picture; write {written}, or \\! before it if it is text"
        tell(state, Found(state.pos, found.group(), what, "image-misspelt"))
    state.pos = found.end()
    return True


def without_comment(line: str) -> str:
    """Return a text without the comment that it ends with."""
    if not line.rstrip().endswith(_END):
        return line
    begin = line.rfind(_BEGIN)
    return line[:begin] if begin >= 0 else line
