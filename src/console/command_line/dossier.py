"""``dossier``: one file of everything known of a customer."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.command_line.opening import writing
from console.command_line.words import say, say_json
from console.store.profile_calling import customer_called
from console.system import clock
from console.wiring import dossiers


def write(options: argparse.Namespace) -> None:
    """Write the file that the options name."""
    target: Path = options.file.expanduser().absolute()
    with writing(options) as desk, desk.workspace.database.read() as connection:
        customer = customer_called(connection, options.customer)
        dossiers.write(connection, customer, target, by=desk.teammate, at=clock.now())
    if options.json:
        say_json({"dossier": str(target), "bytes": target.stat().st_size})
    else:
        say(f"{target}")
