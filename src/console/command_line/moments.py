"""Moments as an option says them: ISO 8601, in UTC where no zone is given."""

from __future__ import annotations

from datetime import UTC, datetime

from console.command_line.errors import BadInput


def moment_of(text: str, example: str) -> datetime:
    """The moment (aware UTC) that is meant. Raises BadInput, which shows the example."""
    try:
        moment = datetime.fromisoformat(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"“{text}” is not a time; write it like {example}") from error
