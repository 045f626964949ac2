"""The log as JSON Lines: one act a line, to be kept, read, carried to another computer and merged.

An answer is a line as it has always been; every other act says `what`. What is not known here is kept.
"""

import json
from collections.abc import Callable
from typing import Any

from srs.history.acts import (
    LEECH,
    Act,
    Adopt,
    Bury,
    Flag,
    Forget,
    LogLine,
    Mock,
    Other,
    Place,
    Resume,
    Review,
    Suspend,
    Switch,
    Undo,
    Unflag,
)
from srs.history.fields import (
    Fields,
    check_beside,
    checked_name,
    finite,
    holds_nul,
    needed,
    no_number,
    read_day,
    read_moment,
    read_name,
    read_text,
    read_texts,
    read_whole,
    read_wholes,
)
from srs.history.told import keys_of, written
from srs.scheduler import LONGEST_INTERVAL, Grade

LONGEST_LINE = 1_000_000  # longer than a shell lets anybody type a remark
_SAID = frozenset({"what", "deck", "card", "at"})
_GREATEST = 1e9
_MOST_PARAMETERS = 100  # no scheduler known here has nearly as many
_LEAST_EASE, _MOST_EASE = 1300, 10_000


def format_line(line: LogLine) -> str:
    """Return an act as one line of JSON, without its line end."""
    more = json.loads(line.more) if line.more else {}
    deck = {"deck": line.deck} if line.deck or isinstance(line.act, Switch) else {}
    at = {"card": line.card, "at": written(line.act.at)}
    if isinstance(line.act, Review):
        review = line.act
        told = {"day": review.day.isoformat(), "grade": int(review.grade), "ms": review.ms, "from": review.origin}
        return json.dumps(at | told | deck | more, ensure_ascii=False)
    return json.dumps({"what": line.act.what} | at | keys_of(line.act) | deck | more, ensure_ascii=False)


def canonical(line: LogLine) -> str:
    """Return the one form of an act's values, by which lines that differ are put in an order."""
    return canonical_of(format_line(line))


def canonical_of(text: str) -> str:
    """Return the canonical form of the act in a line that `format_line` wrote."""
    return _canonical(json.loads(text))


def parse_line(text: str) -> LogLine:
    """Read a line that `format_line` wrote; raises ValueError with a sentence that says what was expected."""
    if len(text) > LONGEST_LINE:
        raise ValueError(too_long(len(text)))
    fields = _object(text)
    if "what" not in fields:
        return _parse_review(fields)
    for key in ("card", "at"):
        if key not in fields:
            raise ValueError(f"{key} is missing")
    what, deck, card = (read_name(fields, key) for key in ("what", "deck", "card"))
    if what == "":
        raise ValueError("what takes a word")
    act, known = _act(what, read_moment(fields["at"]), fields)
    if not card and what not in {Switch.what, Undo.what} and not isinstance(act, Other):
        raise ValueError("card takes a text that is not empty")
    return LogLine(deck, card, act, _rest(fields, known | _SAID))


def too_long(length: int) -> str:
    """Say that a line has too many characters."""
    return f"{length:,} characters; a line has at most {LONGEST_LINE:,}"


def _object(text: str) -> Fields:
    """Return the keys of a line with their values, which can all be written again, on a server too."""
    try:
        fields = json.loads(text, parse_constant=no_number, parse_float=finite)
        text.encode() if "\\u" not in text else json.dumps(fields, ensure_ascii=False).encode()
    except UnicodeEncodeError as error:
        raise ValueError("half a character (a lone surrogate), which cannot be written again") from error
    except RecursionError as error:
        raise ValueError("nested too deep for a line of a log") from error
    except ValueError as error:
        raise ValueError(f"not a line of JSON: {error}") from error
    if holds_nul(text):
        raise ValueError("a NUL character, which no text has")
    if not isinstance(fields, dict):
        raise ValueError("an act is an object with card and at")  # noqa: TRY004 -- one kind of error for all mistakes
    return fields


def parse_moment(text: str) -> int:
    """Read a moment that `written` wrote; raises ValueError for what is none or not in the years 2000 to 9999."""
    return read_moment(text)


def _parse_review(fields: Fields) -> LogLine:
    keys = ("card", "at", "day", "grade", "ms", "from")
    if not all(key in fields for key in keys):
        raise ValueError(f"a review is an object with {', '.join(keys)}; other acts say what")
    card, deck, origin = (read_name(fields, key) for key in ("card", "deck", "from"))
    if not card or not origin:
        raise ValueError("card and from take a text that is not empty")
    grade, ms = read_whole(fields, "grade"), read_whole(fields, "ms")
    if grade not in set(Grade):
        raise ValueError(f"grade is {grade}; it goes from 0 to 5")
    at, day = read_moment(fields["at"]), read_day(fields, "day")
    check_beside(at, day, fields)
    more = _rest(fields, {*keys, "deck"}) if len(fields) > len(keys) + ("deck" in fields) else ""
    return LogLine(deck, card, Review(at, day, Grade(grade), ms, origin), more)


