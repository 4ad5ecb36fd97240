"""``sample`` and ``init``: a new workspace, filled or empty."""

from __future__ import annotations

import argparse
import sys

from console.command_line.opening import passphrase_of
from console.command_line.words import say_json
from console.store.row_counts import row_counts
from console.store.workspace import Role
from console.wiring import opening


def sample(options: argparse.Namespace) -> None:
    """Make the sample workspace and show its recovery code once."""
    from console.wiring.filling import make_sample

    made = make_sample(options.workspace, passphrase_of(options))
    workspace = opening.open_for(options.workspace, made.key, Role.WINDOW)
    try:
        with workspace.database.read() as connection:
            counts = row_counts(connection)
    finally:
        workspace.close()
    if options.json:
        say_json({"workspace": str(options.workspace), "recovery_code": made.recovery_code, **counts})
        return
    print(
        f"The sample workspace is in {options.workspace}: "
        + ", ".join(f"{count:,} {name}" for name, count in counts.items())
    )
    _show_code(made.recovery_code)


def empty(options: argparse.Namespace) -> None:
    """Make an empty workspace and show its recovery code once."""
    made = opening.make(options.workspace, passphrase_of(options))
    print(f"An empty workspace is in {options.workspace}")
    _show_code(made.recovery_code)


def _show_code(code: str) -> None:
    print(f"Recovery code, shown this once: {code}", file=sys.stderr)
