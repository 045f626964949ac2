"""A learner whose store is somewhere else than in a file of their own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.learner import Learner, Outcome

if TYPE_CHECKING:
    from pathlib import Path


@dataclass
class Student(Learner):
    """Runs commands as `Learner` does, with the store at an address."""

    address: str = ""

    def types(self, *arguments: str | Path) -> Outcome:
        """Run a command, whatever comes of it."""
        return super().types("--db", self.address, *arguments)
