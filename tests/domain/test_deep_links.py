"""Deep links: addresses of customers, companies and conversations."""

from __future__ import annotations

import pytest

from console.domain.deep_links import link_to, owner_of
from console.domain.edits import Owner
from console.domain.records import OwnerKind


@pytest.mark.parametrize("kind", list(OwnerKind))
def test_a_link_leads_where_it_was_made_for(kind: OwnerKind) -> None:
    owner = Owner(kind, 2**62 - 1)
    assert owner_of(link_to(owner)) == owner


@pytest.mark.parametrize(
    "link",
    ["", "console://", "console://customer/", "console://customer/x", "console://customer/-1", "console://person/1", "http://customer/1",
     "console://customer/1/2", "console://customer/99999999999999999999", "console://customer/١", "customer/1"],
)  # fmt: skip
def test_what_is_no_address_of_ours_leads_nowhere_and_says_what_would(link: str) -> None:
    with pytest.raises(ValueError, match="console://customer/12"):
        owner_of(link)
