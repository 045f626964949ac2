"""The keys that grade, and what stands on them."""

from collections.abc import Mapping

from srs.scheduler import Grade, Memory

FOUR_GRADES = {"1": Grade.AGAIN, "2": Grade.HARD, "3": Grade.GOOD, "4": Grade.EASY}
SIX_GRADES = {str(int(grade)): grade for grade in Grade}
_STYLES = {Grade.HARD: "yellow", Grade.GOOD: "green", Grade.EASY: "cyan"}

Label = tuple[Grade, str, str]
"""A grade, what it does to the interval, and a style."""


def grade_labels(
    keys: Mapping[str, Grade], futures: Mapping[Grade, Memory | None], now: Memory | None
) -> dict[str, Label]:
    """Label each key with its grade, the interval it would give, and a style.

    A grade that moves nothing is a drill: it is asked again, or it is done.
    """
    labels = {}
    for key, grade in keys.items():
        future = futures[grade]
        moved = future is not None and future != now
        interval = f"{future.interval}d" if moved and future else "again" if grade.needs_drill else "done"
        labels[key] = (grade, interval, _STYLES.get(grade, "red"))
    return labels
