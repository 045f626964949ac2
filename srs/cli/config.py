"""`srs config`: every setting, with its value and where it came from."""

import typer

from srs.cli.context import context_of
from srs.cli.saying import say


def config(context: typer.Context) -> None:
    """Show each setting with its value, its default, and where the value came from."""
    here = context_of(context)
    say(f"# {here.config}{'' if here.config.exists() else ' (does not exist yet; copy lines from here to make one)'}")
    width = max(len(f"{each.name} = {_toml(each.value)}") for each in here.told)
    for each in here.told:
        origin = "" if each.origin == "default" else f"; default {_toml(each.default)}, from {each.origin}"
        say(f"{f'{each.name} = {_toml(each.value)}':{width}}  # {each.meaning}{origin}")


def _toml(value: int | bool | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
