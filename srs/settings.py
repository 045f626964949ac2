"""What a learner may set: one TOML file, each key with its default, its meaning, and where its value came from."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unicodedata import category

from msgspec import Struct
from msgspec.structs import replace

from srs.due.order import DUE_FIRST, ORDERS
from srs.errors import SrsError, unknown_key
from srs.files import read_at_most, said_by
from srs.toml import LONGEST_TOML, TomlError, brief, read_toml

LEECH_ACTIONS = ("suspend", "mark")
RETIRED = ("suspend", "delete")
Value = int | bool | str | tuple[str, ...]
_SAID = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
_NUMBER = re.compile(r"-?[0-9]{1,9}")


class Settings(Struct, frozen=True):
    """Every setting, with its default.

    A text that has no choices and is no word is a path (or, for the store, a database's address): one that is relative
    begins at the folder of the settings file, `~` is the home folder, and an empty one is as if it were not set. A
    former setting is read from an old file, and is none any more.
    """

    decks: tuple[str, ...] = ()
    store: str = ""
    history: str = ""
    new: int = 20
    reviews: int = 200
    order: str = DUE_FIRST
    by_chapter: bool = False
    rollover: int = 4
    six_grades: bool = False
    type_answers: bool = False
    space_is_good: bool = False
    smooth: bool = False
    leech_lapses: int = 8
    backups: int = 14
    leech_action: str = "suspend"
    anki: str = ""
    sync_sittings: bool = False
    anki_retired: str = "suspend"


class Noted(Struct, frozen=True):
    """What a setting means, the values that it takes, and what else says it: a variable, an option of another name.

    `former`: it is none any more, for this reason. `word`: it is a name, and no path.
    """

    meaning: str = ""
    least: int = 0
    most: int = 9999
    choices: tuple[str, ...] = ()
    variable: str = ""
    option: str = ""
    former: str = ""
    word: bool = False


NOTED = {
    "decks": Noted("the folders of your decks", variable="SRS_DECKS"),
    "store": Noted("the store: a file, or a database's URL", variable="SRS_DB", option="--db"),
    "history": Noted("a folder that carries the history to other computers", variable="SRS_HISTORY"),
    "new": Noted("new cards a day, over all sittings", variable="SRS_NEW"),
    "reviews": Noted("due cards a day, over all sittings", variable="SRS_LIMIT"),
    "order": Noted("which come first, due or new cards", choices=ORDERS),
    "by_chapter": Noted("keep the cards of a chapter together"),
    "rollover": Noted("the hour at which a study day ends", most=23, variable="SRS_ROLLOVER"),
    "six_grades": Noted("grade from 0 to 5, as SM-2 does", variable="SRS_SIX_GRADES"),
    "type_answers": Noted("type each answer, and see where it differs"),
    "space_is_good": Noted("space on a shown answer grades it Good"),
    "smooth": Noted("", former="the history says so now: srs switch sm2 --smooth"),
    "leech_lapses": Noted("lapses that make a card a leech; 0 for never"),
    "backups": Noted("daily copies of the store that are kept; 0 for none"),
    "leech_action": Noted("what happens to a leech", choices=LEECH_ACTIONS),
    "anki": Noted("the profile of Anki on this computer that `srs sync` agrees with", word=True),
    "sync_sittings": Noted("`srs review` exchanges with Anki meanwhile, in another process"),
    "anki_retired": Noted("what an exchange does there with notes that left", choices=RETIRED),
}
"""Each setting, in the order in which they are told."""
_DEFAULTS = Settings()


class Setting(Struct, frozen=True):
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
    for name, noted in NOTED.items():
        variable = noted.variable
        default: Any = getattr(_DEFAULTS, name)
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
            origin, value = noted.option or f"--{name.replace('_', '-')}", said
        values[name] = value
        if noted.former:
            continue
        told.append(Setting(name, value, default, noted.meaning, origin))
    if mistakes:
        raise SrsError(*mistakes)
    return Settings(**values), tuple(told)


def overridden(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Return settings with what was said on the command line in place; `None` was not said."""
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def names_path(name: str) -> bool:
    """Whether a setting names places in the file system."""
    default, noted = getattr(_DEFAULTS, name), NOTED[name]
    return isinstance(default, tuple) or (isinstance(default, str) and not (noted.choices or noted.word))


def typed_value(name: str, words: list[str]) -> object:
    """Return what was typed for a setting as the value that a file would hold; what is none stays as it was typed."""
    default = getattr(_DEFAULTS, name)
    if isinstance(default, tuple):
        return words
    (text,) = words
    if isinstance(default, bool):
        return _SAID.get(text.lower(), _number(text))
    return _number(text) if isinstance(default, int) else text


def checked(name: str, value: object, where: str) -> Value:
    """Return a value that fits a setting; raises SrsError that says what it takes."""
    default, noted = getattr(_DEFAULTS, name), NOTED[name]
    if isinstance(default, bool):
        if isinstance(value, bool):
            return value
        takes = "true or false"
    elif isinstance(default, int):
        if isinstance(value, int) and not isinstance(value, bool) and noted.least <= value <= noted.most:
            return value
        takes = f"a number from {noted.least} to {noted.most}"
    elif isinstance(default, tuple):
        listed = [value] if isinstance(value, str) else value
        if isinstance(listed, list | tuple) and all(isinstance(item, str) and _is_path(item) for item in listed):
            return tuple(listed)
        takes = 'a list of folders, such as ["~/decks"]'
    elif noted.choices:
        if value in noted.choices:
            return str(value)
        takes = f"one of {', '.join(noted.choices)}"
    else:
        if isinstance(value, str) and (not value or _is_path(value)):
            return value
        takes = "a name in quotes" if noted.word else "a path in quotes"
    raise SrsError(f"{where}: {name} is {brief(value)}; it takes {takes}")


def known_name(name: str, where: str) -> str:
    """Return the name of a setting; raises SrsError, with the nearest one, for another word."""
    former = {each: noted.former for each, noted in NOTED.items() if noted.former}
    if name in former:
        raise SrsError(f"{where}: {name} is no setting any more; {former[name]}")
    names = [each for each in NOTED if each not in former]
    if name not in names:
        raise SrsError(f"{where}: unknown setting {brief(name)}; {unknown_key(name, names)}")
    return name


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
        if name in NOTED and NOTED[name].former:
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
