"""`srs config`: every setting, with its value and where it came from."""

from __future__ import annotations

import typer

from srs.cli.desk import desk_of
from srs.settings import read_settings


def config(context: typer.Context) -> None:
    """Show each setting with its value, its default, and where the value came from."""
    desk = desk_of(context)
    _, told = read_settings(desk.config)
    typer.echo(f"# {desk.config}{'' if desk.config.exists() else ' (not there; copy lines from here to make one)'}")
    width = max(len(f"{each.name} = {_toml(each.value)}") for each in told)
    for each in told:
        origin = "" if each.origin == "default" else f"; default {_toml(each.default)}, from {each.origin}"
        typer.echo(f"{f'{each.name} = {_toml(each.value)}':{width}}  # {each.meaning}{origin}")


def _toml(value: int | bool | str) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return f'"{value}"' if isinstance(value, str) else str(value)
