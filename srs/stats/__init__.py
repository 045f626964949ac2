"""How it is going, in numbers: a pure fold over histories. It knows no screen, no store and no clock."""

from srs.stats.figures import CardRecord, Figures, Mastery, Recall, Week, figures

__all__ = ["CardRecord", "Figures", "Mastery", "Recall", "Week", "figures"]
