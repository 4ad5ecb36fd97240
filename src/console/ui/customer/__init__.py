"""The window of one customer."""
