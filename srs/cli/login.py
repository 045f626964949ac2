"""`srs login`: a key from a sync server of one's own."""

import sys
from typing import Annotated

import typer

from srs.cli.context import context_of, login_file
from srs.cli.saying import say
from srs.errors import SrsError, UsageError

_LONGEST = 1000


def login(
    context: typer.Context,
    user: Annotated[str, typer.Argument(metavar="USER", help="Your name on the server.")],
    server: Annotated[
        str | None, typer.Option("--server", metavar="URL", help="The address of a sync server of your own.")
    ] = None,
    password_stdin: Annotated[
        bool, typer.Option("--password-stdin", help="Take the password from standard input.")
    ] = False,
    insecure: Annotated[
        bool, typer.Option("--insecure", help="Let the password go in the clear, by http beyond this computer.")
    ] = False,
) -> None:
    """Get a key from a sync server of your own; the password is not kept, the key in a file that only you can read."""
    from exporters.anki.exchange.addresses import checked_address  # noqa: PLC0415 -- only a login needs it
    from exporters.anki.exchange.doors import NO_DEFAULT, library, log_in  # noqa: PLC0415 -- as above
    from srs.collection.exchange.keys import write_login  # noqa: PLC0415 -- as above

    here = context_of(context)
    if server is None:
        raise UsageError(NO_DEFAULT)
    address = checked_address(server, insecure=insecure)
    library()
    found = log_in(address, user, _password(from_stdin=password_stdin))
    write_login(login_file(), found)
    say(f"logged in to {address} as {user}; `srs sync` exchanges with it, `srs logout` forgets the key")
    if here.settings.anki:
        say(
            f"the setting anki names the profile {here.settings.anki} of Anki, and there is one door at a time:"
            ' `srs config set anki ""` leaves it',
            err=True,
        )


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        text = sys.stdin.readline(_LONGEST).rstrip("\r\n")
    elif sys.stdin.isatty():
        text = typer.prompt("Password", hide_input=True, err=True)
    else:
        raise UsageError("there is no terminal to ask for the password on; hand it in with --password-stdin")
    if not text:
        raise SrsError("the password is empty; nothing was sent")
    return str(text)
