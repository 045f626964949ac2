"""`srs config`: every setting, with its value and where it came from; and one of them set."""

import json
import re
from typing import Annotated

import typer

from srs.characters import typed
from srs.cli.completing import one_of
from srs.cli.context import Context, context_of
from srs.cli.saying import say
from srs.history.folder import placed
from srs.settings import Settings, Value

_BESIDE_NAME = re.compile(r"(?<=://)([^:/?@]*):[^?]*@")
_IN_QUERY = re.compile(r"([?&](?:ssl)?password=)[^&]*")

config = typer.Typer(
    help="Show each setting with its value, its default, and where the value came from.",
    rich_markup_mode=None,
    add_completion=False,
)


@config.callback(invoke_without_command=True)
def show(context: typer.Context) -> None:
    """Show each setting with its value, its default, and where the value came from."""
    if context.invoked_subcommand is not None:
        return
    here = context_of(context)
    say(f"# {here.config}{'' if here.config.exists() else ' (does not exist yet; `srs config set` makes it)'}")
    width = max(len(f"{each.name} = {_toml(each.value)}") for each in here.told)
    for each in here.told:
        origin = "" if each.origin == "default" else f"; default {_toml(each.default)}, from {each.origin}"
        origin = origin or _stands_for(each.name, here)
        say(f"{f'{each.name} = {_toml(each.value)}':{width}}  # {each.meaning}{origin}")


@config.command("set", context_settings={"ignore_unknown_options": True})
def set_(
    context: typer.Context,
    key: Annotated[
        str,
        typer.Argument(
            help="The setting, as `srs config` calls it.", autocompletion=one_of(*Settings.__struct_fields__)
        ),
    ],
    values: Annotated[
        list[str], typer.Argument(metavar="VALUE...", help="Its value; `decks` takes several folders, '' is none.")
    ],
) -> None:
    """Write a setting into the settings file; everything else in it stays as it is."""
    from srs.collection.configuring import set_setting  # noqa: PLC0415 -- it brings a parser that only it needs

    file = context_of(context).config
    value = set_setting(file, key, values)
    say(f"{key} = {_toml(value)} in {file}")
    folders = [placed(each) for each in value] if isinstance(value, tuple) else []
    for folder in (each for each in folders if not each.is_dir()):
        made = f"{typed('new', 'NAME', *(() if folder == folders[0] else ('--in', folder)))} makes one"
        say(f"there is no folder {folder} yet, and no deck until {made}", err=True)


def _stands_for(name: str, here: Context) -> str:
    """Say what is in use where a place is not set, so that nobody has to guess."""
    if name == "decks":
        kind = "the decks that came with srs" if here.shipped else "the folder of this name here"
        return f"; now {', '.join(map(str, here.folders))}, {kind}"
    return f"; now {_without_password(here.database)}" if name == "store" else ""


def _toml(value: Value) -> str:
    return json.dumps(_without_password(value) if isinstance(value, str) else value, ensure_ascii=False)


def _without_password(address: str) -> str:
    """Return a store's address as anybody may see it, in a picture or a question to others."""
    return _IN_QUERY.sub(r"\1***", _BESIDE_NAME.sub(r"\1:***@", address)) if "://" in address else address
