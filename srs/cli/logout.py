"""`srs logout`: the key to a sync server is forgotten."""

from srs.cli.context import login_file
from srs.cli.saying import say


def logout() -> None:
    """Forget the key to a sync server; the account there stays as it is, and so does everything here."""
    from srs.collection.exchange.keys import forget_login  # noqa: PLC0415 -- only this needs it

    found = forget_login(login_file())
    say(f"forgot the key to {found.server or 'the sync server'}" if found else "there was no key to a sync server")
