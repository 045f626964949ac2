"""What a learner may set: one TOML file, each key with its default, its meaning, and where its value came from."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from unicodedata import category

from srs.due.order import DUE_FIRST, ORDERS
from srs.errors import SrsError, unknown_key
from srs.files import read_at_most, said_by
from srs.toml import LONGEST_TOML, TomlError, brief, read_toml

LEECH_ACTIONS = ("suspend", "mark")
RETIRED = ("suspend", "delete")
Value = int | bool | str | tuple[str, ...]
_SAID = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NUMBER = re.compile(r"-?[0-9]{1,9}")


def _setting(
    default: Value,
    meaning: str,
    *,
    least: int = 0,
    most: int = 9999,
    choices: tuple[str, ...] = (),
    variable: str = "",
    option: str = "",
    former: str = "",
    word: bool = False,
) -> Any:  # noqa: ANN401 -- a field stands for the type of its values
    notes = {
        "meaning": meaning,
        "least": least,
        "most": most,
        "choices": choices,
        "variable": variable,
        "option": option,
        "former": former,
        "word": word,
    }
    return field(default=default, metadata=notes)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default.

    A text that has no choices and is no word is a path (or, for the store, a database's address): one that is relative
    begins at the folder of the settings file, `~` is the home folder, and an empty one is as if it were not set. A
    former setting is read from an old file, and is none any more.
    """

    decks: tuple[str, ...] = _setting((), "the folders of your decks", variable="SRS_DECKS")
    store: str = _setting("", "the store: a file, or a database's URL", variable="SRS_DB", option="--db")
    history: str = _setting("", "a folder that carries the history to other computers", variable="SRS_HISTORY")
    new: int = _setting(20, "new cards a day, over all sittings", variable="SRS_NEW")
    reviews: int = _setting(200, "due cards a day, over all sittings", variable="SRS_LIMIT")
    order: str = _setting(DUE_FIRST, "which come first, due or new cards", choices=ORDERS)
    by_chapter: bool = _setting(False, "keep the cards of a chapter together")
    rollover: int = _setting(4, "the hour at which a study day ends", most=23, variable="SRS_ROLLOVER")
    six_grades: bool = _setting(False, "grade from 0 to 5, as SM-2 does", variable="SRS_SIX_GRADES")
    type_answers: bool = _setting(False, "type each answer, and see where it differs")
    space_is_good: bool = _setting(False, "space on a shown answer grades it Good")
    smooth: bool = _setting(False, "", former="the history says so now: srs switch sm2 --smooth")
    leech_lapses: int = _setting(8, "lapses that make a card a leech; 0 for never")
    backups: int = _setting(14, "daily copies of the store that are kept; 0 for none")
    leech_action: str = _setting("suspend", "what happens to a leech", choices=LEECH_ACTIONS)
    anki: str = _setting("", "the profile of Anki on this computer that `srs sync` agrees with", word=True)
    sync_sittings: bool = _setting(False, "`srs review` exchanges with Anki meanwhile, in another process")
    anki_retired: str = _setting("suspend", "what an exchange does there with notes that left", choices=RETIRED)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it stands: its value, its default, its meaning, and where the value came from."""

    name: str
    value: Value
    default: Value
    meaning: str
    origin: str


def read_settings(
    file: Path, environment: Mapping[str, str] | None = None, typed: Mapping[str, Any] | None = None
) -> tuple[Settings, tuple[Setting, ...]]:
    """Return the settings in force, and each with where it came from.

    The defaults give way to a file (which need not be there), that to variables of the environment, and those to what
    was typed as an option (`None` was not). Raises SrsError for a file that is not TOML, and one that names, a line
    each, all unknown keys and all values that do not fit.
    """
    text = _read(file)
    given, mistakes = _parsed(text, file)
    variables = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    told = []
    for each in fields(Settings):
        name, variable = each.name, each.metadata["variable"]
        default: Any = each.default
        origin, value = "default", default
        try:
            if name in given and not (names_path(name) and given[name] in ("", [])):
                where = f"{file}:{_line_of(name, text)}"
                origin, value = str(file), _placed(name, checked(name, given[name], where), file)
            if variable and variables.get(variable):
                origin, value = variable, checked(name, typed_value(name, [variables[variable]]), variable)
        except SrsError as error:
            mistakes.append(str(error))
        if (said := (typed or {}).get(name)) is not None:
            origin, value = each.metadata["option"] or f"--{name.replace('_', '-')}", said
        values[name] = value
        if each.metadata["former"]:
            continue
        told.append(Setting(name, value, default, each.metadata["meaning"], origin))
    if mistakes:
        raise SrsError(*mistakes)
    return Settings(**values), tuple(told)


def overridden(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Return settings with what was said on the command line in place; `None` was not said."""
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def names_path(name: str) -> bool:
    """Whether a setting names places in the file system."""
    each = _field(name)
    if isinstance(each.default, tuple):
        return True
    return isinstance(each.default, str) and not (each.metadata["choices"] or each.metadata["word"])


