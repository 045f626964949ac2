"""What the line of an act says, key by key, beside whom it names and when."""

import json
from collections.abc import Callable
from typing import Any

from srs.due import moment_of
from srs.history.acts import LEECH, Act, Adopt, Bury, Flag, Forget, Mock, Other, Place, Suspend, Switch, Undo


def written(at: int) -> str:
    """Return a moment (ms) as a log has it: ISO 8601 in UTC, with milliseconds."""
    return moment_of(at).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def keys_of(act: Act) -> dict[str, Any]:
    """Return what an act that is no answer says beside whom it names and when."""
    if isinstance(act, Other):
        found: dict[str, Any] = json.loads(act.fields)
        return found
    return _TOLD.get(type(act), lambda _: {})(act)


_TOLD: dict[type[Act], Callable[[Any], dict[str, Any]]] = {
    Undo: lambda act: {"of": written(act.of)} | ({"act": act.act} if act.act else {}),
    Suspend: lambda act: {} if act.of is None else {"from": LEECH, "of": written(act.of)},
    Flag: lambda act: {"remark": act.remark},
    Bury: lambda act: {"until": act.until.isoformat()},
    Forget: lambda act: {"day": act.day.isoformat()},
    Place: lambda act: {
        "day": act.day.isoformat(),
        "due": act.due.isoformat(),
        "interval": act.interval,
        "ease": act.ease,
    },
    Adopt: lambda act: {"of": f"{act.deck}:{act.card}"},
    Switch: lambda act: {
        "name": act.name,
        "smooth": act.smooth,
        "retention": act.retention,
        "parameters": list(act.parameters),
    },
    Mock: lambda act: {
        "day": act.day.isoformat(),
        "seconds": act.seconds,
        "said": list(act.said),
        "missed": list(act.missed),
        "drills": list(act.drills),
    },
}
