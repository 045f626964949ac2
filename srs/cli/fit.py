"""`srs fit`: the parameters of FSRS fitted to the learner's own answers."""

import typer

from srs.cli.context import context_of
from srs.cli.opening import open_collection
from srs.cli.saying import say, working
from srs.collection.comparing import Fit, fit_to


def fit(context: typer.Context) -> None:
    """Fit FSRS to your answers, and keep that in the log if it predicts later answers better; switches nothing.

    The first half of the judged answers is fitted to, the later half shows what the fit is worth.
    """
    here = context_of(context)
    with open_collection(here) as collection, working("Fitting") as share:
        done = fit_to(collection, here.now(), share)
    _tell(done)


def _tell(done: Fit) -> None:
    half = done.judged // 2
    say(f"Fitted to {half:,} judged answers, tried on the {done.judged - half:,} after them:")
    for name, judgement in (("published", done.published), ("kept before", done.kept), ("fitted", done.fitted)):
        if judgement:
            say(f"  {name:12} log loss {_figure(judgement.log_loss)}  RMSE {_figure(judgement.rmse_bins)}")
    if done.better:
        say("Kept in the log, on every computer: " + " ".join(f"{value:g}" for value in done.parameters))
    else:
        say("The fitted parameters do not predict later answers better: what was there stays.")


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.4f}"
