"""Computers that share a history for a month, in stories drawn at random; large counts for `.ci/long`."""
