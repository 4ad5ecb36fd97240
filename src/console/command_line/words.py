"""What the command line prints: JSON for scripts, lines for people."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime

from console.domain.profile import Claim, ClaimState
from console.domain.profile_view import ShownProperty
from console.domain.values import Value, ValueKind, plain, stored


def say(sentence: str) -> None:
    """Print one line; control characters of outside text are shown, not obeyed."""
    print(printable(sentence))


def say_json(content: object) -> None:
    """Print one JSON document, keys in the order of the documentation."""
    print(json.dumps(content, ensure_ascii=False, indent=1))


def say_table(rows: Iterable[Sequence[str]]) -> None:
    """Print rows in columns; control characters of outside text are shown, not obeyed."""
    lines = [[printable(cell) for cell in row] for row in rows]
    widths = [
        max((len(row[place]) for row in lines if place < len(row)), default=0)
        for place in range(max(map(len, lines), default=0))
    ]
    for row in lines:
        print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=False)).rstrip())


def printable(text: str) -> str:
    """Text that cannot move the cursor, ring the bell or turn the direction of a line."""
    return "".join(sign if sign.isprintable() or sign == " " else "\ufffd" for sign in " ".join(text.split()))


def when(at: datetime | None) -> str | None:
    """A moment in ISO 8601, UTC; None where there is none."""
    return at.isoformat() if at else None


def value_json(value: Value | None) -> object:
    """A value as JSON says it: numbers and booleans as such, lists as lists, everything else as text."""
    if value is None:
        return None
    match value.kind:
        case ValueKind.BOOLEAN:
            return bool(value.content)
        case ValueKind.NUMBER:
            text = stored(value)
            return int(text) if text.lstrip("-").isdigit() else float(text)
        case ValueKind.CHOICES:
            return list(value.content) if isinstance(value.content, tuple) else []
        case _:
            return stored(value)


def claim_json(claim: Claim) -> dict[str, object]:
    """Who says what with which rank since when."""
    shown = value_json(claim.value) if claim.state is ClaimState.VALUE else None
    return {
        "value": shown,
        "rank": int(claim.rank),
        "origin": f"{claim.origin.kind.value}:{claim.origin.name}",
        "since": when(claim.since),
    }


def property_json(prop: ShownProperty) -> dict[str, object]:
    """A property as ``show --json`` documents it; ``state`` tells masked from shown."""
    winner = claim_json(prop.winner)
    return {
        "value": value_json(prop.value), "type": prop.kind.value, "rank": winner["rank"], "origin": winner["origin"],
        "since": winner["since"], "state": prop.state.value, "losers": [claim_json(claim) for claim in prop.losers],
    }  # fmt: skip


def property_line(prop: ShownProperty) -> tuple[str, str, str]:
    """A property for people: name, value, origin."""
    shown = plain(prop.value) if prop.value else "(empty on purpose)"
    return prop.name, shown, f"{prop.winner.origin.kind.value}: {prop.winner.origin.name}"
