"""The command line: global options, the table of commands, and the one place that turns errors into exit codes."""

import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, ClassVar, cast

import typer
from typer.core import TyperCommand, TyperGroup

from srs import __version__
from srs.cli.clock import Clock, parse_moment
from srs.cli.context import context_with, default_config
from srs.cli.edge import Outlet, prepare, reason, told
from srs.cli.params import Command, Group
from srs.cli.saying import say
from srs.deck.uncollected import uncollected
from srs.errors import SrsError
from srs.settings import Settings, read_settings
from srs.store.misfits import spoiled_is_told

COMMANDS = {
    "review": "Ask what is due today, then new cards; each answer is saved at once.",
    "mock": "Ask a question to be answered aloud, keep the time, and tick off what was said.",
    "sync": "Bring the store up to the decks, then agree with Anki: on this computer, or on a sync server of your own.",
    "login": "Get a key from a sync server of your own.",
    "logout": "Forget the key to a sync server.",
    "check": "List every problem in the decks as path:line: message; exit 1 if there is any.",
    "cards": "List cards.",
    "new": "Make a deck of your own, or a copy of another to edit.",
    "add": "Add a note to a deck.",
    "show": "Show a card as it is asked and answered, with its history and source line.",
    "answer": "Record one answer without a sitting.",
    "undo": "Take back the last act given on this computer: an answer, a suspension, a flag, or another.",
    "flag": "Put a remark on a card; `srs cards --flagged` lists remarks with their lines.",
    "unflag": "Take the remarks off cards.",
    "bury": "Leave cards out until tomorrow; `srs resume` brings them back at once.",
    "forget": "Let cards be new again; their answers stay in the log.",
    "due": "Set the day on which a card is asked next.",
    "edit": "Open the line of a card in $EDITOR.",
    "adopt": "Let a card, a note or a whole deck go on with the history of another name.",
    "switch": "Put a scheduler in force, and say how many cards move.",
    "compare": "Hold what each scheduler promises of recall against what happened.",
    "fit": "Fit FSRS to your answers, and keep that if it predicts later answers better.",
    "suspend": "Take cards out of the queue until they are resumed.",
    "resume": "Put suspended cards back into the queue; a buried card comes back at once, too.",
    "export": "Write the cards for another program; a later Anki package updates the cards in place.",
    "import": (
        "Take reviews made in Anki into the history, and show what was edited there; the same file twice is as once."
    ),
    "doctor": "Replay the history and prove that every card's memory is what it gives.",
    "backup": "Write a consistent copy of the store, even while it is in use.",
    "restore": "Put a copy of the store back in its place; what stood there is kept beside it.",
    "stats": (
        "Show a year of reviews, the coming month, retention, grades, intervals, ease, time, and mastery by chapter."
    ),
    "config": "Show each setting with its value, its default, and where it came from; `config set` sets one.",
    "log": "The history, act by act: show, export, merge, join.",
}
"""Each command with what it does, in the order of the help; `srs.cli.NAME` holds it, loaded when it is called."""


_SHOWING = {"cards", "compare", "show", "check", "stats", "config", "doctor", "log"}
_SHOWN = {"-", "--help", "-h"}
_ACTING = {("config", "set"), ("log", "merge"), ("log", "export"), ("check", "--fix"), ("doctor", "--repair")}


def _acts(name: str, words: Sequence[str]) -> bool:
    """Whether a command does something beside showing it; `-`, where a file could stand, is standard output."""
    if _SHOWN & set(words):
        return False
    return name not in _SHOWING or any((name, word) in _ACTING for word in words)


class _Lazy(TyperCommand):
    """A command that is known by name and loaded when it is called: the first card waits for no other command."""

    outlet: ClassVar[Outlet | None] = None
    """Where standard output goes; a command that does something does it even if nobody can be told."""
    database: ClassVar[str] = ""
    """The address of the store that the command works with."""

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:  # noqa: ANN401 -- the types of click, which typer carries in itself or beside it
        """Make the context of the real command."""
        if self.outlet:
            self.outlet.patient = _acts(str(self.name), args)
        with uncollected():  # what is loaded stays
            module = import_module(f"srs.cli.{'import_' if self.name == 'import' else self.name}")
            found = getattr(module, module.__name__.rpartition(".")[2])
            if not isinstance(found, typer.Typer):
                alone = typer.Typer(context_settings=_HELP, rich_markup_mode=None, add_completion=False)
                alone.command(self.name, cls=Command)(found)
                found = alone
            return typer.main.get_command(found).make_context(info_name, args, parent, **extra)


_DEFAULTS = Settings()
_HELP = {"help_option_names": ["-h", "--help"]}
app = typer.Typer(
    name="srs",
    cls=Group,
    help="Flashcards as plain text: reviewed in the terminal, carried to the phone through Anki.",
    epilog="Start with `srs review`. `srs config` shows the settings.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=_HELP,
)


def _is_typed(context: typer.Context, setting: str) -> bool:
    """Whether a setting was said as an option; what its variable says is for the settings to read."""
    source = context.get_parameter_source({"store": "db"}.get(setting, setting))
    return source is not None and source.name == "COMMANDLINE"


def _version(wanted: bool) -> None:
    if wanted:
        say(f"srs {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    decks: Annotated[
        str | None,
        typer.Option(
            envvar="SRS_DECKS",
            metavar="DIR",
            help="The folder of your decks.",
            show_default="./decks, else those that come with srs",
        ),
    ] = None,
    db: Annotated[
        str | None,
        typer.Option(envvar="SRS_DB", metavar="PATH|URL", help="The store.", show_default="srs.db in your data folder"),
    ] = None,
    now: Annotated[
        str | None,
        typer.Option(
            envvar="SRS_NOW", metavar="MOMENT", help="Pretend it is then: '2026-12-01 09:00', 'tomorrow 08:00'."
        ),
    ] = None,
    rollover: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=23,
            metavar="HOUR",
            help="The hour at which a study day ends.",
            show_default=str(_DEFAULTS.rollover),
        ),
    ] = None,
    config_file: Annotated[
        str | None,
        typer.Option(
            "--config",
            envvar="SRS_CONFIG",
            metavar="FILE",
            help="The settings; `srs config` shows them.",
            show_default="config.toml in your settings folder",
        ),
    ] = None,
    _: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """Flashcards as plain text: reviewed in the terminal, carried to the phone through Anki."""
    clock = Clock(parse_moment(now, Clock().now())) if now else Clock()
    file = Path(config_file) if config_file else default_config()
    typed = {"rollover": rollover, "decks": decks and (decks,), "store": db}
    settings, said = read_settings(file, typed={name: typed[name] for name in typed if _is_typed(context, name)})
    context.obj = context_with(settings, said, file, clock)
    _Lazy.database = context.obj.database
    if context.invoked_subcommand is None:
        import_module("srs.cli.today").glance(context.obj)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 fine, 1 mendable, 2 wrong usage, 130 interrupted."""
    try:
        commands = cast("TyperGroup", typer.main.get_command(app))
        commands.commands.update({name: _Lazy(name, help=meaning) for name, meaning in COMMANDS.items()})
        with spoiled_is_told(lambda: _Lazy.database):
            commands.main(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except SrsError as error:
        for number, sentence in enumerate(error.args):
            say(f"{'' if number else 'srs: '}{sentence}", err=True)
        return error.exit_code
    except OSError as error:
        say(f"srs: {reason(error)}", err=True)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def main() -> None:
    """Run the command line of this process."""
    outlet = prepare()
    _Lazy.outlet = outlet
    sys.exit(told(run(), outlet))
