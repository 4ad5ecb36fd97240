"""Paths, keys, clock, logs, locks: what the machine gives."""
