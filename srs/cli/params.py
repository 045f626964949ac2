"""What needs no checking on the command line is not checked: typer loads a library for it, which a morning feels.

Nothing was said (a default is what it should be), or a text was said where text is wanted, or a path. All else typer
checks.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from typer.core import TyperCommand, TyperGroup

_AS_SAID = {str, Path}
"""What any text can be taken for."""


class Command(TyperCommand):
    """A command whose values are checked where they were typed and are no text."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 -- the types of click, which typer carries in itself
        """Return its parameters, as click asks for them."""
        return _quick(super().get_params(ctx))


class Group(TyperGroup):
    """A group of commands of the same kind."""

    def get_params(self, ctx: Any) -> list[Any]:  # noqa: ANN401 -- as above
        """Return its parameters, as click asks for them."""
        return _quick(super().get_params(ctx))


def _quick(parameters: Sequence[Any]) -> list[Any]:
    for parameter in parameters:
        if "process_value" not in vars(parameter):
            parameter.process_value = _Checking(parameter)
    return list(parameters)


class _Checking:
    """What stands before the checking of one parameter."""

    def __init__(self, parameter: Any) -> None:  # noqa: ANN401 -- as above
        self._parameter, self._checked = parameter, parameter.process_value

    def __call__(self, context: Any, value: Any) -> Any:  # noqa: ANN401 -- as above
        """Return the value that a parameter gets."""
        parameter, wanted = self._parameter, self._parameter.type_descriptor.annotation
        said = context.get_parameter_source(parameter.name)
        given = said is None or said.name not in {"DEFAULT", "DEFAULT_MAP"}
        if given and isinstance(value, str) and wanted in _AS_SAID:
            value = wanted(value)
        elif given or parameter.required:
            return self._checked(context, value)
        return parameter.callback(context, parameter, value) if parameter.callback else value
