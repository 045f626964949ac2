r"""Code and mathematics, whose text is no Markdown, with the clozes that stand in them.

In code, where a backslash is a sign like others, it is taken out in just those places where it keeps a cloze from
being read (`{\{c1::`, and `:\:` and `}\}` inside one); mathematics has blanks for that, which mean nothing there.
"""

import re
from collections.abc import Iterator, Sequence

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from srs.deck.clozes import NEARLY, TOLD, Error, Found, cloze_error, doubt_of, nearly_cloze, nested_cloze

GAP = "…"
CODE = frozenset({"code_inline", "fence", "code_block"})
MATHS = frozenset({"math_inline", "math_block", "math_block_label"})
LITERAL = CODE | MATHS
"""Tokens whose text is no Markdown; one that holds clozes has them, and the text between, as its children."""

_SIGNS = re.compile(rf"\{{\{{c(\d+)::|\}}\}}|{NEARLY}")
_HINT = re.compile(r"(?<!\\)::")
_TAKES_GROUP = re.compile(r"(?:[_^}]|\\[A-Za-z]{1,30})[ \n]?$")
_NO_CLOZE = re.compile(r"\{\\\{(?= ?[cC] ?[\w-]{0,3} ?[:：]{2})")


def literal_clozes(state: StateCore) -> None:
    """Find the clozes in code and mathematics; a rule for after the inline ones."""
    for token in state.tokens:
        if token.type in LITERAL:
            _part(token, token.content, in_cloze=False)
        elif token.type == "inline" and "{" in token.content:
            _part_children(token)


def _part_children(inline: Token) -> None:
    in_cloze, since = False, 0
    for child in inline.children or ():
        if child.type in {"cloze_open", "cloze_close"}:
            in_cloze = child.nesting == 1
        elif child.type in LITERAL:
            since = _part(child, inline.content, in_cloze=in_cloze, since=since)
        elif child.type == "mistake":
            since = child.meta[TOLD][0].offset + len(child.content)


def _part(token: Token, source: str, *, in_cloze: bool, since: int = 0) -> int:
    """Give a literal token its children, or what is to be told; return how far its source was looked through."""
    maths, content = token.type in MATHS, token.content
    if "{" not in content and not in_cloze:
        return since
    if in_cloze:
        token.content = content if maths else _between(content)
        return since
    children, found = _pieces(content, maths=maths)
    for each in found:
        since = max(source.find(each.sign, since), 0)
        told = Found(since, each.sign, each.message, each.rule, each.warning)
        token.meta = token.meta | {TOLD: (*token.meta.get(TOLD, ()), told)}
        since += len(each.sign)
    if len(children) > 1 and all(each.warning for each in found):
        token.children = children
    token.content = "".join(child.content for child in children)
    return since


def _pieces(content: str, *, maths: bool) -> tuple[list[Token], list[Found]]:
    """Cut code or mathematics into text and clozes; where something is wrong it is all one piece of text."""
    found: list[Found] = []
    pieces: list[Token] = []
    begin, opening = 0, None
    for sign in _SIGNS.finditer(content):
        if sign.group() == "}}":
            if opening:
                inside = content[opening.end() : sign.start()]
                after = content[sign.end() : sign.end() + 1]
                error = cloze_error(opening, inside) or _brace_error(inside, after, maths=maths)
                found += [Found(opening.start(), opening.group(), *error)] if error else []
                found += [] if maths else doubt_of(opening, *_parted(inside), in_code=True)
                pieces += _hidden(content[begin : opening.start()], opening, inside, maths=maths)
                begin, opening = sign.end(), None
        elif not sign.group(1):
            found.append(nearly_cloze(sign))
        elif opening:
            found.append(Found(opening.start(), opening.group(), *nested_cloze(opening)))
            opening = None
            break
        else:
            opening = sign
    if opening:
        where = "formula" if maths else "code"
        what = f"the cloze {opening.group()} is not closed in its {where}; end it with }}}}, or write {{\\{{ for braces"
        what += ", \\$ for money" if maths else ""
        found.append(Found(opening.start(), opening.group(), what, "open-cloze"))
    if any(not each.warning for each in found):
        return [_text(content)], found
    pieces.append(_text(content[begin:] if maths else _NO_CLOZE.sub("{{", content[begin:])))
    if maths:
        _group(pieces)
    return pieces, found


def _hidden(before: str, opening: re.Match[str], inside: str, *, maths: bool) -> Iterator[Token]:
    answer, hint = _parted(inside)
    answer = answer[:-1] if answer.endswith("} ") else answer  # a blank that keeps its brace from the cloze's
    begin = Token("cloze_open", "", 1)
    begin.meta = {"number": int(opening.group(1)[:9]), "hint": (hint if maths else _between(hint)).strip()}
    yield _text(before if maths else _NO_CLOZE.sub("{{", before))
    yield begin
    yield _text(answer if maths else _between(answer))
    yield Token("cloze_close", "", -1)


def _parted(inside: str) -> tuple[str, str]:
    parted = _HINT.split(inside, maxsplit=1)
    return parted[0], parted[1] if len(parted) > 1 else ""


def _group(pieces: Sequence[Token]) -> None:
    """Put braces around what a cloze hides where TeX takes one group, as in x^{{c1::10}}, for Anki leaves none."""
    for before, after in zip(pieces[:-4:4], pieces[4::4], strict=True):
        if _TAKES_GROUP.search(before.content):
            before.content += "{"
            after.content = "}" + after.content


def _brace_error(inside: str, after: str, *, maths: bool) -> Error | None:
    """Tell of `}}` that closed the cloze where braces of its own were open: which two was meant cannot be known."""
    plain = inside.replace("\\{", "").replace("\\}", "") if maths else inside
    if plain.count("{") <= plain.count("}") or not (maths or after == "}"):
        return None
    what = "}} ends the cloze before its own braces are closed; put a space between them: } }}"
    return what, "cloze-braces"


def _between(code: str) -> str:
    """Take out the backslash between two signs that would mean something in a cloze."""
    return code.replace(":\\:", "::").replace("\\::", "::").replace("}\\}", "}}")


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def leaves(token: Token) -> Iterator[Token]:
    """Yield what a block's text is made of, the pieces of code and mathematics included."""
    for child in token.children or ():
        yield child
        if child.type in LITERAL:
            yield from child.children or ()


def with_children(token: Token, children: Sequence[Token]) -> Token:
    """Return a token that holds other inline tokens; code and mathematics then say what these show."""
    if token.type not in LITERAL:
        return token.copy(children=list(children))
    return token.copy(children=list(children), content="".join(map(_shown, children)))


def gap(hint: str = "") -> Token:
    """Return what stands for hidden text."""
    return Token("gap", "", 0, content=hint)


def gap_text(hint: str) -> str:
    """Return how a gap reads: its hint, or dots, in brackets."""
    return f"[{hint or GAP}]"


def _shown(token: Token) -> str:
    return gap_text(token.content) if token.type == "gap" else token.content
