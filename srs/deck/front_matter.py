"""The few YAML lines at the top of a chapter."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import yaml

from srs.deck.values import Mistake, Silence
from srs.errors import unknown_key
from srs.toml import brief

LONGEST_FRONT_MATTER = 16_000
DEEPEST_FRONT_MATTER = 8
_FENCE = "---"
_RULE = "front-matter"
_PARTING = re.compile(r"[\s,，、；;]")
_HALF = re.compile("[\ud800-\udfff]")


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
    text = "\n".join(lines[1:end])
    if len(text) > LONGEST_FRONT_MATTER:
        what = f"front matter of {len(text):,} characters; at most {LONGEST_FRONT_MATTER:,} are read"
        return FrontMatter(lines=end + 1, mistakes=(Mistake(1, what, "long-front-matter"),))
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
    except yaml.YAMLError as error:
        return FrontMatter(lines=end + 1, mistakes=(_broken(error, text),))
    except (ValueError, OverflowError):  # of the library alone: it makes characters of whatever number is escaped
        line = loader.get_mark().line + 2
        wrong = Mistake(line, "front matter is not YAML: no such character", _RULE)
        return FrontMatter(lines=end + 1, mistakes=(wrong,))
    return _fields(root, end + 1)


class _Loader(yaml.SafeLoader):
    """Composes nodes that are no deeper than people write them, each of them once."""

    _depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Compose the next node; raises ComposerError for what is nested too deep, an alias, or half a character."""
        event = self.peek_event()  # type: ignore[no-untyped-call] # PyYAML's parts have no types
        wrong = ""
        if isinstance(event, yaml.AliasEvent):
            wrong = f"*{event.anchor} repeats what stands elsewhere; write it out"
        elif self._depth >= DEEPEST_FRONT_MATTER:
            wrong = f"lists nested more than {DEEPEST_FRONT_MATTER} deep"
        elif isinstance(event, yaml.ScalarEvent) and _HALF.search(event.value):
            wrong = "half a character, which no file can hold"
        if wrong:
            raise yaml.composer.ComposerError(None, None, wrong, event.start_mark)
        self._depth += 1
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _broken(error: yaml.YAMLError, text: str) -> Mistake:
    if isinstance(error, yaml.reader.ReaderError):
        what = f"the sign U+{ord(text[error.position]):04X} is not allowed; take it out"
        return Mistake(text.count("\n", 0, error.position) + 2, f"front matter is not YAML: {what}", _RULE)
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
        line, name = _line(key), _scalar(key)
        if name not in _READERS:
            what = f"unknown key {brief(name)} in front matter; {unknown_key(name, list(_READERS))}"
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


def _scalar(node: yaml.Node) -> str:
    """Return what a key says; nothing, which no key is, if it is a list or a table."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _text(node: yaml.Node, line: int) -> tuple[str, list[Mistake]]:
    if isinstance(node, yaml.ScalarNode):
        return str(node.value).strip(), []
    return "", [Mistake(line, "title and source take one line of text", _RULE)]


def _tags(node: yaml.Node, line: int) -> tuple[tuple[str, ...], list[Mistake]]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    if not all(isinstance(item, yaml.ScalarNode) for item in nodes):
        return (), [Mistake(line, "tags takes a list of words, as in [E2, 商业化]", "tags")]
    tags = dict.fromkeys(str(item.value) for item in nodes if item.value)
    if isinstance(node, yaml.ScalarNode) and _PARTING.search(str(node.value).strip()):
        said = f"tags {brief(str(node.value))} is no list; put brackets around it and commas between the words"
        return (), [Mistake(line, f"{said}, as in [E2, 商业化]", "tags")]
    spaced = [tag for tag in tags if not tag.isprintable() or any(character.isspace() for character in tag)]
    wrong = [
        Mistake(line, f"tag {brief(tag)} holds a space; Anki would make two tags of it, join it with - or _", "tags")
        for tag in spaced
    ]
    joined = [tag for tag in tags if set(tag) & set("，、；")]
    wrong += [Mistake(line, f"tag {brief(tag)} holds a full-width comma; part tags with ,", "tags") for tag in joined]
    return tuple(tag for tag in tags if tag not in {*spaced, *joined}), wrong


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
        found += [Silence(_scalar(note), _scalar(rule), _scalar(reason), _line(rule)) for rule, reason in pairs]
    return tuple(found), wrong


_READERS: dict[str, Callable[[yaml.Node, int], tuple[Any, list[Mistake]]]] = {
    "title": _text,
    "tags": _tags,
    "source": _text,
    "style": _silences,
}
