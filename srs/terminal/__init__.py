"""The screen: cards drawn for a window, keys read one by one, and the loop of a sitting between the two."""
