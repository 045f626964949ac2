"""Advice on how cards are written: what makes them hard to learn, by rules that need no judgement."""

from srs.deck.style.advising import advise, look
from srs.deck.style.rules import EVERY_RULE, OF_A_DECK, OF_A_NOTE

__all__ = ["EVERY_RULE", "OF_A_DECK", "OF_A_NOTE", "advise", "look"]
