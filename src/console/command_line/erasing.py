"""``erase``, ``backup`` and ``restore``: what is forgotten for good, and what is kept aside."""

from __future__ import annotations

import argparse
from pathlib import Path

from console.command_line.errors import BadInput
from console.command_line.opening import passphrase_of, reading, writing
from console.command_line.words import say, say_json, say_table
from console.domain.edits import EraseCustomer
from console.domain.erasing import Receipt
from console.store import backups
from console.store.erasing import receipts
from console.store.profile_calling import customer_called
from console.system import clock
from console.wiring import opening

_NOT_REACHED = "Backups made before still hold them; one that is restored is cleaned first. Servers of sources are not asked to forget."


def erase(options: argparse.Namespace) -> None:
    """Forget a customer, for good, and print the receipt."""
    with writing(options) as desk:
        with desk.workspace.database.read() as connection:
            customer = customer_called(connection, options.customer)
        edit = desk.submit(EraseCustomer(customer))
        with desk.workspace.database.read() as connection:
            receipt = next(one for one in receipts(connection) if one.id == edit)
    if options.json:
        say_json(_document(receipt))
    else:
        _print(receipt)


def backup(options: argparse.Namespace) -> None:
    """Write a verified, encrypted backup of the journal and the workspace."""
    with reading(options) as workspace:
        key = opening.key_for(options.workspace, passphrase_of(options))
        target = backups.back_up(workspace, key, clock.now(), options.to.absolute() if options.to else None)
    if options.json:
        say_json({"backup": str(target)})
    else:
        say(f"{target}")


def restore(options: argparse.Namespace) -> None:
    """Make a workspace of a backup, in a folder that holds none; its sources are paused."""
    folder: Path = options.workspace
    if options.backup.absolute().is_relative_to(folder):
        raise BadInput(
            "A backup is never put over the workspace it was made of; name an empty folder with --workspace DIR"
        )
    key = opening.key_for(options.backup.absolute(), passphrase_of(options))
    backups.restore(options.backup.absolute(), key, folder, clock.now)
    say(f"Restored to {folder}. Its sources are paused until you resume them")


def _document(receipt: Receipt) -> dict[str, object]:
    return {
        "id": receipt.id,
        "at": receipt.at.isoformat(),
        "by": receipt.by,
        "rows": dict(receipt.rows),
        "mentions": receipt.mentions,
        "marks": receipt.marks,
        "not_reached": _NOT_REACHED,
    }


def _print(receipt: Receipt) -> None:
    say(f"Erased on {receipt.at:%Y-%m-%d at %H:%M} UTC by {receipt.by}. There is no undo")
    rows = [(name, f"{count:,}") for name, count in receipt.rows.items() if count]
    say_table(
        [*rows, ("mentions struck out elsewhere", f"{receipt.mentions:,}"), ("hashes kept", f"{receipt.marks:,}")]
    )
    say(f"Receipt {receipt.id}")
    say(_NOT_REACHED)
