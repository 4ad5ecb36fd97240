"""Wiring: the only place where pieces are put together."""
