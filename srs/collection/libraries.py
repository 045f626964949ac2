"""Which version of the library of FSRS each computer has: said in the log, so that a doctor can tell where they differ.

Due days are the same wherever the version is; an act of the kind `library` moves nothing and is kept like any other.
"""

import json
from collections.abc import Iterable

from srs.collection.chance import Draw, fresh_name
from srs.history import LogLine, Other, moment_after
from srs.history.force import InForce
from srs.scheduler import Fsrs
from srs.scheduler.fsrs import LIBRARY, library_version
from srs.store.acts import write_acts
from srs.store.computer import host_name
from srs.store.files import write_fact
from srs.store.forces import acts_of
from srs.store.marks import LIBRARY_SAID, read_fact
from srs.store.opening import Store

KIND = "library"


def say_library(store: Store, force: InForce, now: int, draw: Draw) -> None:
    """Say in the log which version this computer has, if FSRS is in force and it has not said that yet."""
    version = library_version()
    if version is None or not any(isinstance(each, Fsrs) for each in (force.everywhere, *force.own.values())):
        return
    with store.reading() as connection:
        name, _, said = (read_fact(connection, LIBRARY_SAID + host_name()) or "").partition(" ")
        latest = max((line.act.at for line in acts_of(connection, KIND)), default=None)
    if said == version:
        return
    name = name or f"{host_name()}-{fresh_name()[:8]}".replace(" ", "-")
    fields = json.dumps({"from": name, "name": LIBRARY, "version": version}, sort_keys=True, separators=(",", ":"))
    with store.writing() as connection:
        write_acts(connection, [LogLine("", "", Other(moment_after(now, latest, draw), KIND, fields))])
        write_fact(connection, LIBRARY_SAID + host_name(), f"{name} {version}")


def versions(lines: Iterable[LogLine]) -> dict[str, str]:
    """Return which version each computer said last that it has, by the computers' names."""
    found: dict[str, str] = {}
    for line in sorted(lines, key=lambda each: each.act.at):
        told = json.loads(line.act.fields) if isinstance(line.act, Other) else {}
        if told.get("name") == LIBRARY and isinstance(told.get("from"), str) and isinstance(told.get("version"), str):
            found[told["from"]] = told["version"]
    return found


def differing(store: Store) -> dict[str, str]:
    """Return the versions of all computers, this one as it is now, if they are not all the same."""
    with store.reading() as connection:
        found = versions(acts_of(connection, KIND))
        name = (read_fact(connection, LIBRARY_SAID + host_name()) or "").partition(" ")[0]
    if name and (version := library_version()):
        found[name] = version
    return found if len(set(found.values())) > 1 else {}
