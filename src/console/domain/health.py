"""Findings of a check-up of the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is: all is well, worth knowing, or somebody must act."""

    FINE = "fine"
    NOTICE = "notice"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked: its short name, how it stands, and a sentence that says what to do."""

    check: str
    severity: Severity
    sentence: str
