"""The command line: global options, the table of commands, and the one place that turns errors into exit codes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from srs import __version__
from srs.cli.answering import answer, resume, suspend, undo
from srs.cli.browsing import cards, show
from srs.cli.checking import check
from srs.cli.clock import Clock, parse_moment
from srs.cli.configuring import config
from srs.cli.desk import Desk, default_config, default_database, shipped_decks
from srs.cli.exporting import export
from srs.cli.glance import glance
from srs.cli.importing import import_
from srs.cli.keeping import backup, doctor
from srs.cli.logging import log
from srs.cli.review import review
from srs.cli.statistics import stats
from srs.cli.syncing import sync
from srs.errors import SrsError
from srs.settings import overridden, read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence

app = typer.Typer(
    name="srs",
    help="Flashcards as plain text: reviewed in the terminal, carried to the phone through Anki.",
    epilog="Start with `srs review`. `srs config` shows the settings.",
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for command in (review, sync, check, cards, show, answer, undo, suspend, resume, export, doctor, backup, stats, config):
    app.command()(command)
app.command("import")(import_)
app.add_typer(log, name="log")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"srs {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    decks: Annotated[
        Path | None,
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
            envvar="SRS_NOW",
            metavar="MOMENT",
            help="Pretend it is then: '2026-12-01 09:00', 'tomorrow 08:00'.",
        ),
    ] = None,
    rollover: Annotated[
        int | None,
        typer.Option(min=0, max=23, metavar="HOUR", help="The hour at which a study day ends.", show_default="4"),
    ] = None,
    config_file: Annotated[
        Path | None,
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
    here = Path("decks")
    folder = decks or (here if here.is_dir() else shipped_decks())
    clock = Clock(parse_moment(now, Clock().now())) if now else Clock()
    file = config_file or default_config()
    settings = overridden(read_settings(file)[0], {"rollover": rollover})
    context.obj = Desk(folder, db or default_database(), clock, settings, file)
    if context.invoked_subcommand is None:
        glance(context.obj)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run a command line and return its exit code: 0 fine, 1 mendable, 2 wrong usage, 130 interrupted."""
    try:
        app(arguments)
    except SystemExit as leaving:
        return leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except SrsError as error:
        typer.echo(f"srs: {error}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    return 0


def main() -> None:
    """Run the command line of this process."""
    sys.exit(run())
