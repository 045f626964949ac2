"""One history with a learner's own Anki collection: what changed on either side goes to the other."""
