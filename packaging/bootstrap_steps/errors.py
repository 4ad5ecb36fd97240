"""What the machine lacks, as a sentence that says what to do about it."""

from __future__ import annotations


class WorldError(Exception):
    """The machine lacks something; the text is for the person at the keyboard."""
