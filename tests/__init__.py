"""What must hold. A package of its own, so that no other `tests` that happens to be installed is taken for it."""
