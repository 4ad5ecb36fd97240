"""The edit that erases a customer, and what is left of edits about one."""

from __future__ import annotations

from console.domain import edits as e
from console.domain.records import OwnerKind
from console.store.erased_marks import marks
from console.store.erasing import erase
from console.store.erasing_traces import traces
from console.store.errors import Refused
from console.store.folding import Folding
from console.store.journal_scrubbing import note_traces


def effect(folding: Folding, edit: e.EraseCustomer | e.Erased) -> None:
    """Erase a customer, with what the journal says of them. There is no inverse."""
    if isinstance(edit, e.Erased):
        raise Refused("It was about a customer who has been erased since")
    customer = folding.living(e.Owner(OwnerKind.CUSTOMER, edit.customer)).id
    if folding.journal is None:
        raise Refused("A customer is erased by itself, not among other edits")
    note_traces(folding.connection, folding.journal, traces(folding.connection, customer, marks(folding.connection)))
    erase(folding.connection, customer, folding.entry.id, folding.recorder.now, folding.entry.teammate, folding.touched)
    folding.touched.customers.discard(customer)
