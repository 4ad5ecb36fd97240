"""``duplicates``: which customers may be one, and why."""

from __future__ import annotations

import argparse

from console.command_line.opening import reading
from console.command_line.words import say, say_json, say_table
from console.domain.conversation import CustomerCard
from console.store.customer_cards import cards
from console.store.duplicates import all_duplicates


def rows(options: argparse.Namespace) -> None:
    """Print the pairs, those with most in common first."""
    with reading(options) as workspace, workspace.database.read() as connection:
        found = all_duplicates(connection)
        card_by_id = cards(connection, (key for one in found for key in (one.first, one.second)))
    if options.json:
        say_json(
            [
                {
                    "customers": [_customer(card_by_id[key]) for key in (one.first, one.second)],
                    "because": [likeness.value for likeness in one.likenesses],
                    "reason": one.reason,
                }
                for one in found
            ]
        )
    elif found:
        say_table([(*(_name(card_by_id[key]) for key in (one.first, one.second)), one.reason) for one in found])
    else:
        say("No two customers look like one")


def _customer(card: CustomerCard) -> dict[str, object]:
    return {"id": str(card.id), "name": card.name, "email": card.email}


def _name(card: CustomerCard) -> str:
    return f"{card.name or card.email} ({card.id})"
