"""A sitting from its first card to its last, and what today holds: scheduler, line and store put together."""
