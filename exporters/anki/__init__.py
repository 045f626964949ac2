"""Everything that knows Anki: how notes look there, what they are called there, how packages are written and read."""
