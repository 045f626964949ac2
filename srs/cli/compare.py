"""`srs compare`: what schedulers promise of recall against what happened."""

from typing import Any

import typer
from rich.console import Console
from rich.text import Text

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.options import JsonOption
from srs.cli.saying import say_json, tell, working
from srs.collection.comparing import FITTED, Compared
from srs.collection.comparing import compare as compared
from srs.errors import counted
from srs.history.force import FSRS, SM2
from srs.scheduler.fitting import NEEDED
from srs.scheduler.fsrs import LIBRARY
from srs.stats.promises import Judgement
from srs.terminal.promises import figures_of, picture

_NAMES = {SM2: "SM-2", FSRS: "FSRS-6, published parameters", FITTED: "FSRS-6, fitted to the first half"}


def compare(context: typer.Context, as_json: JsonOption = False) -> None:
    """Hold what each scheduler promises of recall against what happened, on your own answers; switches nothing.

    Judged is the first answer of a card's each later study day, promised from what stands before it alone. Parameters
    come from the first half of the judged answers, figures from the later half.
    """
    with open_collection(context_of(context)) as collection, working("Comparing") as share:
        found = compared(collection, share)
    if not found.library:
        tell(f"the library of FSRS is not here, so SM-2 stands alone; `pip install {LIBRARY}` brings it")
    if as_json:
        say_json(_fields(found))
        return
    console = Console(highlight=False)
    if not found.schedulers[SM2].count:
        console.print(f"{counted(found.reviews, 'answer')}, none to judge yet: a card's second study day is the first.")
        return
    width = min(console.width, 100)
    later = found.schedulers[SM2].count
    console.print(
        f"{counted(found.reviews, 'answer')}, {found.judged:,} of them judged; the figures are of the later {later:,}."
    )
    rows = [(_NAMES[name], judgement) for name, judgement in found.schedulers.items()]
    console.print(figures_of([("a constant, the first half's rate", found.constant), *rows]))
    for name, judgement in rows:
        if judgement.count:
            console.print(picture(name, judgement, width))
    console.print(
        Text(
            "A bar is what was recalled, │ what had been promised of it; green is within five in a hundred.",
            style="dim",
        )
    )
    if found.library and found.judged < NEEDED:
        console.print(f"A fit needs {NEEDED} judged answers; there are {found.judged}.")


def _fields(found: Compared) -> dict[str, Any]:
    return {
        "reviews": found.reviews,
        "judged": found.judged,
        "schedulers": {name: _figures(judgement) for name, judgement in found.schedulers.items()},
    }


def _figures(found: Judgement) -> dict[str, float | int | None]:
    return {"log_loss": found.log_loss, "rmse_bins": found.rmse_bins, "auc": found.auc, "count": found.count}
