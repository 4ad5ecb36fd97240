"""Edits of which companies are one: merge, split, never merge."""

from __future__ import annotations

from typing import assert_never

from console.domain import edits as e
from console.domain.records import OwnerKind
from console.store import fold_owners
from console.store.folding import Folding

_COMPANY = OwnerKind.COMPANY


def effect(folding: Folding, edit: e.MergeCompanies | e.SplitCompany | e.NeverMergeCompanies) -> None:
    """Change which companies are one."""
    match edit:
        case e.MergeCompanies(winner=winner, loser=loser):
            fold_owners.merge(folding, _COMPANY, winner, loser)
        case e.SplitCompany(company=company, identities=identities, into=into):
            fold_owners.split(folding, _COMPANY, company, identities, into)
        case e.NeverMergeCompanies(first=first, second=second):
            fold_owners.never(folding, _COMPANY, first, second)
        case _:
            assert_never(edit)
