"""The few YAML lines at the top of a chapter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from srs.deck.values import Mistake, Silence
from srs.errors import unknown_key

_FENCE = "---"
_RULE = "front-matter"


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a chapter says of itself; `lines` is how many lines of the file it takes, fences included."""

    title: str = ""
    tags: tuple[str, ...] = ()
    source: str = ""
    silences: tuple[Silence, ...] = ()
    lines: int = 0
    mistakes: tuple[Mistake, ...] = ()


def read_front_matter(lines: Sequence[str]) -> FrontMatter:
    """Read the front matter of a chapter given as its lines; none is fine."""
    if not lines or lines[0].rstrip() != _FENCE:
        return FrontMatter()
    end = next((index for index, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        return FrontMatter(
            lines=len(lines),
            mistakes=(Mistake(1, "front matter is not closed; end it with a line ---", "open-front-matter"),),
        )
    try:
        root = yaml.compose("\n".join(lines[1:end]), Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        return FrontMatter(lines=end + 1, mistakes=(_broken(error),))
    return _fields(root, end + 1)


def _broken(error: yaml.YAMLError) -> Mistake:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
    return Mistake(mark.line + 2 if mark else 1, f"front matter is not YAML: {what}", _RULE)


def _fields(root: yaml.Node | None, lines: int) -> FrontMatter:
    if root is None:
        return FrontMatter(lines=lines)
    if not isinstance(root, yaml.MappingNode):
        what = "front matter takes lines such as title: …, tags: […]"
        return FrontMatter(lines=lines, mistakes=(Mistake(2, what, _RULE),))
    found: dict[str, Any] = {}
    mistakes: list[Mistake] = []
    for key, value in root.value:
        line, name = _line(key), str(key.value)
        if name not in _READERS:
            what = f"unknown key {name!r} in front matter; {unknown_key(name, list(_READERS))}"
            mistakes.append(Mistake(line, what, "unknown-key"))
        elif name in found:
            mistakes.append(
                Mistake(line, f"{name} appears twice in the front matter; keep one of them", "repeated-key")
            )
        else:
            found[name], wrong = _READERS[name](value, line)
            mistakes += wrong
    return FrontMatter(
        found.get("title", ""),
        found.get("tags", ()),
        found.get("source", ""),
        found.get("style", ()),
        lines,
        tuple(mistakes),
    )


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 2


def _text(node: yaml.Node, line: int) -> tuple[str, list[Mistake]]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip(), []
    return "", [Mistake(line, "title and source take one line of text", _RULE)]


def _tags(node: yaml.Node, line: int) -> tuple[tuple[str, ...], list[Mistake]]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        return (), [Mistake(line, "tags takes a list of words, as in [E2, 商业化]", "tags")]
    tags = dict.fromkeys(str(item.value) for item in nodes if item.value)
    spaced = [tag for tag in tags if not tag.isprintable() or any(character.isspace() for character in tag)]
    wrong = [
        Mistake(line, f"tag {tag!r} holds a space; Anki would make two tags of it, join it with - or _", "tags")
        for tag in spaced
    ]
    return tuple(tag for tag in tags if tag not in spaced), wrong


def _silences(node: yaml.Node, _line_of_key: int) -> tuple[tuple[Silence, ...], list[Mistake]]:
    """Read `note-id: {rule: reason}`; every piece of advice set aside needs its reason."""
    found: list[Silence] = []
    wrong: list[Mistake] = []
    for note, rules in node.value if isinstance(node, yaml.MappingNode) else [(node, node)]:
        pairs = rules.value if isinstance(rules, yaml.MappingNode) else []
        if not pairs or not all(isinstance(reason, yaml.ScalarNode) and reason.value for _, reason in pairs):
            what = "style takes lines such as my-note: {long-answer: the reason why}"
            wrong.append(Mistake(_line(note), what, "silence"))
            continue
        found += [Silence(str(note.value), str(rule.value), str(reason.value), _line(rule)) for rule, reason in pairs]
    return tuple(found), wrong


_READERS: dict[str, Callable[[yaml.Node, int], tuple[Any, list[Mistake]]]] = {
    "title": _text,
    "tags": _tags,
    "source": _text,
    "style": _silences,
}
