"""One history with a learner's own Anki collection: what changed on either side goes to the other."""

LOGIN = "login.json"
"""The file, in the folder of an account, that holds the key to a sync server."""
