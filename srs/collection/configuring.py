"""One setting written into the learner's settings file."""

import os
from collections.abc import Sequence
from pathlib import Path

import tomlkit

from srs.collection.chance import fresh_name
from srs.errors import SrsError, UsageError
from srs.files import replacing, said_by
from srs.history.folder import make_folder, placed
from srs.settings import Settings, Value, checked, known_name, names_path, typed_value
from srs.toml import TomlError, read_toml

_BOM = b"\xef\xbb\xbf"
_HERE = "config set"


def set_setting(file: Path, name: str, words: Sequence[str]) -> Value:
    """Write a setting, typed as words, into a settings file, and return its value as written.

    The file and its folder are made if need be; only the setting's own lines change, comments stay, and the file is
    whole or as it was. A history folder that is not there is made, too, and no other folder. A path that is relative
    begins at the current folder; '' takes a path out again. Raises SrsError for an unknown setting, a value that does
    not fit, and a file or folder that cannot be read or written.
    """
    value = _value(known_name(name, _HERE), words)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_bytes() if file.exists() else b""
    except OSError as error:
        raise SrsError(f"{file} cannot be written: {said_by(error)}") from error
    bom, text = (_BOM if before.startswith(_BOM) else b""), before.removeprefix(_BOM).decode()
    after = _with(text, name, value)
    if not _changed(text, after, name, value):
        raise SrsError(f"{file} is written in a way that cannot be changed safely; set {name} there by hand")
    if name == "history" and value:
        make_folder(placed(str(value)), fresh_name())
    with replacing(file) as opened:
        opened.write(bom + after.encode())
    return value


def _changed(text: str, after: str, name: str, value: Value) -> bool:
    """Whether a file's text reads as it did before, but for one value."""
    try:
        return read_toml(after) == read_toml(text) | {name: list(value) if isinstance(value, tuple) else value}
    except TomlError:
        return False


def _value(name: str, words: Sequence[str]) -> Value:
    if not isinstance(getattr(Settings(), name), tuple):
        if len(words) > 1:
            raise UsageError(f"{name} takes one value; put it in quotes if it holds blanks")
        value = checked(name, typed_value(name, list(words)), _HERE)
        return _whole(value) if isinstance(value, str) and names_path(name) else value
    folders = checked(name, typed_value(name, [word for word in words if word]), _HERE)
    return tuple(_whole(folder) for folder in folders) if isinstance(folders, tuple) else folders


def _whole(path: str) -> str:
    """Return a path that means the same from any folder; a database's URL and a path from the home stay as they are."""
    return (
        path
        if not path or "://" in path or path.startswith("~")
        else str(Path(os.path.normpath(Path(path).absolute())))
    )


def _with(text: str, name: str, value: Value) -> str:
    """Return the text of a settings file with a value in it; the comment beside the old one stays."""
    line_end = "\r\n" if "\r\n" in text else "\n"
    document = tomlkit.parse(text)
    if name in document:
        document[name] = list(value) if isinstance(value, tuple) else value
        return tomlkit.dumps(document)
    written = tomlkit.dumps({name: list(value) if isinstance(value, tuple) else value}).strip()
    gap = "" if not text or text.endswith("\n") else line_end
    return f"{text}{gap}{written}{line_end}"
