"""What a store knows of logs that were merged by hand: how those begin all of whose lines it holds.

No line leaves a store: it stays where it is, or is replaced by one that stands in its place, or waits. So what begins
as a log that was merged need not be looked at again. Whoever lets lines leave has to forget this, too.
"""

import re

from sqlalchemy import Connection, select

from srs.history.beginnings import Prefix
from srs.store.files import write_fact
from srs.store.own_tables import facts
from srs.store.written import count_lines

_KNOWN = "log that begins with "
_NUMBERS = re.compile("([0-9]{1,15}) ([0-9]{1,15}) ([0-9]{1,15})")


def read_known(connection: Connection) -> dict[Prefix, int]:
    """Return how logs begin that are known, with how many acts are in that.

    Of a store that holds fewer lines than it did then something was cut off: it knows nothing of that time.
    """
    rows = connection.execute(select(facts.c.name, facts.c.value).where(facts.c.name.startswith(_KNOWN))).all()
    told = [(row.name.removeprefix(_KNOWN), found) for row in rows if (found := _NUMBERS.fullmatch(row.value))]
    numbers = [(digest, *map(int, found.groups())) for digest, found in told]
    here = count_lines(connection) if numbers else 0
    return {Prefix(size, digest): acts for digest, size, acts, held in numbers if held <= here}


def write_known(connection: Connection, prefix: Prefix, acts: int, *, instead: Prefix) -> None:
    """Remember how a log begins whose lines the store holds by now, instead of what was known of it before it grew."""
    write_fact(connection, _KNOWN + instead.digest, None)
    write_fact(connection, _KNOWN + prefix.digest, f"{prefix.size} {acts} {count_lines(connection)}")
