"""The few YAML lines at the top of a chapter."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = "---"
_KEYS = ("title", "tags", "source")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself; `lines` is how many lines of the file it takes, fences included.

    `faults` are pairs of a line, counted from 1, and a message.
    """

    title: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    lines: int = 0
    faults: tuple[tuple[int, str], ...] = ()


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter of a chapter given as its lines; none is fine."""
    if not lines or lines[0].rstrip() != _FENCE:
        return FrontMatter()
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        return FrontMatter(lines=len(lines), faults=((1, "front matter is not closed; end it with a line ---"),))
    try:
        root = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return FrontMatter(lines=end + 1, faults=(_broken(error),))
    return _fields(root, end + 1)


def _broken(error: yaml.YAMLError) -> tuple[int, str]:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return (mark.line + 2 if mark else 1), f"front matter is not YAML: {what}"


def _fields(root: yaml.Node | None, lines: int) -> FrontMatter:
    if root is None:
        return FrontMatter(lines=lines)
    if not isinstance(root, yaml.MappingNode):
        return FrontMatter(lines=lines, faults=((2, "front matter takes lines such as title: …, tags: […]"),))
    found: dict[str, tuple[str, ...]] = {}
    faults: list[tuple[int, str]] = []
    for key, value in root.value:
        line, name = key.start_mark.line + 2, str(key.value)
        if name not in _KEYS:
            faults.append((line, f"unknown key {name!r} in front matter; {unknown_key(name, _KEYS)}"))
        elif name in found:
            faults.append((line, f"{name} stands twice in the front matter; keep one"))
        else:
            values, wrong = _values(name, value)
            found[name] = values
            faults.extend((line, message) for message in wrong)
    return FrontMatter(
        "".join(found.get("title", ())),
        found.get("tags", ()),
        "".join(found.get("source", ())),
        lines,
        tuple(faults),
    )


def unknown_key(name: str, known: Sequence[str]) -> str:
    """Say which key was probably meant, or which there are."""
    near = get_close_matches(name, known, n=1)
    return f"did you mean {near[0]}?" if near else f"it takes {', '.join(known)}"


def _values(name: str, node: yaml.Node) -> tuple[tuple[str, ...], list[str]]:
    if name != "tags":
        if isinstance(node, yaml.ScalarNode):
            return (str(node.value).strip(),), []
        return (), [f"{name} takes one line of text"]
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        return (), ["tags takes a list of words, as in [E2, 商业化]"]
    tags = tuple(dict.fromkeys(str(item.value) for item in nodes if item.value))
    spaced = [tag for tag in tags if not tag.isprintable() or any(character.isspace() for character in tag)]
    return tags, [f"tag {tag!r} holds a space; Anki would make two tags of it, join it with - or _" for tag in spaced]
