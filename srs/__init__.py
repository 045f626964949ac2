"""Flashcards as plain text, an honest scheduler, and a history that is never lost."""

__version__ = "0.1.0"
