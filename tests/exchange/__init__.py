"""Random histories of three real devices and a sync server, held against each other."""
