"""What a learner may set: one TOML file, each key with its default, its meaning, and where its value came from."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from srs.due.order import DUE_FIRST, ORDERS
from srs.errors import SrsError, unknown_key
from srs.files import read_at_most, said_by
from srs.toml import LONGEST_TOML, TomlError, brief, read_toml

LEECH_ACTIONS = ("suspend", "mark")


def _setting(
    default: int | bool | str,
    meaning: str,
    *,
    least: int = 0,
    most: int = 9999,
    choices: tuple[str, ...] = (),
    variable: str = "",
) -> Any:  # noqa: ANN401 -- a field stands for the type of its values
    notes = {"meaning": meaning, "least": least, "most": most, "choices": choices, "variable": variable}
    return field(default=default, metadata=notes)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting, with its default."""

    new: int = _setting(20, "new cards a day, over all sittings", variable="SRS_NEW")
    reviews: int = _setting(200, "due cards a day, over all sittings", variable="SRS_LIMIT")
    order: str = _setting(DUE_FIRST, "which come first, due or new cards", choices=ORDERS)
    by_chapter: bool = _setting(False, "keep the cards of a chapter together")
    rollover: int = _setting(4, "the hour at which a study day ends", most=23, variable="SRS_ROLLOVER")
    six_grades: bool = _setting(False, "grade from 0 to 5, as SM-2 does", variable="SRS_SIX_GRADES")
    type_answers: bool = _setting(False, "type each answer, and see where it differs")
    smooth: bool = _setting(False, "spread due days by a few per cent, so that no day is crowded")
    leech_lapses: int = _setting(8, "lapses that make a card a leech; 0 for never")
    leech_action: str = _setting("suspend", "what happens to a leech", choices=LEECH_ACTIONS)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it stands: its value, its default, its meaning, and where the value came from."""

    name: str
    value: int | bool | str
    default: int | bool | str
    meaning: str
    origin: str


def read_settings(
    file: Path, environment: Mapping[str, str] | None = None, typed: Mapping[str, Any] | None = None
) -> tuple[Settings, tuple[Setting, ...]]:
    """Return the settings in force, and each with where it came from.

    The defaults give way to a file (which need not be there), that to variables of the environment, and those to what
    was typed as an option (`None` was not). Raises SrsError for a file that is not TOML, an unknown key or a value
    that does not fit.
    """
    given = _read(file)
    variables = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    told = []
    for each in fields(Settings):
        name, variable = each.name, each.metadata["variable"]
        default: Any = each.default
        origin, value = "default", default
        if name in given:
            origin, value = str(file), checked(name, given[name], str(file))
        if variable and variables.get(variable):
            origin, value = variable, checked(name, _typed(variables[variable]), variable)
        if (said := (typed or {}).get(name)) is not None:
            origin, value = f"--{name.replace('_', '-')}", said
        values[name] = value
        told.append(Setting(name, value, default, each.metadata["meaning"], origin))
    return Settings(**values), tuple(told)


def overridden(settings: Settings, given: Mapping[str, Any]) -> Settings:
    """Return settings with what was said on the command line in place; `None` was not said."""
    return replace(settings, **{name: value for name, value in given.items() if value is not None})


def checked(name: str, value: object, where: str) -> int | bool | str:
    """Return a value that fits a setting; raises SrsError that says what it takes."""
    each = next(each for each in fields(Settings) if each.name == name)
    notes = each.metadata
    if isinstance(each.default, bool):
        if not isinstance(value, bool):
            raise SrsError(f"{where}: {name} is {brief(value)}; it takes true or false")
        return value
    if isinstance(each.default, int):
        if not isinstance(value, int) or isinstance(value, bool) or not notes["least"] <= value <= notes["most"]:
            raise SrsError(
                f"{where}: {name} is {brief(value)}; it takes a number from {notes['least']} to {notes['most']}"
            )
        return value
    if value not in notes["choices"]:
        raise SrsError(f"{where}: {name} is {brief(value)}; it takes one of {', '.join(notes['choices'])}")
    return str(value)


def _read(file: Path) -> dict[str, object]:
    try:
        given = read_toml(read_at_most(file, 4 * LONGEST_TOML + 4).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise SrsError(f"{file} cannot be read: {said_by(error)}") from error
    except UnicodeDecodeError as error:
        raise SrsError(f"{file} is not TOML: {error}") from error
    except TomlError as error:
        raise SrsError(f"{file} is {error}") from error
    names = [each.name for each in fields(Settings)]
    for name in given:
        if name not in names:
            raise SrsError(f"{file}: unknown setting {brief(name)}; {unknown_key(name, names)}")
    return given


def _typed(text: str) -> int | bool | str:
    if text.lstrip("-").isdigit():
        return int(text)
    return {"true": True, "yes": True, "false": False, "no": False}.get(text.lower(), text)
