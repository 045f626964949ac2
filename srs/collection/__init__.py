"""The front door: what can be done with decks and a store, without a screen, and with the clock handed in."""
