"""The command line: one file a group of commands, each short; the rooms do the work."""
