"""Problems in the order in which they are told to somebody who reads them."""

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from msgspec.structs import replace

from srs.errors import Problem, counted

NO_ID, NO_NUMBER = "no-id", "no-number"


def gathered(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems with the warnings first and the errors last; missing ids are one warning a file."""
    missing: dict[Path, list[Problem]] = defaultdict(list)
    others: list[Problem] = []
    for problem in problems:
        if problem.rule in {NO_ID, NO_NUMBER}:
            missing[problem.path].append(problem)
        else:
            others.append(problem)
    warnings = [problem for problem in others if problem.warning]
    errors = [problem for problem in others if not problem.warning]
    return [*sorted([*map(_as_one, missing.values()), *warnings]), *sorted(errors)]


def _as_one(missing: list[Problem]) -> Problem:
    first = min(missing)
    if len(missing) == 1:
        return first
    ids = sum(problem.rule == NO_ID for problem in missing)
    parts = [
        counted(ids, "note") + " without an id" if ids else "",
        counted(len(missing) - ids, "step") + " without a number" if ids < len(missing) else "",
    ]
    what = f"{' and '.join(filter(None, parts))}, the first of them here; `srs check --fix` writes what is missing"
    return replace(first, message=what)
