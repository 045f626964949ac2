"""What stands in braces at the end of a heading or an item: an id, and what else is said of it."""

import re
from collections.abc import Iterator

from msgspec import Struct

# Each sign is read once, whatever the text: a search from every blank of a run of blanks would be quadratic.
LABEL = re.compile(r"(?<![ \t])[ \t]*+\{#(?P<id>[^{}\s]*+)(?P<more>[^{}\n]*+)\}[ \t]*+$", re.MULTILINE)
HIGHEST_RANK = 999_999
_MORE = re.compile(r'[ \t]++(?:\.(?P<name>[\w-]+)|(?P<key>\w+)=(?:"(?P<text>[^"]*)"|(?P<word>[^\s"“”]+)))(?=[ \t]|$)')
_LABEL_END = re.compile(r"(?<! ) *+\{#[\w.-]++((?: [^{}\n]*+)?+)\}(?=[ \t#]*+$)", re.MULTILINE)
_RANK_SAID = re.compile(r"(?<! ) ++rank=\S++")
_RANK = re.compile(r"\d{1,6}")
_KEYS = ("tags", "rank")
_CARDS = re.compile(r'(?<![ \t])[ \t]*+\{cards="(?P<cards>[^"{}\n]*+)"\}[ \t]*+$')
_TIME = re.compile(
    r"(?<![ \t])[ \t]*+[(（]\s*+(?P<number>\d{1,4})\s*+"
    r"(?P<unit>s|secs?|seconds?|秒钟?|mins?|minutes?|分钟?)\s*+[)）][ \t]*+$",
    re.IGNORECASE,
)
_COMMENT = re.compile(r"<!--.*?(?:-->|$)")
_CLOSING = re.compile(r"(?<![ \t])[ \t]++#++[ \t]*+$")
_CODE = r"(?<!`)(`++)(?:[^`]++|(?!\2(?!`))`++)*+\2(?!`)"
_ESCAPED = re.compile(rf"\\([!-/:-@\[-`{{-~])|{_CODE}|\$[^$]*+\$")  # not in code, nor in a formula
_MINUTES = ("min", "分")


class Label(Struct, frozen=True):
    """A label read: `{#id .class key="value"}`; `rest` is what does not belong, `written` all that is in the braces."""

    id: str = ""
    classes: tuple[str, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    rest: str = ""
    written: str = ""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags of this note alone."""
        return tuple(dict.fromkeys(dict(self.said).get("tags", "").split()))

    @property
    def rank(self) -> int | None:
        """Where among the notes of its entry this one is studied: lower first, none last."""
        said = dict(self.said).get("rank", "")
        return int(said) if _RANK.fullmatch(said) else None


def read_label(found: re.Match[str]) -> Label:
    """Return the label that `LABEL` found."""
    more, at = found["more"], 0
    classes: list[str] = []
    said: list[tuple[str, str]] = []
    while word := _MORE.match(more, at):
        at = word.end()
        if word["name"]:
            classes.append(word["name"])
        else:
            said.append((word["key"], word["word"] if word["text"] is None else word["text"]))
    return Label(found["id"], tuple(classes), tuple(said), more[at:], f"#{found['id']}{more}")


class LineEnd(Struct, frozen=True):
    """What stands at the end of an outline's line: how long it may take (seconds), and the cards behind it."""

    seconds: int | None = None
    cards: tuple[str, ...] | None = None


def read_line_end(text: str) -> tuple[str, LineEnd]:
    """Return a line of an outline without its end, and what that said; time and cards may come in either order."""
    seconds, cards = None, None
    for _ in range(2):
        if seconds is None and (time := _TIME.search(text)):
            seconds = int(time["number"]) * (60 if time["unit"].lower().startswith(_MINUTES) else 1)
            text = text[: time.start()]
        if cards is None and (named := _CARDS.search(text)):
            cards = tuple(named["cards"].split())
            text = text[: named.start()]
    return text, LineEnd(seconds, cards)


def heading_mistakes(label: Label) -> Iterator[str]:
    """Yield what is wrong with what a heading's label says beside its id and its kind."""
    keys = [key for key, _ in label.said]
    for key, value in label.said:
        if key not in _KEYS:
            yield f'unknown key {key}=; a heading can say tags="a b" and rank=1'
        elif keys.count(key) > 1:
            yield f"{key}= is said twice; keep one of them"
        elif key == "rank" and not _RANK.fullmatch(value):
            yield f"rank={value} is no place in a row; write a number from 0 to {HIGHEST_RANK:,}, the lower the earlier"
        elif key == "tags" and not (value.strip() and value.isprintable()):
            yield 'tags= takes words with spaces between them, as in tags="a b"'
        elif key == "tags" and set(value) & set(",，、；"):
            yield f'tags="{value}" is one word by its commas; part tags with spaces, as in tags="a b"'


def heading_of(text: str) -> str:
    """Return the heading of a note's Markdown on one line, without its signs and what stands in braces at its end.

    It is told as it reads: without the backslashes that make text of signs.
    """
    line = _COMMENT.sub("", text.split("\n", 1)[0]).strip()
    heading = LABEL.sub("", _CLOSING.sub("", line.removeprefix("##"))).strip()
    return _ESCAPED.sub(lambda found: found[1] or found[0], heading) if "\\" in heading else heading


def without_labels(text: str) -> str:
    """Return Markdown without the ids of its headings and items and their ranks; what else is said of them is kept."""
    return _LABEL_END.sub(lambda found: _RANK_SAID.sub("", found[1].rstrip()), text)
