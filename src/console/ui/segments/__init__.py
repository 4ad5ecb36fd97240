"""Segments: the editor of their rules, who is in them, and why."""