def typed_value(name: str, words: list[str]) -> object:
    """Return what was typed for a setting as the value that a file would hold; what is none stays as it was typed."""
    default = _field(name).default
    if isinstance(default, tuple):
        return words
    (text,) = words
    if isinstance(default, bool):
        return _SAID.get(text.lower(), _number(text))
    return _number(text) if isinstance(default, int) else text


def checked(name: str, value: object, where: str) -> Value:
    """Return a value that fits a setting; raises SrsError that says what it takes."""
    each = _field(name)
    notes = each.metadata
    if isinstance(each.default, bool):
        if isinstance(value, bool):
            return value
        takes = "true or false"
    elif isinstance(each.default, int):
        if isinstance(value, int) and not isinstance(value, bool) and notes["least"] <= value <= notes["most"]:
            return value
        takes = f"a number from {notes['least']} to {notes['most']}"
    elif isinstance(each.default, tuple):
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list | tuple) and all(isinstance(item, str) and _is_path(item) for item in listed):
            return tuple(listed)
        takes = 'a list of folders, such as ["~/decks"]'
    elif notes["choices"]:
        if value in notes["choices"]:
            return str(value)
        takes = f"one of {', '.join(notes['choices'])}"
    else:
        if isinstance(value, str) and (not value or _is_path(value)):
            return value
        takes = "a name in quotes" if notes["word"] else "a path in quotes"
    raise SrsError(f"{where}: {name} is {brief(value)}; it takes {takes}")


def known_name(name: str, where: str) -> str:
    """Return the name of a setting; raises SrsError, with the nearest one, for another word."""
    former = {each.name: each.metadata["former"] for each in fields(Settings) if each.metadata["former"]}
    if name in former:
        raise SrsError(f"{where}: {name} is no setting any more; {former[name]}")
    names = [each.name for each in fields(Settings) if each.name not in former]
    if name not in names:
        raise SrsError(f"{where}: unknown setting {brief(name)}; {unknown_key(name, names)}")
    return name


def _field(name: str) -> Any:  # noqa: ANN401 -- a field of values of many types
    return next(each for each in fields(Settings) if each.name == name)


def _read(file: Path) -> str:
    try:
        return read_at_most(file, 4 * LONGEST_TOML + 4).decode("utf-8-sig")
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise SrsError(f"{file} cannot be read: {said_by(error)}") from error
    except UnicodeDecodeError as error:
        raise SrsError(f"{file} is not TOML: {error}") from error


def _parsed(text: str, file: Path) -> tuple[dict[str, object], list[str]]:
    try:
        given = read_toml(text)
    except TomlError as error:
        raise SrsError(f"{file} is {error}") from error
    mistakes = []
    for name in given:
        if any(each.name == name and each.metadata["former"] for each in fields(Settings)):
            continue
        try:
            known_name(name, f"{file}:{_line_of(name, text)}")
        except SrsError as error:
            mistakes.append(str(error))
    return given, mistakes


def _line_of(name: str, text: str) -> int:
    """Return the line, from 1, that sets a name; the first where that cannot be told."""
    begins = re.compile(rf"\s*+\[*+\s*+['\"]?{re.escape(name)}\b")
    return next((number for number, line in enumerate(text.split("\n"), 1) if begins.match(line)), 1)


def _placed(name: str, value: Value, file: Path) -> Value:
    """Return a value of a file with its paths made whole: they begin at the file's folder, `~` is the home."""
    if not names_path(name):
        return value
    if isinstance(value, tuple):
        return tuple(_place(item, file) for item in value)
    return _place(str(value), file) if value else value


def _place(text: str, file: Path) -> str:
    if "://" in text:
        return text
    try:
        return str(file.absolute().parent / Path(text).expanduser())
    except RuntimeError as error:
        raise SrsError(f"{file}: {text} has no meaning here, the home folder is not known; write the whole path") from (
            error
        )


def _is_path(text: str) -> bool:
    """Whether a text can be a path, and stand in a file."""
    return bool(text) and not any(category(sign) in {"Cc", "Cs"} for sign in text)


def _number(text: str) -> int | str:
    return int(text) if _NUMBER.fullmatch(text) else text
