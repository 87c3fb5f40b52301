"""Measurements against the raw limits of the machine. Run by `make bench`."""
