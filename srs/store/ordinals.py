"""Study days as a database gives them: histories lie on few, and each is read once."""

from datetime import date


class Ordinals(dict[object, int]):
    """The ordinals of days by what the database gives for them; raises ValueError for what is none."""

    def __missing__(self, day: object) -> int:
        """Read a day for the first time."""
        found = self[day] = date.fromisoformat(str(day)).toordinal()
        return found