def _act(what: str, at: int, fields: Fields) -> tuple[Act, frozenset[str]]:
    """Return the act of a kind, and the keys that it was read from."""
    if what not in _READERS:
        rest = {key: value for key, value in fields.items() if key not in _SAID}
        return Other(at, what, _canonical(rest)), frozenset(rest)
    reader, keys = _READERS[what]
    act = reader(at, fields)
    return act, frozenset() if act == Suspend(at) else keys  # another `from` than a leech's is passed on


def _undo(at: int, fields: Fields) -> Undo:
    return Undo(at, read_moment(needed(fields, "of")), read_name(fields, "act"))


def _suspend(at: int, fields: Fields) -> Suspend:
    if fields.get("from") != LEECH:
        return Suspend(at)
    of = read_moment(needed(fields, "of"))
    if of != at:
        raise ValueError("of is not the moment of the line; a leech is suspended at the moment of its answer")
    return Suspend(at, of)


def _flag(at: int, fields: Fields) -> Flag:
    remark = read_text(fields, "remark")
    if not remark:
        raise ValueError("remark takes a text that is not empty")
    return Flag(at, remark)


def _bury(at: int, fields: Fields) -> Bury:
    return Bury(at, read_day(fields, "until"))


def _forget(at: int, fields: Fields) -> Forget:
    day = read_day(fields, "day")
    check_beside(at, day, fields)
    return Forget(at, day)


def _place(at: int, fields: Fields) -> Place:
    day, due, interval, ease = (
        read_day(fields, "day"),
        read_day(fields, "due"),
        read_whole(fields, "interval"),
        read_whole(fields, "ease"),
    )
    check_beside(at, day, fields)
    if not 1 <= interval <= LONGEST_INTERVAL:
        raise ValueError(f"interval is {interval}; it goes from 1 to {LONGEST_INTERVAL:,} days")
    if abs(due - day).days > LONGEST_INTERVAL:
        raise ValueError(f"due is {due}; it lies within {LONGEST_INTERVAL:,} days of {day}")
    if not _LEAST_EASE <= ease <= _MOST_EASE:
        raise ValueError(f"ease is {ease}; it goes from {_LEAST_EASE} to {_MOST_EASE:,}")
    return Place(at, day, due, interval, ease)


def _adopt(at: int, fields: Fields) -> Adopt:
    deck, colon, card = read_text(fields, "of").partition(":")
    if not (deck and colon and card):
        raise ValueError(f"of is {fields.get('of')!r}; it takes a deck and an id, as in ship:mile")
    return Adopt(at, checked_name("of", deck), checked_name("of", card))


def _switch(at: int, fields: Fields) -> Switch:
    name, smooth = read_text(fields, "name"), fields.get("smooth", False)
    retention, parameters = fields.get("retention", 0.9), fields.get("parameters", [])
    if not name:
        raise ValueError("name takes a scheduler's name")
    if not isinstance(smooth, bool):
        raise ValueError("smooth takes true or false")  # noqa: TRY004 -- one kind of error for all mistakes
    numbers: list[Any] = [retention, *parameters] if isinstance(parameters, list) else [None]
    if not all(isinstance(each, int | float) and not isinstance(each, bool) for each in numbers):
        raise ValueError("retention takes a number, and parameters a list of them")
    if len(numbers) > _MOST_PARAMETERS + 1 or not all(abs(each) <= _GREATEST for each in numbers):
        raise ValueError(
            f"retention and parameters take finite numbers up to {_GREATEST:g}, at most {_MOST_PARAMETERS} of them"
        )
    return Switch(at, name, smooth, float(retention), tuple(map(float, parameters)))


def _mock(at: int, fields: Fields) -> Mock:
    day = read_day(fields, "day")
    check_beside(at, day, fields)
    said, missed = read_wholes(fields, "said"), read_wholes(fields, "missed")
    return Mock(at, day, read_whole(fields, "seconds"), said, missed, read_texts(fields, "drills"))


_READERS: dict[str, tuple[Callable[[int, Fields], Act], frozenset[str]]] = {
    Undo.what: (_undo, frozenset({"of", "act"})),
    Suspend.what: (_suspend, frozenset({"of", "from"})),
    Resume.what: (lambda at, _: Resume(at), frozenset()),
    Flag.what: (_flag, frozenset({"remark"})),
    Unflag.what: (lambda at, _: Unflag(at), frozenset()),
    Bury.what: (_bury, frozenset({"until"})),
    Forget.what: (_forget, frozenset({"day"})),
    Place.what: (_place, frozenset({"day", "due", "interval", "ease"})),
    Adopt.what: (_adopt, frozenset({"of"})),
    Switch.what: (_switch, frozenset({"name", "smooth", "retention", "parameters"})),
    Mock.what: (_mock, frozenset({"day", "seconds", "said", "missed", "drills"})),
}


def _rest(fields: Fields, known: frozenset[str] | set[str]) -> str:
    rest = {key: value for key, value in fields.items() if key not in known}
    return _canonical(rest) if rest else ""


def _canonical(fields: Fields) -> str:
    return json.dumps(fields, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
