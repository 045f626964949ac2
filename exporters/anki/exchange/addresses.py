"""Which address may be talked to: the one that a learner logged in to, and where that sends on, if it is as safe."""

from urllib.parse import SplitResult, urlsplit

from srs.characters import typed
from srs.errors import SrsError, UsageError

_HERE = {"localhost", "127.0.0.1", "::1"}
_LONGEST_HOST = 253
_LONGEST = 1_000  # characters of an address


def checked_address(server: str, *, insecure: bool) -> str:
    """Return the address of a server, with its stroke at the end.

    Raises UsageError for what is none, and SrsError where a password would go in the clear beyond this computer unless
    that is wanted (`insecure`).
    """
    parts = _parts(server)
    if parts is None:
        raise UsageError(f"--server takes an address such as https://sync.example.org/, not {server[:_LONGEST]!r}")
    if parts.scheme == "http" and parts.hostname not in _HERE and not insecure:
        raise SrsError(
            f"{server} begins with http: the password and all cards would go in the clear through every network on the"
            " way; put the server behind https, or add --insecure if the network is your own"
        )
    return server if server.endswith("/") else f"{server}/"


def sent_on(server: str, address: str) -> str:
    """Return where a server that was logged in to wants to be asked: on the same host, by https if it was that.

    Raises SrsError for every other address: whoever trusts that one logs in there, where it is checked.
    """
    here, there = _parts(server), _parts(address)
    if there is None:
        raise SrsError(f"the sync server {server} sends on to what is no address: {address[:_LONGEST]!r}")
    if here is None or there.hostname != here.hostname or (here.scheme, there.scheme) == ("https", "http"):
        raise SrsError(
            f"the sync server {server} sends on to {address}, to which you did not log in; nothing more is sent there."
            f" If it is yours: {typed('login', '--server', address, names=['USER'])}"
        )
    return address


def _parts(address: str) -> SplitResult | None:
    """Return the parts of an address of the web, `None` for anything else."""
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    sound = parts.scheme in {"http", "https"} and host and len(host) <= _LONGEST_HOST and len(address) <= _LONGEST
    return parts if sound and not any(map(str.isspace, address)) else None
